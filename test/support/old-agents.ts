/** Launch agents as the old pipeline left them, and others of its family. */
import fs from 'node:fs';
import { join } from 'node:path';
import * as plist from 'plist';
import { createLaunchctl } from '../../src-main/launch/launchctl.ts';
import { printedJob } from './launchd-text.ts';
import { type Answer, createScriptedRunner } from './scripted-runner.ts';

/** Labels of the agents that are retired, in the order of retiring. */
export const OLD_LABELS = [
  'com.claude.watchdog',
  'com.claude.dashboard-refresh',
  'com.claude.weekly-backfill',
  'com.claude.self-heal',
  'com.claude.autonomous-maintenance',
];

/** Writes the agents' files, one of them binary, and another of the family; returns their folder. */
export function writeOldAgents(home: string): string {
  const folder = join(home, 'Library', 'LaunchAgents');
  fs.mkdirSync(folder, { recursive: true });
  for (const label of [...OLD_LABELS, 'com.claude.supermemory']) {
    const agent = {
      Label: label,
      ProgramArguments: ['/bin/sh', '-c', `cd ~/.claude/scripts && python3 ${label}.py`],
      StartInterval: 60,
    };
    const isBinary = label === 'com.claude.self-heal';
    const bytes = isBinary ? plist.buildBinary(agent) : Buffer.from(plist.build(agent));
    fs.writeFileSync(join(folder, `${label}.plist`), bytes);
  }
  fs.chmodSync(join(folder, 'com.claude.watchdog.plist'), 0o600);
  return folder;
}

/** A launchd that has all of them loaded but one, and lets go of them when it is told to. */
export function launchdWithOldAgents(folder: string, script: Record<string, Answer> = {}) {
  const loaded = OLD_LABELS.filter((label) => label !== 'com.claude.weekly-backfill');
  const prints = loaded.map((label): [string, Answer] => {
    const job = { label, file: join(folder, `${label}.plist`), program: '/bin/sh', pid: 9 };
    return [`launchctl print gui/501/${label}`, [{ stdout: printedJob(job) }, { code: 113 }]];
  });
  const { run, calls } = createScriptedRunner({
    'launchctl print gui/501/com.claude.weekly-backfill': { code: 113 },
    'launchctl print gui/501/com.claude.supermemory': { code: 113 },
    ...Object.fromEntries(prints),
    ...script,
  });
  const launchctl = createLaunchctl({ run, uid: 501, pause: () => Promise.resolve() });
  return { launchctl, calls };
}
