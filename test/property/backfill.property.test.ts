/** Hooks, backfills and what both tell of the same calls, in any order: the totals never move. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bridge } from '../support/bridge-world.ts';
import { type Home, makeHome } from '../support/home.ts';
import { NOON } from '../support/make-event.ts';
import { removeFolder } from '../support/temp-folder.ts';
import { backfillerOf, makeTranscript } from '../support/transcript-world.ts';

const SESSIONS = ['11111111-aaaa-4bbb-8ccc-000000000001', '22222222-aaaa-4bbb-8ccc-000000000002'];
const HOUR = 3_600_000;

/** What the client does with a call; hooks tell of some ends only. */
const ENDINGS = {
  succeeded: { event: 'PostToolUse', end: { tool_response: { stdout: 'ok' } }, result: {} },
  failed: {
    event: 'PostToolUseFailure',
    end: { error: 'Exit code 3\nboom' },
    result: { is_error: true, content: 'Exit code 3\nboom', response: 'Error: Exit code 3' },
  },
  batchOnly: {
    event: 'PostToolBatch',
    end: { tool_response: '<tool_use_error>String to replace not found</tool_use_error>' },
    result: {
      is_error: true,
      content: '<tool_use_error>String to replace not found</tool_use_error>',
    },
  },
  rejected: {
    event: null,
    end: {},
    result: { is_error: true, content: "The user doesn't want to proceed with this tool use." },
  },
  unanswered: { event: null, end: {}, result: null },
} as const;
type Ending = keyof typeof ENDINGS;

interface Call {
  readonly session: number;
  readonly ending: Ending;
  readonly isHooked: boolean;
}

type Step = 'hooks' | 'refresh' | 'backfill' | 'auto' | 'transcript' | 'bridge';

const calls = fc.array(
  fc.record({
    session: fc.nat({ max: SESSIONS.length - 1 }),
    ending: fc.constantFrom(...(Object.keys(ENDINGS) as Ending[])),
    isHooked: fc.boolean(),
  }),
  { minLength: 1, maxLength: 8 },
);
const steps = fc.array(
  fc.constantFrom<Step>('hooks', 'refresh', 'backfill', 'auto', 'transcript', 'bridge'),
  { maxLength: 10 },
);

describe('hooks and backfills in any order', () => {
  it('end in the same calls with the same ends and models, in both stores', async () => {
    await fc.assert(
      fc.asyncProperty(calls, steps, async (all, order) => {
        const home = makeHome();
        try {
          await play(home, all, order);
          expect(ends(home)).toEqual(expected(all));
          expect(bridge(home)).toMatchObject({ drift: 0, healedToSqlite: 0 });
          home.clock.advance(HOUR);
          const backfiller = backfillerOf(home);
          await backfiller.look();
          const { total, gaps, extras } = backfiller.audit();
          expect({ ...total, gaps, extras }).toMatchObject({
            seen: all.length,
            stored: all.length,
            missing: 0,
            extra: 0,
            gaps: [],
            extras: [],
          });
        } finally {
          removeFolder(home.folder);
        }
      }),
      { numRuns: 25 },
    );
  });
});

/** Half of each is told by the steps, whatever they are; in the end all is told and taken over twice. */
async function play(home: Home, all: readonly Call[], order: readonly Step[]): Promise<void> {
  const backfiller = backfillerOf(home);
  let hooked = 0;
  let told = 0;
  const transcripts = SESSIONS.map((sessionId) =>
    makeTranscript(home, { sessionId, at: NOON - 3 * HOUR }),
  );
  for (const transcript of transcripts) transcript.prompt('go');
  const hook = (): void => {
    for (const n of all.keys()) if (n === hooked) spoolCall(home, all, n);
    hooked++;
  };
  const tell = (): void => {
    const call = all[told];
    if (call !== undefined)
      transcripts[call.session]?.call(idOf(told), ENDINGS[call.ending].result);
    told++;
  };
  const run: Record<Step, () => unknown> = {
    hooks: hook,
    transcript: tell,
    refresh: () => home.refresh(),
    bridge: () => bridge(home),
    backfill: () => backfiller.run({ origin: 'asked', healsGaps: true }),
    auto: () => backfiller.run({ origin: 'auto' }),
  };
  for (const step of order) await run[step]();
  while (hooked < all.length) hook();
  while (told < all.length) tell();
  for (const step of ['refresh', 'backfill', 'backfill', 'refresh'] as const) await run[step]();
}

const idOf = (n: number): string => `toolu_${n}`;

function spoolCall(home: Home, all: readonly Call[], n: number): void {
  const call = all[n];
  if (call === undefined || !call.isHooked) return;
  const { event, end } = ENDINGS[call.ending];
  if (event === null) return;
  const base = { session_id: SESSIONS[call.session], cwd: '/Users/dev/project' };
  const told = { tool_name: 'Bash', tool_use_id: idOf(n), tool_input: { command: 'npm test' } };
  const members =
    event === 'PostToolBatch' ? { tool_calls: [{ ...told, ...end }] } : { ...told, ...end };
  home.spool({ ...base, hook_event_name: event, ...members }, NOON - 2 * HOUR);
}

function ends(home: Home): unknown {
  return home
    .query("SELECT id, outcome, model FROM hookline_event WHERE kind = 'tool' ORDER BY id")
    .map(({ id, outcome, model }) => [id, outcome, model]);
}

function expected(all: readonly Call[]): unknown {
  const outcomes: Readonly<Record<Ending, string>> = {
    succeeded: 'succeeded',
    failed: 'failed',
    batchOnly: 'failed',
    rejected: 'rejected',
    unanswered: 'unknown',
  };
  return all.map(({ ending }, n) => [idOf(n), outcomes[ending], 'claude-opus-5-5']);
}
