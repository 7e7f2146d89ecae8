import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryEvent } from '../../test/support/arbitrary-event.ts';
import { callPayload, captureText, eventOf } from '../../test/support/capture-text.ts';
import { HOOK_FIXTURES, hookPayload } from '../../test/support/claude-fixtures.ts';
import type { CapturedEvent } from './event.ts';
import { eventOfRecord, folderName, recordOf, shortSession } from './record.ts';

const throughJson = (event: CapturedEvent) =>
  eventOfRecord(JSON.parse(JSON.stringify(recordOf(event))));

describe('recordOf', () => {
  it.each(HOOK_FIXTURES)('gives back the events of %s', (name) => {
    for (const event of captureText(hookPayload(name)).events) {
      expect(throughJson(event)).toEqual(event);
    }
  });

  it('gives back any event', () => {
    fc.assert(
      fc.property(arbitraryEvent, (event) => {
        expect(throughJson(event)).toEqual(event);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('begins a tool line with the members that old readers know, in their order', () => {
    const record = recordOf(eventOf(hookPayload('PostToolUse-Bash')));
    expect(Object.keys(record).slice(0, 8)).toEqual(
      'ts tool session model file_path command success source'.split(' '),
    );
    expect(record).toMatchObject({
      ts: 1_800_000_000,
      tool: 'Bash',
      session: '8f02f044',
      model: 'unknown',
      file_path: '',
      command: 'echo hello && echo warn >&2',
      success: true,
      source: 'hook',
    });
  });

  it('begins a session line with the members that old readers know', () => {
    const record = recordOf(eventOf(hookPayload('SessionStart-startup-interactive')));
    expect(Object.entries(record).slice(0, 5)).toEqual([
      ['ts', 1_800_000_000],
      ['event', 'session_start'],
      ['pwd', '/Users/dev/project'],
      ['project', 'project'],
      ['model', 'claude-opus-5-5'],
    ]);
    expect(recordOf(eventOf(hookPayload('SessionEnd-clear'))).event).toBe('session_end');
  });

  it('keeps success where it is neither, and leaves every other unknown out', () => {
    const record = recordOf(eventOf(hookPayload('PostToolBatch-permission-denied')));
    expect(record.success).toBeNull();
    expect(Object.values(record).filter((value) => value === null)).toHaveLength(1);
  });

  it('counts seconds downwards for a moment before 1970 as after it', () => {
    expect(recordOf({ ...eventOf(callPayload({})), at: -1 }).ts).toBe(-1);
  });
});

describe('eventOfRecord', () => {
  const record = recordOf(eventOf(callPayload({})));

  it.each([
    ['null', null],
    ['an array', []],
    ['a text', 'x'],
    ['a line of the old hook', { ts: 1, tool: 'Bash', session: 'my-proje', source: 'hook' }],
    ['no id', { ...record, id: '' }],
    ['no time', { ...record, at: 'now' }],
    ['a time that no date can hold', { ...record, at: 1e300 }],
    ['an unknown kind', { ...record, kind: 'toString' }],
    ['an unknown source', { ...record, source: 'sqlite' }],
    ['an unknown outcome', { ...record, outcome: 'fine' }],
    ['a tool call without a tool', { ...record, tool: '' }],
  ])('takes %s for no record of ours', (_, value) => {
    expect(eventOfRecord(value)).toBeNull();
  });

  it('drops facts that are none', () => {
    const facts = { a: 1, b: null, c: [], d: { e: 1 }, f: Number.NaN, g: 'x' };
    expect(eventOfRecord({ ...record, facts })?.facts).toEqual({ a: 1, g: 'x' });
    expect(eventOfRecord({ ...record, facts: { b: null } })?.facts).toBeNull();
  });
});

describe('names in records', () => {
  it.each([
    ['/Users/dev/project', 'project'],
    ['/Users/dev/project///', 'project'],
    ['C:\\work\\app', 'app'],
    ['/', ''],
    [null, ''],
  ])('calls the folder %j %j', (path, name) => {
    expect(folderName(path)).toBe(name);
  });

  it('tells sessions apart that the folder would not (D14)', () => {
    const [one, two] = ['0f6f1b0e-0', 'aa02f044-1'].map((session_id) =>
      shortSession(eventOf(callPayload({ session_id }))),
    );
    expect([one, two]).toEqual(['0f6f1b0e', 'aa02f044']);
  });
});
