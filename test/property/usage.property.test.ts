import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Home, makeHome } from '../support/home.ts';
import { NOON } from '../support/make-event.ts';
import { removeFolder } from '../support/temp-folder.ts';
import { backfillerOf, makeTranscript } from '../support/transcript-world.ts';
import { type AnswerLine, storedUsage, writeAnswer } from '../support/usage-world.ts';

const AT = NOON - 6 * 3_600_000;
const SESSIONS = ['session-a', 'session-b', 'session-c'];

/** A line of one of a few answers, and the file in which it stands. */
const told = fc.record({
  answer: fc.integer({ min: 0, max: 4 }),
  later: fc.integer({ min: 0, max: 3000 }),
  output: fc.integer({ min: 0, max: 500 }),
  stop: fc.constantFrom('end_turn', null),
  file: fc.integer({ min: 0, max: SESSIONS.length - 1 }),
});

/** The lines in their order, with passes over the transcripts in between. */
async function take(lines: readonly AnswerLine[], files: readonly number[], passAfter: number) {
  const home = makeHome();
  try {
    const transcripts = SESSIONS.map((sessionId) => makeTranscript(home, { sessionId, at: AT }));
    const pass = () => backfillerOf(home).run({ origin: 'asked' });
    for (const [i, line] of lines.entries()) {
      const transcript = transcripts[files[i] ?? 0];
      if (transcript !== undefined) writeAnswer(transcript, line);
      if (i % 7 === passAfter) await pass();
    }
    await pass();
    return resultOf(home);
  } finally {
    removeFolder(home.folder);
  }
}

function resultOf(home: Home) {
  const rows = 'SELECT message_id, at_ms, output, is_final, model FROM hookline_usage ORDER BY 1';
  return { rows: home.query(rows), sums: new Map([...storedUsage(home, 'model')].sort()) };
}

it('usage is the same in whatever order, in whichever files and by how many passes it is told', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(told, { minLength: 1, maxLength: 14 }),
      fc.integer(),
      fc.integer({ min: 0, max: 6 }),
      async (all, seed, passAfter) => {
        const lines = all.map(({ answer, later, output, stop }) => ({
          id: `msg_${answer}`,
          at: AT + answer * 600_000 + later,
          sessionId: 'session-a',
          model: answer % 2 === 0 ? 'claude-opus-5-5' : 'no-such-model',
          output,
          stop,
          // A fork names the session that it repeats.
          members: { forkedFrom: { sessionId: 'session-a' } },
        }));
        const order = lines.map((_, i) => i).sort((a, b) => mixed(a, seed) - mixed(b, seed));
        const shuffled = order.flatMap((i) => lines[i] ?? []);
        const usual = await take(
          lines,
          all.map(({ file }) => file),
          passAfter,
        );
        expect(await take(shuffled, [], 3)).toEqual(usual);
      },
    ),
    { seed: 11, numRuns: 15 },
  );
});

function mixed(value: number, seed: number): number {
  return Math.imul(value + 1, (seed | 1) ^ 0x9e3779b1) >>> 0;
}
