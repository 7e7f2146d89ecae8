import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planHookRemoval } from '../../../src-main/install/hook-removal.ts';
import { planHookInstall } from '../../../src-main/install/hook-settings.ts';
import type { FuzzTarget } from '../target.ts';

const FIXTURE = join(import.meta.dirname, '..', '..', 'fixtures', 'settings', 'old-pipeline.json');
const PATH = 'settings.json';
const OPTIONS = {
  path: PATH,
  launcher: '/Users/dev/.claude/hooks/hookline/hookline-hook',
  form: 'exec',
  preToolUse: false,
  known: null,
} as const;
const OTHERS = [
  '{}',
  '',
  '{\n  // mine\n  "model": "opus",\n  "hooks": {\n    "Stop": [ { "hooks": [ { "type": "command", "command": "say done" } ] } ],\n  },\n}\n',
  '{"hooks":{"PostToolUse":[{"matcher":"Bash","hooks":[]}]},"permissions":{"allow":["Bash(ls:*)"]}}',
  '\ufeff{\r\n\t"disableAllHooks": false,\r\n\t"env": { "A": "b" }\r\n}\r\n',
];

/** Claude Code's settings: refused untouched, or installed and uninstalled to the same bytes. */
export const claudeSettingsTarget: FuzzTarget = {
  name: 'claude-settings',
  corpus: [readFileSync(FIXTURE), ...OTHERS.map((text) => Buffer.from(text))],
  runs: 1500,
  check: (bytes) => {
    const plan = planHookInstall(bytes, OPTIONS);
    if (plan.kind !== 'plan') return;
    if (planHookInstall(plan.after, { ...OPTIONS, known: plan.written }).kind !== 'unchanged') {
      throw new Error('a second install changes something');
    }
    const removal = planHookRemoval(PATH, plan.after, plan.written);
    if (removal.kind !== 'plan')
      throw new Error(`what was installed cannot be taken out: ${removal.kind}`);
    if (!(removal.after ?? Buffer.alloc(0)).equals(bytes)) {
      throw new Error('uninstall leaves other bytes than there were');
    }
  },
};
