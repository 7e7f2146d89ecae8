import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import {
  EDITABLE_FILES,
  OLD_PIPELINE,
  REFUSED_FILES,
  stopWith,
  THEIR_GROUP,
} from '../../test/support/settings-files.ts';
import { HOOK_EVENTS, isOurHandler, wantedGroups } from './hook-entries.ts';
import { planHookRemoval } from './hook-removal.ts';
import { inspectHooks, type PlanHookInstallOptions, planHookInstall } from './hook-settings.ts';
import type { WrittenSettings } from './settings-plan.ts';

const LAUNCHER = '/home/dev/.claude/hooks/hookline/hookline-hook';
const OPTIONS: PlanHookInstallOptions = {
  path: 'settings.json',
  launcher: LAUNCHER,
  form: 'exec',
  preToolUse: false,
  known: null,
};
const OURS = { type: 'command', command: LAUNCHER, args: ['capture'], timeout: 5 };

function bytesOf(file: string | Buffer): Buffer {
  return Buffer.from(file);
}

function planned(bytes: Buffer | null, options = OPTIONS) {
  const plan = planHookInstall(bytes, options);
  if (plan.kind !== 'plan') throw new Error(JSON.stringify(plan));
  return plan;
}

function removed(bytes: Buffer, written: WrittenSettings | null) {
  const plan = planHookRemoval('settings.json', bytes, written);
  if (plan.kind !== 'plan') throw new Error(JSON.stringify(plan));
  return plan;
}

function hooksOf(bytes: Buffer): Record<string, { matcher?: string; hooks: unknown[] }[]> {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  return parse(text, [], { allowTrailingComma: true }).hooks;
}

describe('a settings file with', () => {
  it.each(Object.entries(EDITABLE_FILES))('%s is registered in and given back', (_, file) => {
    const bytes = bytesOf(file);
    const plan = planned(bytes);
    const hooks = hooksOf(plan.after);
    for (const event of HOOK_EVENTS) {
      const handlers = (hooks[event] ?? []).flatMap((group) => group?.hooks ?? []);
      expect(handlers.filter(isOurHandler)).toEqual([OURS]);
    }
    expect(plan.diff).toContain(LAUNCHER);
    expect(planHookInstall(plan.after, OPTIONS).kind).toBe('unchanged');

    // Compared as buffers: the test runner takes seconds over five megabytes.
    const back = removed(plan.after, plan.written);
    expect(back.how).toBe('original');
    expect(back.after?.equals(bytes)).toBe(true);
    const newline = Buffer.from('\n');
    const cut = removed(Buffer.concat([plan.after, newline]), plan.written);
    expect(cut.how).toBe('spans');
    expect(cut.after?.equals(Buffer.concat([bytes, newline]))).toBe(true);
  });

  it.each(Object.entries(REFUSED_FILES))(
    '%s is left alone, with the reason and the place',
    (_, [file, reason, place]) => {
      const plan = planHookInstall(bytesOf(file), OPTIONS);
      expect(plan.kind).toBe('refused');
      if (plan.kind !== 'refused') return;
      expect(plan.reason).toMatch(reason);
      if (place) expect(`${plan.where?.line}:${plan.where?.column}`).toBe(place);
      expect(planHookRemoval('s', bytesOf(file), null).kind).toBe('refused');
    },
  );
});

describe('the entries', () => {
  it('make a whole file where there is none', () => {
    const { after, diff } = planned(null);
    expect(JSON.parse(after.toString('utf8'))).toEqual({
      hooks: Object.fromEntries(
        [...wantedGroups(OPTIONS)].map(([event, group]) => [event, [group]]),
      ),
    });
    expect(after.toString('utf8')).toMatch(/^\{\n {2}"hooks": \{\n[\s\S]*\n\}\n$/);
    expect(diff).toContain('/dev/null');
  });

  it('have a matcher on tool events only, and never ask for WorktreeCreate or, unasked, PreToolUse', () => {
    const hooks = hooksOf(planned(null).after);
    const withMatcher = Object.keys(hooks).filter((event) => hooks[event]?.[0]?.matcher === '*');
    expect(withMatcher.sort()).toEqual([
      'PermissionDenied',
      'PermissionRequest',
      'PostToolUse',
      'PostToolUseFailure',
    ]);
    expect(Object.keys(hooks)).toEqual([...HOOK_EVENTS]);
    const withPre = hooksOf(planned(null, { ...OPTIONS, preToolUse: true }).after);
    expect(withPre.PreToolUse).toEqual([{ matcher: '*', hooks: [OURS] }]);
    expect(withPre).not.toHaveProperty('WorktreeCreate');
  });

  it('leave the groups of other tools and of the old pipeline where they are', () => {
    const before = hooksOf(OLD_PIPELINE);
    const after = hooksOf(planned(OLD_PIPELINE).after);
    expect(after.PostToolUse?.slice(0, 3)).toEqual(before.PostToolUse);
    expect(after.PostToolUse?.[3]).toEqual({ matcher: '*', hooks: [OURS] });
  });

  it('keep a comment with the value that it was written for', () => {
    const { after } = planned(bytesOf('{\n  "model": "opus" // the big one\n}\n'));
    expect(after.toString('utf8')).toMatch(
      /^\{\n {2}"model": "opus", \/\/ the big one\n {2}"hooks": \{/,
    );
  });

  it('look like the file: tabs, CRLF and one line stay what they are', () => {
    const text = (file: string) => planned(bytesOf(file)).after.toString('utf8');
    expect(text('{\n\t"a": 1\n}')).toContain('\n\t"hooks": {\n\t\t"SessionStart": [\n\t\t\t{');
    expect(text('{\r\n  "a": 1\r\n}').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text('{"a":1}')).toMatch(
      /^\{"a":1,"hooks":\{"SessionStart":\[\{"hooks":\[\{"type":"command",/,
    );
  });
});

describe('entries of ours that are there already', () => {
  const entry = (command: string) =>
    JSON.stringify({ type: 'command', command, args: ['capture'], timeout: 5 });

  it('are replaced where they call another place', () => {
    const old = '/old/home/.claude/hooks/hookline/hookline-hook';
    const plan = planned(bytesOf(stopWith(`[${THEIR_GROUP},{"hooks":[${entry(old)}]}]`)));
    expect(plan.replaced).toEqual([old]);
    expect(plan.after.toString('utf8')).not.toContain(old);
    expect(planHookRemoval('s', plan.after, plan.written)).toMatchObject({
      after: bytesOf(stopWith(`[${THEIR_GROUP}]`)),
    });
  });

  it('are made one where somebody has doubled them', () => {
    const plan = planned(bytesOf(stopWith(`[{"hooks":[${entry(LAUNCHER)},${entry(LAUNCHER)}]}]`)));
    expect(hooksOf(plan.after).Stop).toEqual([{ hooks: [OURS] }]);
  });

  it('are made one in a file that is otherwise complete', () => {
    const first = planned(null);
    const value = JSON.parse(first.after.toString('utf8'));
    value.hooks.Stop.push(...value.hooks.Stop);
    expect(planned(bytesOf(`${JSON.stringify(value, null, 2)}\n`)).after).toEqual(first.after);
  });

  it('are replaced where a matcher or another timeout keeps them from seeing all', () => {
    const first = planned(null);
    const narrowed = first.after.toString('utf8').replace('"matcher": "*"', '"matcher": "Bash"');
    expect(planned(bytesOf(narrowed)).after).toEqual(first.after);
    const hasty = first.after.toString('utf8').replace('"timeout": 5', '"timeout": 5000');
    expect(planned(bytesOf(hasty)).after).toEqual(first.after);
  });

  it('are taken out of a group that is shared with others, and the others stay', () => {
    const shared = `[{"hooks":[{"type":"command","command":"notify"},${entry(LAUNCHER)}]}]`;
    const plan = planHookRemoval('s', bytesOf(stopWith(shared)), null);
    expect(plan).toMatchObject({ how: 'entries', after: bytesOf(stopWith(`[${THEIR_GROUP}]`)) });
  });

  it('change form as a whole and come back to the same original', () => {
    const original = bytesOf('{\n  "model": "opus"\n}\n');
    const exec = planned(original);
    const shell = planned(exec.after, { ...OPTIONS, form: 'shell', known: exec.written });
    expect(hooksOf(shell.after).Stop).toEqual([
      {
        hooks: [
          {
            type: 'command',
            command: `[ -x '${LAUNCHER}' ] && exec '${LAUNCHER}' capture; :`,
            timeout: 5,
          },
        ],
      },
    ]);
    expect(planHookRemoval('s', shell.after, shell.written)).toMatchObject({ after: original });
  });

  it('are told as present, missing or switched off', () => {
    const after = planned(bytesOf('{"disableAllHooks":true}')).after;
    expect(inspectHooks(after, OPTIONS)).toEqual({
      kind: 'state',
      present: [...HOOK_EVENTS],
      missing: [],
      isDisabled: true,
    });
    expect(inspectHooks(after, { ...OPTIONS, preToolUse: true })).toMatchObject({
      missing: ['PreToolUse'],
    });
    expect(inspectHooks(null, OPTIONS)).toMatchObject({ present: [], isDisabled: false });
    expect(inspectHooks(Buffer.from('nul'), OPTIONS).kind).toBe('refused');
  });
});
