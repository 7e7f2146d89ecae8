import { describe, expect, it } from 'vitest';
import { EVENT_COLUMNS } from '../../src-core/store/events.ts';
import { bridge, expectNothingToDo } from '../../test/support/bridge-world.ts';
import { homePerTest } from '../../test/support/home.ts';
import { failedCall, NOON, sessionEvent, toolCall } from '../../test/support/make-event.ts';
import { backfillerOf, S1, transcriptHome } from '../../test/support/transcript-world.ts';

const home = homePerTest();
const ASKED = { origin: 'asked' } as const;

const { transcript, call, outcomes } = transcriptHome(home);

describe('taking a backfill back', () => {
  it('leaves both stores as they were before', async () => {
    home().add(failedCall({ id: 'toolu_1', sessionId: S1 }), sessionEvent('SessionStart'));
    bridge(home());
    const state = () => {
      const { amendments, toolUsage, toolSuccess, events, activityEvents } = home().paths.journals;
      const files = [amendments, toolUsage, toolSuccess, events, activityEvents];
      return {
        files: files.map((path) => home().text(path)),
        events: home().query(`SELECT ${EVENT_COLUMNS}, sum FROM hookline_event ORDER BY seq`),
        old: home().query('SELECT * FROM tool_events'),
        amendments: home().query('SELECT * FROM hookline_amendment'),
      };
    };
    const before = state();
    const told = transcript();
    told.prompt('go');
    told.call('toolu_1');
    told.call('toolu_2');
    const backfiller = backfillerOf(home());
    await backfiller.run(ASKED);
    bridge(home());
    expect(state()).not.toEqual(before);
    expect(await backfiller.undo(1)).toMatchObject({ events: 2, restored: 1, linesLeft: 0 });
    bridge(home());
    expect(state()).toEqual(before);
  });

  it('keeps what was taken back away until it is asked for again', async () => {
    home().add(toolCall({ id: 'toolu_1', sessionId: S1 }));
    const told = transcript();
    told.call('toolu_1');
    told.call('toolu_2');
    const backfiller = backfillerOf(home());
    await backfiller.run(ASKED);
    bridge(home());
    // Lines that others wrote behind them stay, and must not bring anything back.
    home().add(toolCall({ id: 'toolu_9' }));
    home().amend({ eventId: 'toolu_9', field: 'exitCode', value: 0, source: 'hook', at: NOON });
    await backfiller.undo(1);
    bridge(home());
    expect(await backfiller.run(ASKED)).toMatchObject({ events: 0, amended: 0 });
    expect(await backfiller.preview()).toMatchObject({ leftOut: { takenBack: 2 } });
    expect(outcomes()).toEqual({ toolu_1: 'succeeded', toolu_9: 'succeeded' });
    expect(call('toolu_1')?.model).toBeNull();
    expect(await backfiller.run({ ...ASKED, again: true })).toMatchObject({
      events: 2,
      amended: 1,
    });
    bridge(home());
    expect(call('toolu_1')?.model).toBe('claude-opus-5-5');
    expectNothingToDo(home());
  });

  it('keeps an event of which a hook has told since then', async () => {
    transcript().call('toolu_1');
    const backfiller = backfillerOf(home());
    await backfiller.run(ASKED);
    home().amend({ eventId: 'toolu_1', field: 'durationMs', value: 7, source: 'hook', at: NOON });
    await backfiller.undo(1);
    expect(call('toolu_1')).toMatchObject({ duration_ms: 7 });
  });

  it('is refused for a run that is not there, or was taken back already', async () => {
    transcript().call('toolu_1');
    const backfiller = backfillerOf(home());
    await backfiller.run(ASKED);
    expect(await backfiller.undo(7)).toMatchObject({ kind: 'refused' });
    await backfiller.undo(1);
    expect(await backfiller.undo(1)).toMatchObject({ kind: 'refused' });
  });
});
