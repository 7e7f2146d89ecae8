import { describe, expect, it } from 'vitest';
import { homePerTest } from '../../../test/support/home.ts';
import { NOON, toolCall } from '../../../test/support/make-event.ts';
import { publishStats } from '../publish.ts';
import { createZone } from '../zone.ts';
import { renewRollups, resetRollups } from './renew.ts';
import { readRollupState, saveRollupState } from './state.ts';

const home = homePerTest();
const HOUR = 3_600_000;
const publish = (budgetMs?: number) =>
  home().withStore((db) =>
    publishStats({
      paths: home().paths,
      db,
      now: NOON,
      timeZone: 'UTC',
      ...(budgetMs === undefined ? {} : { budgetMs }),
    }),
  );
const totalCalls = (): unknown => JSON.parse(home().text(home().paths.stats.toolUsage)).total_calls;
const days = () => Array.from({ length: 200 }, (_, i) => toolCall({ at: NOON - i * HOUR }));

describe('a rebuild of the sums', () => {
  it('publishes nothing before it is done: the files of before stay', () => {
    home().addToStore(...days());
    publish();
    home().withStore((db) => resetRollups(db, createZone('UTC')));
    home().addToStore(toolCall({ at: NOON + HOUR }));
    const before = home().text(home().paths.stats.toolUsage);
    expect(publish(0)).toEqual({ written: [], problems: [], isRebuilding: true });
    expect(home().text(home().paths.stats.toolUsage)).toBe(before);
    publish();
    expect(totalCalls()).toBe(201);
  });

  it('that was interrupted goes on where it was, and counts nothing twice', () => {
    home().addToStore(...days());
    let calls = 0;
    while (publish(1).isRebuilding === true && calls < 1000) calls++;
    expect(totalCalls()).toBe(200);
    expect(home().query('SELECT sum(calls) AS n FROM hookline_rollup_day')).toEqual([{ n: 200 }]);
  });

  it('may move to another zone on its way', () => {
    home().addToStore(...days());
    home().withStore((db) => renewRollups({ db, zone: createZone('Asia/Tokyo'), budgetMs: 1 }));
    home().withStore((db) => {
      const state = readRollupState(db);
      // However quick the machine is: as if the last step had not been taken.
      if (state !== null) saveRollupState(db, { ...state, isComplete: false });
      db.exec('DELETE FROM hookline_rollup_total; DELETE FROM hookline_rollup_day');
    });
    publish();
    expect(
      home().query("SELECT sum(count) AS n FROM hookline_rollup_total WHERE dimension = 'day'"),
    ).toEqual([{ n: 200 }]);
  });

  it('is made when the definitions are others than those of the sums', () => {
    home().addToStore(toolCall());
    publish();
    home().withStore((db) => {
      db.exec('UPDATE hookline_rollup_total SET count = 99');
      const state = readRollupState(db);
      if (state !== null) saveRollupState(db, { ...state, definition: 'of before' });
    });
    publish();
    expect(totalCalls()).toBe(1);
  });

  it('is made when the store lost the events that the sums were made of', () => {
    home().addToStore(toolCall(), toolCall());
    publish();
    // What a store has that was put together again from its lines.
    home().withStore((db) =>
      db.exec(`DELETE FROM hookline_event; DELETE FROM hookline_dirty;
        DELETE FROM sqlite_sequence WHERE name = 'hookline_event'`),
    );
    home().addToStore(toolCall());
    publish();
    expect(totalCalls()).toBe(1);
  });
});
