import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Episode,
  episodesOf,
  foldRecovery,
  newRecoveryFold,
  type SessionStep,
} from './recovery-fold.ts';

const MINUTE = 60_000;
const call = (minute: number, members: Partial<SessionStep> = {}): SessionStep => ({
  at: minute * MINUTE,
  kind: 'tool',
  hookEvent: 'PostToolUse',
  tool: 'Bash',
  filePath: null,
  command: null,
  outcome: 'succeeded',
  errorClass: null,
  ...members,
});
const failed = (minute: number, members: Partial<SessionStep> = {}): SessionStep =>
  call(minute, { outcome: 'failed', errorClass: 'exit_code', ...members });
const other = (minute: number, hookEvent: string): SessionStep =>
  call(minute, {
    kind: hookEvent === 'SessionEnd' ? 'session' : 'other',
    hookEvent,
    outcome: null,
  });
const test = { command: 'npm test' };
const edit = { tool: 'Edit', filePath: '/w/a.ts' };

const episodes = (...steps: SessionStep[]): Episode[] =>
  episodesOf(foldRecovery(newRecoveryFold(), steps), steps.at(-1)?.at ?? 0);

describe('an error is recovered', () => {
  it.each([
    ['the same program and subcommand', test, { command: 'cd a && CI=1 npm test -- --bail' }],
    ['the same tool and file', edit, edit],
    ['the same tool, where it has no file', { tool: 'WebFetch' }, { tool: 'WebFetch' }],
  ])('when %s succeeds later in the session', (_, first, second) => {
    expect(episodes(failed(0, first), call(3, second))).toEqual([
      {
        errorClass: 'exit_code',
        at: 0,
        endedAt: 3 * MINUTE,
        ending: 'recovered',
        attempts: 1,
        edits: 0,
        otherCommands: 0,
      },
    ]);
  });

  it.each([
    ['another subcommand', test, { command: 'npm run build' }],
    ['another program', test, { command: 'yarn test' }],
    ['another file', edit, { ...edit, filePath: '/w/b.ts' }],
    ['another tool', edit, { ...edit, tool: 'Write' }],
  ])('not by %s', (_, first, second) => {
    expect(episodes(failed(0, first), call(1, second))).toMatchObject([
      { ending: 'open', endedAt: null, attempts: 0 },
    ]);
  });

  it('after attempts of which each counts, its first error giving the class', () => {
    expect(
      episodes(
        failed(0, { ...test, outcome: 'timed_out', errorClass: 'timeout' }),
        failed(1, test),
        call(2, { ...test, outcome: 'denied' }),
        call(3, { ...test, outcome: 'expected' }),
        failed(9, test),
      ),
    ).toMatchObject([
      { ending: 'recovered', errorClass: 'timeout', attempts: 2, endedAt: 3 * MINUTE },
      { ending: 'open', errorClass: 'exit_code', attempts: 0 },
    ]);
  });

  it('with what came in between counted, its own attempts apart', () => {
    expect(
      episodes(
        call(0, edit),
        call(0, { command: 'git log' }),
        failed(1, test),
        call(2, edit),
        failed(2, edit),
        call(3, { tool: 'Read', filePath: '/w/a.ts' }),
        call(4, { command: 'git diff', outcome: 'unknown' }),
        call(4, { ...test, outcome: 'interrupted' }),
        call(5, edit),
        call(6, test),
      ),
    ).toMatchObject([
      { attempts: 1, edits: 2, otherCommands: 1, ending: 'recovered' },
      { attempts: 1, edits: 0, otherCommands: 2, ending: 'recovered' },
    ]);
  });
});

describe('an error is abandoned', () => {
  it('when the session ends', () => {
    expect(episodes(failed(0, test), other(5, 'SessionEnd'), call(6, test))).toMatchObject([
      { ending: 'abandoned', endedAt: 5 * MINUTE },
    ]);
  });

  it('when the session is silent for more than half an hour', () => {
    expect(episodes(failed(0, test), other(10, 'Stop'), call(41, test))).toMatchObject([
      { ending: 'abandoned', endedAt: 10 * MINUTE },
    ]);
    expect(episodes(failed(0, test), other(10, 'Stop'), call(40, test))).toMatchObject([
      { ending: 'recovered' },
    ]);
  });

  it('when other sessions went on for more than half an hour since its last event', () => {
    const fold = foldRecovery(newRecoveryFold(), [failed(0, test), other(2, 'Stop')]);
    expect(episodesOf(fold, 32 * MINUTE)).toMatchObject([{ ending: 'open' }]);
    expect(episodesOf(fold, 33 * MINUTE)).toMatchObject([
      { ending: 'abandoned', endedAt: 2 * MINUTE },
    ]);
  });
});

describe('a call that neither succeeded nor failed', () => {
  it.each(['denied', 'rejected', 'interrupted', 'unknown', null])(
    '(%s) opens nothing',
    (outcome) => {
      expect(episodes(call(0, { ...test, outcome }))).toEqual([]);
    },
  );
});

describe('a fold over a session', () => {
  const step: fc.Arbitrary<SessionStep> = fc
    .record({
      gap: fc.constantFrom(0, 1, 5, 29, 31),
      what: fc.constantFrom(test, { command: 'git log' }, edit, { tool: 'Read' }),
      outcome: fc.constantFrom('succeeded', 'failed', 'timed_out', 'denied', null),
      hookEvent: fc.constantFrom('PostToolUse', 'PostToolUse', 'PostToolUse', 'SessionEnd', 'Stop'),
    })
    .map(({ gap, what, outcome, hookEvent }) =>
      hookEvent === 'PostToolUse' ? call(gap, { ...what, outcome }) : other(gap, hookEvent),
    );
  /** The minute of each step was its distance from the one before. */
  const inTime = (steps: readonly SessionStep[]): SessionStep[] => {
    let at = 0;
    return steps.map((one) => {
      at += one.at;
      return { ...one, at };
    });
  };

  it('is the same whether the events come at once or in parts', () => {
    fc.assert(
      fc.property(fc.array(step), fc.array(fc.nat(40)), (untimed, cuts) => {
        const steps = inTime(untimed);
        const newest = steps.at(-1)?.at ?? 0;
        const whole = episodesOf(foldRecovery(newRecoveryFold(), steps), newest);
        const bounds = [0, ...cuts.toSorted((a, b) => a - b), steps.length + 40];
        const fold = newRecoveryFold();
        for (const [i, from] of bounds.entries()) {
          foldRecovery(fold, steps.slice(from, bounds[i + 1]));
          // Looking at what is known so far changes nothing.
          episodesOf(fold, newest);
        }
        expect(episodesOf(fold, newest)).toEqual(whole);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('has each failed call in one episode, as its beginning or as an attempt', () => {
    fc.assert(
      fc.property(fc.array(step), (untimed) => {
        const steps = inTime(untimed);
        const all = episodes(...steps);
        const bad = steps.filter(({ outcome }) => outcome === 'failed' || outcome === 'timed_out');
        const attempts = all.reduce((sum, episode) => sum + episode.attempts, 0);
        const recovered = all.filter(({ ending }) => ending === 'recovered').length;
        expect(all.length + attempts - recovered).toBe(bad.length);
        for (const { edits, otherCommands } of all) {
          expect(Math.min(edits, otherCommands)).toBeGreaterThanOrEqual(0);
        }
      }),
      { seed: 2, numRuns: 500 },
    );
  });
});
