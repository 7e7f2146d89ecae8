import { describe, expect, it } from 'vitest';
import { OLD_PIPELINE } from '../../test/support/settings-files.ts';
import { planHookInstall } from './hook-settings.ts';
import { findOldHooks, oldPipelineFinding } from './old-pipeline.ts';

describe('hooks of the old pipeline', () => {
  it('are found by their scripts and by the files that a bare echo writes', () => {
    expect(findOldHooks(OLD_PIPELINE)).toEqual([
      { event: 'PostToolUse', script: 'sqlite-hook.py', line: 12 },
      { event: 'PostToolUse', script: 'sqlite-hook.py', line: 27 },
      { event: 'PostToolUse', script: 'error-capture.sh', line: 32 },
      { event: 'PostToolUse', script: 'data/tool-usage.jsonl', line: 42 },
      { event: 'SessionStart', script: 'sqlite-hook.py', line: 53 },
      { event: 'SessionEnd', script: 'sqlite-hook.py', line: 64 },
      { event: 'SessionEnd', script: 'fix-all-dashboard-data.py', line: 69 },
    ]);
  });

  it('are told in one note with their lines', () => {
    const finding = oldPipelineFinding(findOldHooks(OLD_PIPELINE));
    expect(finding).toMatchObject({ code: 'hooks-old', severity: 'note' });
    expect(finding?.detail).toContain('line 12, 27, 32, 42, 53, 64, 69');
  });

  it('are not seen in our own entries, in names that only sound like it, or in a broken file', () => {
    const launcher = '/h/.claude/hooks/hookline/hookline-hook';
    const options = { path: 's', launcher, form: 'shell', preToolUse: true, known: null } as const;
    const plan = planHookInstall(null, options);
    expect(findOldHooks(plan.kind === 'plan' ? plan.after : null)).toEqual([]);
    const similar =
      '{"hooks":{"Stop":[{"hooks":[{"command":"my-sqlite-hook.py"},{"command":"cat data/errors.jsonl"}]}]}}';
    expect(findOldHooks(Buffer.from(similar))).toEqual([]);
    expect(findOldHooks(Buffer.from('{'))).toEqual([]);
    expect(oldPipelineFinding([])).toBeNull();
  });
});
