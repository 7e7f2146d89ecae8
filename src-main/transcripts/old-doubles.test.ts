import { describe, expect, it } from 'vitest';
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { bridge, expectNothingToDo } from '../../test/support/bridge-world.ts';
import { homePerTest } from '../../test/support/home.ts';
import { NOON, toolCall } from '../../test/support/make-event.ts';
import { backfillerOf, makeTranscript } from '../../test/support/transcript-world.ts';

const home = homePerTest();
const S1 = '11111111-aaaa-4bbb-8ccc-000000000001';
const HOUR = 3_600_000;
const AT = NOON - 2 * HOUR;
const ASKED = { origin: 'asked' } as const;

/** Events as an import stores them. */
function importOld(...events: readonly Partial<CapturedEvent>[]): void {
  home().addToStore(
    ...events.map((members, n) =>
      toolCall({
        id: `old_${n}`,
        source: 'old',
        toolUseId: null,
        sessionId: 'project',
        command: null,
        at: AT,
        ...members,
      }),
    ),
  );
  home().withStore((db) => {
    for (const n of events.keys())
      db.exec(`INSERT INTO hookline_import_event VALUES ('old_${n}', 1)`);
  });
  bridge(home());
}

const ids = () =>
  home()
    .query("SELECT id FROM hookline_event WHERE kind = 'tool' ORDER BY id")
    .map(({ id }) => id);

describe('an imported old event', () => {
  it('gives way to the call of which it tells, so that the total stays', async () => {
    importOld({ command: 'npm test', at: AT + 1500 });
    makeTranscript(home(), { sessionId: S1, at: AT }).call('toolu_1');
    const backfiller = backfillerOf(home());
    expect(await backfiller.run(ASKED)).toMatchObject({ events: 2, replaced: 1, ambiguous: 0 });
    expect(ids()).toEqual(['toolu_1']);
    bridge(home());
    expect(ids()).toEqual(['toolu_1']);
    expectNothingToDo(home());
    expect(await backfiller.run({ ...ASKED, again: true })).toMatchObject({ replaced: 0 });
  });

  it('stays where tool, target or time is another', async () => {
    importOld({ tool: 'Read' }, { command: 'npm run build' }, { at: AT + 60_000 });
    makeTranscript(home(), { sessionId: S1, at: AT }).call('toolu_1');
    expect(await backfillerOf(home()).run(ASKED)).toMatchObject({ replaced: 0 });
    expect(ids()).toEqual(['old_0', 'old_1', 'old_2', 'toolu_1']);
  });

  it('is one of several alike: as many give way as there are calls, and that is told', async () => {
    importOld({ at: AT }, { at: AT + 1000 }, { at: AT + 2000 });
    const told = makeTranscript(home(), { sessionId: S1, at: AT });
    told.call('toolu_1');
    told.call('toolu_2');
    expect(await backfillerOf(home()).run(ASKED)).toMatchObject({ replaced: 2, ambiguous: 2 });
    expect(ids()).toHaveLength(3);
  });

  it('is back as it was when the backfill is taken back', async () => {
    importOld({ command: 'npm test', at: AT + 1500 });
    const rows = () => home().query('SELECT * FROM hookline_event');
    const before = rows();
    makeTranscript(home(), { sessionId: S1, at: AT }).call('toolu_1');
    const backfiller = backfillerOf(home());
    await backfiller.run(ASKED);
    bridge(home());
    await backfiller.undo(1);
    bridge(home());
    expect(rows()).toEqual(before);
  });
});
