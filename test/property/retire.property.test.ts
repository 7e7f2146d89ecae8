/** Whatever settings the old hooks stand in: taken out and put back, beside ours or without. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planHookRemoval } from '../../src-main/install/hook-removal.ts';
import { planHookInstall } from '../../src-main/install/hook-settings.ts';
import { putOldHooksBack, takeOldHooks } from '../../src-main/install/old-hooks.ts';
import { findOldHooks } from '../../src-main/install/old-pipeline.ts';
import { sha256 } from '../../src-main/install/settings-plan.ts';
import { settingsPrinter, settingsValue } from '../support/settings-text.ts';

const LAUNCHER = '/Users/dev/.claude/hooks/hookline/hookline-hook';

/** Groups in which hooks of the old pipeline stand alone or beside others. */
const group = fc.record(
  {
    matcher: fc.constantFrom('*', 'Bash', 'Write|Edit'),
    hooks: fc.array(
      fc.record({
        type: fc.constant('command'),
        command: fc.constantFrom(
          'python3 ~/.claude/hooks/sqlite-hook.py Bash 2>/dev/null || true',
          '~/.claude/hooks/error-capture.sh',
          'echo "{}" >> ~/.claude/data/tool-usage.jsonl',
          'notify-send done',
        ),
        timeout: fc.nat(60),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  },
  { requiredKeys: ['hooks'] },
);
const oldHooks = fc.dictionary(
  fc.constantFrom('PostToolUse', 'SessionStart', 'SessionEnd', 'Stop', 'Setup'),
  fc.array(group, { minLength: 1, maxLength: 3 }),
  { minKeys: 1 },
);

/** A file with them, laid out in any way. */
const file = fc
  .tuple(settingsValue, oldHooks, settingsPrinter)
  .map(([value, hooks, print]) => {
    const { hooks: own = {}, ...rest } = value;
    return print({ ...rest, hooks: { ...(own as object), ...hooks } });
  })
  .filter((bytes) => findOldHooks(bytes).length > 0);

function taken(bytes: Buffer) {
  const result = takeOldHooks(bytes);
  if (result?.kind !== 'changed') throw new Error(JSON.stringify(result));
  return result;
}

const scripts = (bytes: Buffer | null): readonly string[] =>
  findOldHooks(bytes)
    .map(({ event, script }) => `${event} ${script}`)
    .sort();

describe('old hooks in any settings', () => {
  it('are taken out, and come back to the byte', () => {
    fc.assert(
      fc.property(file, (bytes) => {
        const { bytes: after, hooks } = taken(bytes);
        expect(findOldHooks(after)).toEqual([]);
        expect(hooks.length).toBe(findOldHooks(bytes).length);
        const original = { kind: 'bytes' as const, bytes };
        const back = putOldHooksBack(after, { afterSha256: sha256(after), original, hooks });
        return back?.kind === 'changed' && isDeepStrictEqual(back.bytes, bytes);
      }),
    );
  });

  it('come back beside what others changed, each once', () => {
    fc.assert(
      fc.property(file, (bytes) => {
        const { bytes: after, hooks } = taken(bytes);
        const known = { afterSha256: 'other', original: { kind: 'unknown' as const }, hooks };
        const back = putOldHooksBack(after, known);
        if (back?.kind !== 'changed') throw new Error(JSON.stringify(back));
        expect(scripts(back.bytes)).toEqual(scripts(bytes));
        return putOldHooksBack(back.bytes, known) === null;
      }),
    );
  });

  it('go in the same step as ours come, and ours go again to what that step left', () => {
    fc.assert(
      fc.property(file, fc.constantFrom('exec', 'shell'), (bytes, form) => {
        const options = { path: 's', launcher: LAUNCHER, form, preToolUse: false } as const;
        const plan = planHookInstall(bytes, { ...options, known: null, beneath: takeOldHooks });
        if (plan.kind !== 'plan') throw new Error(JSON.stringify(plan));
        expect(findOldHooks(plan.after)).toEqual([]);
        expect(plan.beneath).toEqual({ kind: 'bytes', bytes });
        const removal = planHookRemoval('s', plan.after, plan.written);
        return removal.kind === 'plan' && isDeepStrictEqual(removal.after, taken(bytes).bytes);
      }),
    );
  });
});
