import { mkdirSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transaction } from '../../src-core/store/driver.ts';
import { addTombstones } from '../../src-core/store/tombstones.ts';
import { homePerTest, makeHome } from '../../test/support/home.ts';
import { NOON } from '../../test/support/make-event.ts';
import { removeFolder } from '../../test/support/temp-folder.ts';
import { backfillerOf, makeTranscript } from '../../test/support/transcript-world.ts';
import {
  type AnswerLine,
  EVER,
  renewAll,
  storedTotal,
  storedUsage,
  writeAnswer,
} from '../../test/support/usage-world.ts';
import { saveCursor } from '../bridge/cursor.ts';
import { totalOf, usageBy } from './read-usage.ts';
import { renewSomeUsage } from './rollup.ts';

const home = homePerTest();
const AT = NOON - 3_600_000;
const SESSION = 'session-a';

const take = (again = false) => backfillerOf(home()).run({ origin: 'asked', again });
const transcript = (sessionId = SESSION) => makeTranscript(home(), { sessionId, at: AT });
const answer = (change: Partial<AnswerLine>): AnswerLine => ({
  id: 'msg_1',
  at: AT,
  sessionId: SESSION,
  output: 100,
  ...change,
});

describe('an answer', () => {
  it('counts once, as its last line has it, over the lines that the client writes for it', async () => {
    const lines = transcript();
    writeAnswer(lines, answer({ output: 3, stop: null }));
    writeAnswer(lines, answer({ output: 8, stop: null, at: AT + 1 }));
    writeAnswer(lines, answer({ output: 100, at: AT + 2 }));
    await take();
    expect(storedTotal(home())).toMatchObject({ messages: 1, input: 10, output: 100 });
  });

  it('is corrected by a line that comes in a later pass', async () => {
    const lines = transcript();
    writeAnswer(lines, answer({ output: 3, stop: null }));
    await take();
    expect(storedTotal(home())).toMatchObject({ messages: 1, output: 3 });
    writeAnswer(lines, answer({ output: 100, at: AT + 5 }));
    await take();
    expect(storedTotal(home())).toMatchObject({ messages: 1, output: 100 });
  });

  it('counts once where a resumed session or a fork repeats it, for who asked first', async () => {
    const [first, second] = [transcript(), transcript('session-b')];
    writeAnswer(first, answer({}));
    const forkedFrom = { sessionId: SESSION, messageUuid: 'u' };
    writeAnswer(second, answer({ sessionId: 'session-b', members: { forkedFrom } }));
    writeAnswer(second, answer({ sessionId: 'session-b', id: 'msg_2', output: 7 }));
    await take();
    const bySession = storedUsage(home(), 'sessionId');
    expect(bySession.get(SESSION)).toMatchObject({ messages: 1, output: 100 });
    expect(bySession.get('session-b')).toMatchObject({ messages: 1, output: 7 });
  });

  it('of an agent counts for its session, by the kind of the agent', async () => {
    writeAnswer(transcript(), answer({}));
    const agent = makeTranscript(home(), { sessionId: SESSION, agentId: 'x1', at: AT });
    const members = { agentId: 'x1', isSidechain: true, attributionAgent: 'Explore' };
    writeAnswer(agent, answer({ id: 'msg_2', output: 7, members }));
    await take();
    expect([...storedUsage(home(), 'agentType')]).toMatchObject([
      ['', { output: 100 }],
      ['Explore', { output: 7 }],
    ]);
    expect(storedUsage(home(), 'sessionId').get(SESSION)).toMatchObject({ output: 107 });
  });

  it('of a model without a price has its tokens, and no cost', async () => {
    writeAnswer(transcript(), answer({ model: 'somebody-elses' }));
    await take();
    const sum = storedUsage(home(), 'model').get('somebody-elses');
    expect(sum).toMatchObject({ output: 100, nanoUsd: 0, unpriced: 1, unpricedTokens: 1110 });
  });
});

describe('what is not to be recorded', () => {
  it('has no usage either: paused, excluded, or forgotten', async () => {
    const lines = transcript();
    home().pretendInstalled();
    const { paths } = home();
    writeAnswer(lines, answer({ id: 'msg_paused' }));
    writeAnswer(lines, answer({ id: 'msg_kept', at: AT + 60_000 }));
    writeAnswer(
      lines,
      answer({ id: 'msg_excluded', at: AT + 60_000, members: { cwd: '/secret' } }),
    );
    writeAnswer(lines, answer({ id: 'msg_forgotten', at: AT + 90_000 }));
    writeAnswer(lines, answer({ id: 'msg_buried', at: AT + 60_000, sessionId: 'session-b' }));
    mkdirSync(paths.own, { recursive: true });
    writeFileSync(paths.pauses, `${JSON.stringify({ fromAt: AT - 1, toAt: AT + 1 })}\n`);
    writeFileSync(paths.settings, JSON.stringify({ excludedFolders: ['/secret'] }));
    const epitaph = { reason: 'asked', at: NOON };
    addTombstones(paths, { fromAt: AT + 80_000, toAt: AT + 99_000 }, epitaph);
    addTombstones(paths, { sessionId: 'session-b' }, epitaph);
    await take();
    expect(home().query('SELECT message_id FROM hookline_usage')).toEqual([
      { message_id: 'msg_kept' },
    ]);
  });

  it('is nothing before a backfill was asked for', async () => {
    writeAnswer(transcript(), answer({}));
    await backfillerOf(home()).look();
    expect(storedTotal(home()).messages).toBe(0);
    await take();
    expect(storedTotal(home()).messages).toBe(1);
  });
});

describe('a backfill that is taken back', () => {
  it('takes its usage along, which comes back only when it is asked for', async () => {
    const lines = transcript();
    const call = { type: 'tool_use', id: 'toolu_1', name: 'WebFetch' };
    const input = { url: 'https://github.com/owner/name' };
    writeAnswer(lines, answer({ content: [{ ...call, input }] }));
    lines.raw(`${JSON.stringify({ type: 'cost-state', sessionId: SESSION, totalCostUSD: 1 })}\n`);
    await take();
    const tables = ['hookline_usage', 'hookline_cost_state', 'hookline_link'];
    const counts = (): unknown[] =>
      tables.map((table) => home().query(`SELECT count(*) AS n FROM ${table}`)[0]?.n);
    expect(counts()).toEqual([1, 1, 1]);
    expect(await backfillerOf(home()).undo(1)).toMatchObject({ kind: 'undone' });
    expect(counts()).toEqual([0, 0, 0]);
    expect(storedTotal(home()).messages).toBe(0);
    await take();
    expect(counts()).toEqual([0, 0, 0]);
    await take(true);
    expect(counts()).toEqual([1, 1, 1]);
    await take();
    expect(counts()).toEqual([1, 1, 1]);
  });
});

describe('sums by quarters of an hour', () => {
  it('follow with the next run of the bridge when answers are removed beside a pass', async () => {
    const lines = transcript();
    writeAnswer(lines, answer({}));
    writeAnswer(lines, answer({ id: 'msg_2', at: AT + 1_800_000, output: 7 }));
    await take();
    home().withStore((db) => db.exec("DELETE FROM hookline_usage WHERE message_id = 'msg_1'"));
    expect(await home().refresh()).toMatchObject({ ok: true });
    const outputs = home().query('SELECT output FROM hookline_usage_quarter');
    expect(outputs).toEqual([{ output: 7 }]);
  });

  it('are made anew for prices of another release, some at a time, and once', async () => {
    const lines = transcript();
    for (let i = 0; i < 100; i++) {
      writeAnswer(lines, answer({ id: `msg_${i}`, at: AT - i * 900_000 }));
    }
    await take();
    const right = storedTotal(home());
    home().withStore((db) => {
      db.exec('UPDATE hookline_usage_quarter SET nano_usd = 1');
      expect(transaction(db, () => renewSomeUsage(db))).toBe(false);
      saveCursor(db, 'usage', { definition: 'of another release', walkedTo: null });
      expect(transaction(db, () => renewSomeUsage(db))).toBe(true);
      expect(totalOf(usageBy(db, EVER, 'model').values()).nanoUsd).toBeLessThan(right.nanoUsd);
    });
    renewAll(home());
    expect(storedTotal(home())).toEqual(right);
  });

  it('are those of the answers, whatever came in which order, before and after they are renewed', async () => {
    const line = fc.record({
      id: fc.integer({ min: 0, max: 5 }).map((n) => `msg_${n}`),
      at: fc.integer({ min: 0, max: 40 }).map((n) => AT + n * 300_000),
      output: fc.integer({ min: 0, max: 999 }),
      sessionId: fc.constantFrom(SESSION, 'session-b'),
      model: fc.constantFrom('claude-opus-5-5', 'claude-haiku-5-5', 'unpriced'),
      stop: fc.constantFrom('end_turn', null),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(line, { maxLength: 6 }), { maxLength: 3 }),
        async (all) => {
          const world = makeHome();
          try {
            const lines = makeTranscript(world, { sessionId: SESSION, at: AT });
            for (const pass of all) {
              for (const each of pass) writeAnswer(lines, each);
              await backfillerOf(world).run({ origin: 'asked' });
            }
            const after = storedUsage(world, 'model');
            world.withStore((db) =>
              db.exec(
                'INSERT OR IGNORE INTO hookline_usage_dirty SELECT DISTINCT at_ms / 900000 FROM hookline_usage',
              ),
            );
            expect(new Map([...storedUsage(world, 'model')].sort())).toEqual(
              new Map([...after].sort()),
            );
            renewAll(world);
            expect(storedUsage(world, 'model')).toEqual(after);
            const rows = world.query(
              'SELECT count(*) AS n, sum(output) AS o FROM hookline_usage',
            )[0];
            const total = storedTotal(world);
            expect([total.messages, total.output]).toEqual([rows?.n, rows?.o ?? 0]);
          } finally {
            removeFolder(world.folder);
          }
        },
      ),
      { seed: 6, numRuns: 12 },
    );
  });
});
