import fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createInstallWorld, type InstallWorld } from '../../test/support/install-world.ts';
import { launchdWithOldAgents, OLD_LABELS, writeOldAgents } from '../../test/support/old-agents.ts';
import { OLD_PIPELINE } from '../../test/support/settings-files.ts';
import { planInstall } from './install.ts';
import { readInstallRecord } from './install-record.ts';
import { findClaudeAgents, putBack } from './old-agents.ts';
import { putOldHooksBack, takeOldHooks } from './old-hooks.ts';
import { findOldHooks } from './old-pipeline.ts';
import { applyUninstall, planUninstall } from './uninstall.ts';

let world: InstallWorld;
let folder: string;
beforeEach(() => {
  world = createInstallWorld();
  world.settings(OLD_PIPELINE, 0o640);
  folder = writeOldAgents(world.paths.home);
});
afterEach(() => world.remove());

const settings = (): Buffer => fs.readFileSync(world.paths.settingsJson);
const agentFiles = (): string[] => fs.readdirSync(folder).sort();
const retired = () => readInstallRecord(world.paths.installRecord)?.retired ?? null;

async function retire() {
  const { launchctl, calls } = launchdWithOldAgents(folder);
  const agents = await findClaudeAgents(folder, launchctl);
  const result = await world.install({ old: 'retire', agents, launchctl });
  return { result, calls };
}

/** What uninstalling does: the agents first, and then everything else. */
async function uninstall() {
  const { launchctl, calls } = launchdWithOldAgents(folder);
  const problems = await putBack(retired()?.agents ?? [], launchctl);
  return { problems, calls, result: applyUninstall(world.paths, { clock: world.clock }) };
}

describe('retiring the old pipeline', () => {
  it('takes its hooks and its agents, and nothing else', async () => {
    const { result, calls } = await retire();
    expect(result).toMatchObject({ kind: 'installed', findings: [] });
    expect(findOldHooks(settings())).toEqual([]);
    expect(settings().toString()).toContain('auto-version-bump.sh');
    expect(agentFiles()).toEqual(['com.claude.supermemory.plist']);
    // The watchdog would load the others again: it goes first.
    expect(calls.filter((call) => call.includes('bootout'))).toEqual(
      OLD_LABELS.filter((label) => label !== 'com.claude.weekly-backfill').map(
        (label) => `launchctl bootout gui/501/${label}`,
      ),
    );
  });

  it('is shown before it is done: the lines that go, and each agent', async () => {
    const { launchctl } = launchdWithOldAgents(folder);
    const agents = await findClaudeAgents(folder, launchctl);
    const before = world.snapshot();
    const options = { version: '1', preToolUse: false, form: 'auto', old: 'retire' } as const;
    const { view, findings } = planInstall(world.paths, world.assets, { ...options, agents });
    expect(view.diff).toMatch(/^-.*sqlite-hook\.py session_end/m);
    for (const label of OLD_LABELS)
      expect(view.files.map(({ path }) => path)).toContain(join(folder, `${label}.plist`));
    expect(findings).toEqual([]);
    expect(world.snapshot()).toEqual(before);
  });

  it('is undone to the byte by uninstalling, files and modes', async () => {
    const before = world.snapshot();
    await retire();
    const { problems, calls, result } = await uninstall();
    expect([problems, result]).toEqual([
      [],
      expect.objectContaining({ kind: 'removed', how: 'original', remains: [] }),
    ]);
    expect(world.snapshot()).toEqual(before);
    const loaded = calls.filter((call) => call.includes('bootstrap'));
    expect(loaded).toHaveLength(4);
    expect(loaded.at(-1)).toContain('com.claude.watchdog');
  });

  it('can follow later, and is undone to the byte all the same', async () => {
    const before = world.snapshot();
    await world.install();
    expect(findOldHooks(settings())).toHaveLength(7);
    await retire();
    expect(findOldHooks(settings())).toEqual([]);
    await uninstall();
    expect(world.snapshot()).toEqual(before);
  });

  it('is handed back while we stay, and then uninstalling gives the same bytes again', async () => {
    const before = world.snapshot();
    await retire();
    const { launchctl } = launchdWithOldAgents(folder);
    const result = await world.install({ old: 'hand-back', launchctl });
    expect(result.kind).toBe('installed');
    expect(findOldHooks(settings())).toHaveLength(7);
    expect(agentFiles()).toHaveLength(6);
    expect(retired()).toBeNull();
    applyUninstall(world.paths, { clock: world.clock });
    expect(world.snapshot()).toEqual(before);
  });

  it('done twice is done once', async () => {
    await retire();
    const once = world.snapshot();
    const { launchctl } = launchdWithOldAgents(folder);
    const agents = await findClaudeAgents(folder, launchctl);
    const again = await world.install({ old: 'retire', agents, launchctl });
    expect(again.kind).toBe('already-installed');
    expect(world.snapshot()).toEqual(once);
  });

  it('takes hooks that came back as well, and gives all of them back', async () => {
    await retire();
    const text = settings().toString();
    const hook = '{"hooks":[{"type":"command","command":"python3 ~/x/fix-all-dashboard-data.py"}]}';
    world.settings(text.replace('"Stop": [', `"Stop": [ ${hook},`), 0o640);
    expect(findOldHooks(settings())).toHaveLength(1);
    await world.install({ old: 'retire' });
    expect(findOldHooks(settings())).toEqual([]);
    applyUninstall(world.paths, { clock: world.clock });
    expect(findOldHooks(settings()).map(({ script }) => script)).toEqual(
      expect.arrayContaining(['sqlite-hook.py', 'error-capture.sh', 'fix-all-dashboard-data.py']),
    );
    expect(findOldHooks(settings())).toHaveLength(8);
  });

  it('gives the hooks back beside what the user changed since', async () => {
    await retire();
    const text = settings().toString();
    world.settings(text.replace('"opus"', '"haiku"'), 0o640);
    const plan = planUninstall(world.paths);
    expect(plan.diff).toMatch(/^\+.*sqlite-hook\.py session_end/m);
    const { result } = await uninstall();
    expect(result).toMatchObject({ kind: 'removed', how: 'entries' });
    const after = JSON.parse(settings().toString());
    expect(after.model).toBe('haiku');
    expect(findOldHooks(settings())).toHaveLength(7);
    expect(settings().toString()).not.toContain('hookline');
  });

  it('leaves everything as it is when settings.json cannot be edited', async () => {
    world.settings('{"hooks":[]}');
    const before = world.snapshot();
    const { result, calls } = await retire();
    expect(result.kind).toBe('refused');
    expect(world.snapshot()).toEqual(before);
    expect(calls.filter((call) => !call.includes('print'))).toEqual([]);
  });

  it('says which agent stays until logout, and which is back at the next login', async () => {
    const label = 'com.claude.watchdog';
    const { launchctl } = launchdWithOldAgents(folder, {
      [`launchctl bootout gui/501/${label}`]: { code: 5 },
      [`launchctl bootstrap gui/501 ${join(folder, `${label}.plist`)}`]: { code: 125 },
    });
    const agents = await findClaudeAgents(folder, launchctl);
    const result = await world.install({ old: 'retire', agents, launchctl });
    expect(result).toMatchObject({
      findings: [{ code: 'agents-old', detail: expect.stringContaining(label) }],
    });
    expect(await putBack(retired()?.agents ?? [], launchctl)).toEqual([
      `${label} is loaded at the next login`,
    ]);
  });

  it('does not overwrite an agent that somebody has written meanwhile', async () => {
    await retire();
    const file = join(folder, 'com.claude.watchdog.plist');
    fs.writeFileSync(file, 'theirs');
    const { problems } = await uninstall();
    expect(problems).toEqual([expect.stringContaining('another one meanwhile')]);
    expect(fs.readFileSync(file, 'utf8')).toBe('theirs');
  });
});

describe('the old hooks', () => {
  it.each([
    ['all that there is', '{"hooks":{"Stop":[{"hooks":[{"command":"sqlite-hook.py x"}]}]}}', '{}'],
    [
      'a comment beside them',
      '{"hooks":{"Stop":[{"hooks":[{"command":"sqlite-hook.py"} // x\n]}]}}',
      null,
    ],
    ['nothing of theirs', '{"hooks":{"Stop":[]}}', undefined],
  ])('are taken out of a file with %s', (_, text, expected) => {
    const taken = takeOldHooks(Buffer.from(text));
    if (expected === undefined) return expect(taken).toBeNull();
    expect(taken?.kind).toBe('changed');
    if (taken?.kind !== 'changed') return;
    if (expected !== null) expect(taken.bytes.toString()).toBe(expected);
    else expect(taken.bytes.toString()).toContain('// x');
    expect(findOldHooks(taken.bytes)).toEqual([]);
  });

  it('are put back once, however often', () => {
    const known = {
      afterSha256: 'other',
      original: { kind: 'unknown' },
      hooks: [
        { event: 'Stop', group: { hooks: [{ type: 'command', command: 'sqlite-hook.py' }] } },
      ],
    } as const;
    const once = putOldHooksBack(Buffer.from('{\n  "a": 1\n}\n'), known);
    if (once?.kind !== 'changed') throw new Error('not put back');
    expect(JSON.parse(String(once.bytes))).toEqual({
      a: 1,
      hooks: { Stop: [known.hooks[0].group] },
    });
    expect(putOldHooksBack(once.bytes, known)).toBeNull();
  });
});
