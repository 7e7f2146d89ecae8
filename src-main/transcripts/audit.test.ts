import { rmSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { AuditReport } from '../../src-core/contract/views.ts';
import { bridge } from '../../test/support/bridge-world.ts';
import { homePerTest } from '../../test/support/home.ts';
import { NOON, otherEvent, toolCall } from '../../test/support/make-event.ts';
import { backfillerOf, makeTranscript } from '../../test/support/transcript-world.ts';

const home = homePerTest();
const S1 = '11111111-aaaa-4bbb-8ccc-000000000001';
const S2 = '22222222-aaaa-4bbb-8ccc-000000000002';
const HOUR = 3_600_000;
const BEFORE = NOON - 2 * HOUR;

/** A session of three calls, as its transcript tells it. */
function tellSession(sessionId = S1, at = BEFORE) {
  const told = makeTranscript(home(), { sessionId, at });
  told.prompt('go');
  for (const n of [1, 2, 3]) told.call(`toolu_${sessionId[0]}${n}`);
  return told;
}

/** The same calls, as hooks told them. */
function hookCalls(...numbers: readonly number[]): void {
  home().add(
    otherEvent('UserPromptSubmit', { sessionId: S1, at: BEFORE }),
    ...numbers.map((n) => toolCall({ id: `toolu_1${n}`, sessionId: S1, at: BEFORE + n * 2000 })),
  );
}

async function audit() {
  const backfiller = backfillerOf(home());
  expect(await backfiller.look()).toMatchObject({ kind: 'done', events: 0, amended: 0 });
  const report = backfiller.audit();
  expect(v.parse(AuditReport, report)).toEqual(report);
  return report;
}

describe('the audit', () => {
  it('says complete where each call is in the store once', async () => {
    tellSession();
    hookCalls(1, 2, 3);
    const report = await audit();
    expect(report.total).toEqual({
      seen: 3,
      stored: 3,
      missing: 0,
      extra: 0,
      pending: 0,
      leftOut: 0,
      byTranscript: 0,
    });
    expect(report.sessions).toMatchObject([
      { sessionId: S1, state: 'complete', seen: 3, fromAt: BEFORE, project: '/Users/dev/project' },
    ]);
    expect(report.projects).toMatchObject([{ project: '/Users/dev/project', seen: 3 }]);
    expect(report.days).toMatchObject([{ seen: 3, missing: 0 }]);
    expect([report.gaps, report.extras, report.noWitness.sessions]).toEqual([[], [], []]);
  });

  it('finds an event that was deleted from both stores, and a backfill heals it', async () => {
    tellSession();
    hookCalls(1, 2, 3);
    const backfiller = backfillerOf(home());
    await backfiller.run({ origin: 'asked' });
    bridge(home());
    home().withStore((db) => db.exec("DELETE FROM hookline_event WHERE id = 'toolu_12'"));
    for (const path of Object.values(home().paths.journals)) {
      const lines = home().text(path).split('\n');
      if (path === home().paths.journals.amendments || lines.length === 1) continue;
      writeFileSync(path, lines.filter((line) => !line.includes('"toolu_12"')).join('\n'));
    }
    bridge(home());
    const { total, gaps } = await audit();
    expect(total).toMatchObject({ seen: 3, stored: 2, missing: 1 });
    expect(gaps).toMatchObject([
      { id: 'toolu_12', tool: 'Bash', sessionId: S1, why: 'lost', canHeal: true },
    ]);
    await backfiller.run({ origin: 'auto', healsGaps: true });
    expect((await audit()).total).toMatchObject({
      seen: 3,
      stored: 3,
      missing: 0,
      byTranscript: 1,
    });
  });

  it('finds a call that was never hooked', async () => {
    tellSession();
    hookCalls(1, 3);
    const { sessions, gaps } = await audit();
    expect(sessions).toMatchObject([{ state: 'incomplete', missing: 1 }]);
    expect(gaps).toMatchObject([{ id: 'toolu_12', why: 'not-told', at: BEFORE + 3000 }]);
  });

  it('finds a call that never got a result', async () => {
    hookCalls(1, 2, 3);
    tellSession().call('toolu_14', null);
    const { gaps } = await audit();
    expect(gaps).toMatchObject([{ id: 'toolu_14', why: 'unanswered' }]);
  });

  it('finds a call that is stored twice', async () => {
    tellSession();
    hookCalls(1, 2, 3);
    home().add(toolCall({ id: 'other', toolUseId: 'toolu_12', sessionId: S1, at: BEFORE }));
    const { total, extras } = await audit();
    expect(total).toMatchObject({ seen: 3, stored: 3, extra: 1 });
    expect(extras).toMatchObject([{ id: 'other', sessionId: S1, why: 'duplicate' }]);
  });

  it('finds a call of which no transcript tells, and one that the old record repeats', async () => {
    tellSession();
    hookCalls(1, 2, 3, 4);
    home().add(
      toolCall({ id: 'old_1', toolUseId: null, source: 'old', sessionId: S1, at: BEFORE }),
    );
    const { extras } = await audit();
    expect(extras).toMatchObject([
      { id: 'old_1', why: 'old-record' },
      { id: 'toolu_14', why: 'not-in-transcript' },
    ]);
  });

  it('finds a session in which hooks were disabled', async () => {
    tellSession();
    hookCalls(1, 2, 3);
    tellSession(S2, NOON - HOUR);
    const { sessions, gaps, total } = await audit();
    expect(total).toMatchObject({ seen: 6, stored: 3, missing: 3 });
    expect(sessions.map(({ sessionId, state }) => [sessionId, state])).toEqual([
      [S1, 'complete'],
      [S2, 'no-hooks'],
    ]);
    expect(gaps.map(({ why }) => why)).toEqual(['no-hooks', 'no-hooks', 'no-hooks']);
  });

  it('tells of calls from before the hook, and of those that the hook could not keep', async () => {
    tellSession(S2, NOON - 5 * HOUR);
    tellSession();
    hookCalls(1, 3);
    const gap = { fromAt: BEFORE + 2000, toAt: BEFORE + 5000, count: 1 };
    backfillerOf(home());
    await home().refresh();
    writeFileSync(home().paths.gaps, `${JSON.stringify(gap)}\n`);
    const { gaps } = await audit();
    expect(gaps.map(({ id, why }) => [id, why])).toEqual([
      ['toolu_21', 'before-install'],
      ['toolu_22', 'before-install'],
      ['toolu_23', 'before-install'],
      ['toolu_12', 'not-kept'],
    ]);
  });

  it('gives what is fresh its time, on either side', async () => {
    const told = makeTranscript(home(), { sessionId: S1, at: NOON - 5000 });
    told.call('toolu_1');
    home().add(toolCall({ id: 'toolu_2', sessionId: S1, at: NOON - 1000 }));
    expect((await audit()).total).toMatchObject({ missing: 0, extra: 0, pending: 2 });
    home().clock.advance(HOUR);
    expect((await audit()).total).toMatchObject({ missing: 1, extra: 1, pending: 0 });
  });

  it('has no witness for sessions without a whole transcript', async () => {
    hookCalls(1, 2, 3);
    tellSession(S2).raw('{"type":"user"');
    home().add(toolCall({ id: 'toolu_a', sessionId: S2, at: BEFORE }));
    const { total, noWitness } = await audit();
    expect(total).toMatchObject({ seen: 0, missing: 0, extra: 0 });
    expect(noWitness).toEqual({
      calls: 4,
      sessions: [
        { sessionId: S1, calls: 3, why: 'no-transcript' },
        { sessionId: S2, calls: 1, why: 'unfinished' },
      ],
    });
  });

  it("has no witness for an agent whose transcript is not there, and one for the session's own calls", async () => {
    tellSession();
    hookCalls(1, 2, 3);
    home().add(toolCall({ id: 'toolu_a', sessionId: S1, agentId: 'a1', at: BEFORE }));
    const { total, noWitness } = await audit();
    expect(total).toMatchObject({ seen: 3, stored: 3, extra: 0 });
    expect(noWitness.sessions).toEqual([{ sessionId: S1, calls: 1, why: 'agent-gone' }]);
  });

  it('goes on listing a call that was missing when its transcript went', async () => {
    const { path } = tellSession();
    hookCalls(1, 3);
    await audit();
    rmSync(path);
    const { gaps, noWitness } = await audit();
    expect(gaps).toMatchObject([{ id: 'toolu_12', canHeal: false }]);
    expect(noWitness.sessions).toMatchObject([{ sessionId: S1, why: 'transcript-gone' }]);
  });

  it('finds nothing where there is no store', () => {
    const { sessions, total } = backfillerOf(home()).audit();
    expect([sessions, total.seen]).toEqual([[], 0]);
  });
});
