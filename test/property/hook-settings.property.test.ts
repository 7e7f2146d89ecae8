import fc from 'fast-check';
import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { HOOK_EVENTS, isOurHandler } from '../../src-main/install/hook-entries.ts';
import { planHookRemoval } from '../../src-main/install/hook-removal.ts';
import {
  type PlanHookInstallOptions,
  planHookInstall,
} from '../../src-main/install/hook-settings.ts';
import type { WrittenSettings } from '../../src-main/install/settings-plan.ts';
import { settingsFile, settingsPrinter, settingsValue } from '../support/settings-text.ts';

const LAUNCHER = '/Users/dev/it\'s a "home"/.claude/hooks/hookline/hookline-hook';
const PATH = 'settings.json';

const options: fc.Arbitrary<PlanHookInstallOptions> = fc.record({
  path: fc.constant(PATH),
  launcher: fc.constant(LAUNCHER),
  form: fc.constantFrom('exec', 'shell'),
  preToolUse: fc.boolean(),
  known: fc.constant(null),
});

function planned(bytes: Buffer | null, how: PlanHookInstallOptions) {
  const plan = planHookInstall(bytes, how);
  if (plan.kind !== 'plan') throw new Error(`${plan.kind}: ${JSON.stringify(plan)}`);
  return plan;
}

function removed(bytes: Buffer, known: WrittenSettings | null) {
  const plan = planHookRemoval(PATH, bytes, known);
  if (plan.kind !== 'plan') throw new Error(`${plan.kind}: ${JSON.stringify(plan)}`);
  return plan;
}

function read(bytes: Buffer | null): Record<string, unknown> {
  const text = bytes?.toString('utf8').replace(/^\uFEFF/, '') ?? '{}';
  const errors: never[] = [];
  const value = parse(text, errors, { allowTrailingComma: true });
  expect(errors).toEqual([]);
  return value;
}

type Groups = { hooks?: unknown[] }[];

function entriesByEvent(value: Record<string, unknown>): Record<string, number> {
  const hooks = (value.hooks ?? {}) as Record<string, Groups | string>;
  const counts = Object.entries(hooks)
    .filter((pair): pair is [string, Groups] => Array.isArray(pair[1]))
    .map(([event, groups]): [string, number] => [
      event,
      groups.flatMap((group) => group.hooks ?? []).filter(isOurHandler).length,
    ])
    .filter(([, count]) => count > 0);
  return Object.fromEntries(counts);
}

/** The value with empty lists and objects of hooks left out: they mean nothing to the client. */
function meaning(value: Record<string, unknown>): unknown {
  const { hooks, ...rest } = value;
  const events = Object.entries((hooks ?? {}) as Record<string, unknown>)
    .map(([event, groups]): [string, unknown] => [
      event,
      Array.isArray(groups)
        ? (groups as Groups)
            .map((g) => ({ ...g, hooks: (g.hooks ?? []).filter((h) => !isOurHandler(h)) }))
            .filter((g) => g.hooks.length > 0)
        : groups,
    ])
    .filter(([, groups]) => !Array.isArray(groups) || groups.length > 0);
  return { ...rest, ...(events.length > 0 && { hooks: Object.fromEntries(events) }) };
}

/** The text with what follows put in by somebody else since. */
function touch(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.from(' ')]);
}

describe('registering hooks in any settings file', () => {
  it('adds each entry exactly once and changes nothing else in what the file says', () => {
    fc.assert(
      fc.property(settingsFile, options, (file, how) => {
        const { after } = planned(file.bytes, how);
        const value = read(after);
        const events = how.preToolUse ? [...HOOK_EVENTS, 'PreToolUse'] : HOOK_EVENTS;
        expect(entriesByEvent(value)).toEqual(Object.fromEntries(events.map((e) => [e, 1])));
        expect(meaning(value)).toEqual(meaning(read(file.bytes)));
      }),
      { numRuns: 400 },
    );
  });

  it('only puts characters in: without them every byte is as it was', () => {
    fc.assert(
      fc.property(settingsFile, options, (file, how) => {
        const { after } = planned(file.bytes, how);
        expect(isSubsequence(file.bytes, after)).toBe(true);
        const mark = Buffer.from([0xef, 0xbb, 0xbf]);
        const hasMark = (bytes: Buffer) => bytes.subarray(0, 3).equals(mark);
        expect(hasMark(after)).toBe(hasMark(file.bytes));
      }),
      { numRuns: 200 },
    );
  });

  it('done twice is done once', () => {
    fc.assert(
      fc.property(settingsFile, options, (file, how) => {
        const first = planned(file.bytes, how);
        expect(planHookInstall(first.after, how).kind).toBe('unchanged');
        expect(planHookInstall(first.after, { ...how, known: first.written }).kind).toBe(
          'unchanged',
        );
      }),
      { numRuns: 200 },
    );
  });

  it('moves no byte of ours when the client saves the file in its usual form', () => {
    fc.assert(
      fc.property(settingsValue, options, (value, how) => {
        const usual = (it: unknown) => `${JSON.stringify(it, null, 2)}\n`;
        fc.pre(usual(JSON.parse(usual(value))) === usual(value));
        const { after } = planned(Buffer.from(usual(value)), how);
        expect(usual(JSON.parse(after.toString('utf8')))).toBe(after.toString('utf8'));
      }),
      { numRuns: 200 },
    );
  });
});

describe('unregistering', () => {
  it('gives back the same bytes if the file is as we left it', () => {
    fc.assert(
      fc.property(settingsFile, options, (file, how) => {
        const { after, written } = planned(file.bytes, how);
        expect(removed(after, written)).toMatchObject({ how: 'original', after: file.bytes });
      }),
      { numRuns: 200 },
    );
  });

  it('gives back every other byte by its recorded stretches if the file has changed since', () => {
    fc.assert(
      fc.property(settingsFile, options, (file, how) => {
        const { after, written } = planned(file.bytes, how);
        const plan = removed(touch(after), written);
        expect(plan.how).toBe('spans');
        expect(plan.after).toEqual(touch(file.bytes));
      }),
      { numRuns: 300 },
    );
  });

  it('leaves what the file says but for us, even without a record', () => {
    fc.assert(
      fc.property(settingsFile, options, (file, how) => {
        const { after } = planned(file.bytes, how);
        const plan = removed(after, null);
        expect(plan.how).toBe('entries');
        const value = read(plan.after);
        expect(entriesByEvent(value)).toEqual({});
        expect(meaning(value)).toEqual(meaning(read(file.bytes)));
      }),
      { numRuns: 400 },
    );
  });

  it('leaves what others say in a file that was written anew in any form since', () => {
    fc.assert(
      fc.property(settingsFile, settingsPrinter, options, (file, print, how) => {
        const { after, written } = planned(file.bytes, how);
        const anew = print({ added: 1, ...read(after) });
        for (const known of [written, null]) {
          const value = read(removed(anew, known).after);
          expect(entriesByEvent(value)).toEqual({});
          expect(meaning(value)).toEqual({ added: 1, ...(meaning(read(file.bytes)) as object) });
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives back the very bytes without a record where no list or object was empty', () => {
    fc.assert(
      fc.property(settingsFile, options, (file, how) => {
        const text = file.bytes.toString('utf8');
        fc.pre(!/[[{]\s*[\]}]/.test(text) && !text.includes('//') && !text.includes('/*'));
        const { after } = planned(file.bytes, how);
        expect(removed(after, null).after?.toString('utf8')).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  it('after a change of form starts from the same original bytes', () => {
    fc.assert(
      fc.property(settingsFile, options, (file, how) => {
        const first = planned(file.bytes, how);
        const other = how.form === 'exec' ? 'shell' : 'exec';
        const second = planned(first.after, { ...how, form: other, known: first.written });
        expect(second.written.original).toEqual(first.written.original);
        expect(removed(second.after, second.written).after).toEqual(file.bytes);
      }),
      { numRuns: 100 },
    );
  });
});

describe('any bytes at all', () => {
  it('are planned for or refused with a reason, never thrown over', () => {
    const bytes = fc.oneof(
      fc.uint8Array().map((array) => Buffer.from(array)),
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
      settingsFile.chain((file) =>
        fc
          .tuple(fc.nat(file.bytes.length), fc.nat(255))
          .map(([at, byte]) =>
            Buffer.concat([
              file.bytes.subarray(0, at),
              Buffer.from([byte]),
              file.bytes.subarray(at + 1),
            ]),
          ),
      ),
    );
    fc.assert(
      fc.property(bytes, options, (file, how) => {
        const plan = planHookInstall(file, how);
        if (plan.kind === 'refused') expect(plan.reason).not.toBe('');
        else expect(plan.kind).toBe('plan');
        planHookRemoval(PATH, file, null);
      }),
      { numRuns: 500 },
    );
  });
});

function isSubsequence(part: Buffer, whole: Buffer): boolean {
  let at = 0;
  for (const byte of whole) if (at < part.length && byte === part[at]) at++;
  return at === part.length;
}
