import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPaths, type Paths } from '../../src-core/files/paths.ts';
import type { DrainStep } from '../../src-core/spool/drain.ts';
import { callPayload, TEST_TIME } from '../support/capture-text.ts';
import { changedPayload } from '../support/claude-fixtures.ts';
import { drain, idsByStream, recordsIn, spoolEntry } from '../support/spool.ts';
import { queryFile } from '../support/sqlite.ts';
import { makeTempFolder, removeFolder } from '../support/temp-folder.ts';

/** A few calls, told by one or both of their events, among sessions and stops. */
const telling = fc.oneof(
  fc.record({ kind: fc.constantFrom('post', 'failure', 'batch'), call: fc.nat(5) }),
  fc.record({ kind: fc.constantFrom('start', 'stop'), call: fc.nat(2) }),
);
const step = fc.constantFrom<DrainStep>('gathered', 'stored', 'journaled', 'removed');
const round = (store: fc.Arbitrary<boolean>) =>
  fc.record({
    tellings: fc.array(telling, { maxLength: 5 }),
    crash: fc.option(step, { nil: null }),
    hasStore: store,
  });

type Telling = { readonly kind: string; readonly call: number };

function payloadOf({ kind, call }: Telling): string {
  const tool_use_id = `toolu_${call}`;
  const one = { tool_name: 'Bash', tool_input: {}, tool_use_id, tool_response: 'Exit code 1' };
  switch (kind) {
    case 'post':
      return callPayload({ tool_use_id });
    case 'failure':
      return callPayload({ tool_use_id, hook_event_name: 'PostToolUseFailure', error: 'x' });
    case 'batch':
      return callPayload({ hook_event_name: 'PostToolBatch', tool_calls: [one] });
    case 'start':
      return changedPayload('SessionStart-startup', { session_id: `s${call}` });
    default:
      return changedPayload('Stop', { session_id: `s${call}` });
  }
}

interface Round {
  readonly tellings: readonly Telling[];
  readonly crash: DrainStep | null;
  readonly hasStore: boolean;
}

/** Drains round by round; a drain that is killed is followed by one that knows of it. */
function run(paths: Paths, rounds: readonly Round[]): void {
  let isAfterCrash = false;
  let at = TEST_TIME;
  for (const { tellings, crash, hasStore } of rounds) {
    for (const one of tellings) {
      at += 2000;
      spoolEntry(paths, payloadOf(one), { at });
    }
    const db = hasStore ? {} : { db: null };
    try {
      drain(paths, { ...db, isAfterCrash, step: killAt(crash) });
      isAfterCrash = false;
    } catch (error) {
      expect((error as Error).message).toBe('killed');
      isAfterCrash = true;
    }
  }
}

function killAt(crash: DrainStep | null): (name: DrainStep) => void {
  return (name) => {
    if (name === crash) throw new Error('killed');
  };
}

/** How many events of each kind the tellings are about. */
function expectedCounts(rounds: readonly Round[]) {
  const tellings = rounds.flatMap((one) => one.tellings);
  const distinct = (kinds: RegExp) =>
    new Set(tellings.filter(({ kind }) => kinds.test(kind)).map(({ call }) => call)).size;
  const tools = distinct(/post|failure|batch/);
  const sessions = distinct(/start/);
  const stops = tellings.filter(({ kind }) => kind === 'stop').length;
  return { tools, sessions, stops };
}

function check(rounds: readonly Round[], isStored: boolean): void {
  const home = makeTempFolder();
  try {
    const paths = createPaths({ home });
    const last = { tellings: [], crash: null, hasStore: isStored };
    run(paths, [...rounds, last]);
    const { tools, sessions, stops } = expectedCounts(rounds);
    const ids = idsByStream(paths);
    for (const [name, list] of Object.entries(ids)) {
      expect([name, new Set(list).size]).toEqual([name, list.length]);
    }
    const counts = ['tool-usage', 'session-events', 'events', 'activity-events', 'tool-success'];
    expect(counts.map((name) => ids[name]?.length)).toEqual([
      tools,
      sessions,
      stops,
      tools + sessions,
      tools,
    ]);
    const amendments = recordsIn(paths.journals.amendments).map(({ id }) => id);
    expect(new Set(amendments).size).toBe(amendments.length);
    if (isStored) checkStore(paths, tools, sessions, stops);
  } finally {
    removeFolder(home);
  }
}

function checkStore(paths: Paths, tools: number, sessions: number, stops: number): void {
  const [count] = queryFile(paths.database, 'SELECT count(*) AS n FROM hookline_event');
  expect(count?.n).toBe(tools + sessions + stops);
  const old = 'SELECT count(*) AS n FROM tool_events';
  expect(queryFile(paths.database, old)).toEqual([{ n: tools + sessions }]);
}

describe('a drainer that is killed at any step, again and again', () => {
  it('leaves each event once in SQLite and in each stream', () => {
    fc.assert(
      fc.property(fc.array(round(fc.constant(true)), { minLength: 1, maxLength: 4 }), (rounds) => {
        check(rounds, true);
      }),
      { seed: 31, numRuns: 60 },
    );
  });

  it('leaves each event once in each stream while SQLite comes and goes', () => {
    fc.assert(
      fc.property(fc.array(round(fc.boolean()), { minLength: 1, maxLength: 4 }), (rounds) => {
        check(rounds, false);
      }),
      { seed: 32, numRuns: 60 },
    );
  });

  it('leaves each event once where it had more entries than a batch holds', () => {
    const many = Array.from({ length: 230 }, (_, i) => ({ kind: 'stop', call: i % 3 }));
    for (const crash of ['gathered', 'stored', 'journaled', 'removed'] as const) {
      check([{ tellings: many, crash, hasStore: true }], true);
    }
  });
});
