import { describe, expect, it } from 'vitest';
import { homePerTest } from '../../test/support/home.ts';
import { failedCall, NOON, toolCall } from '../../test/support/make-event.ts';
import { publishStats } from './publish.ts';
import { check, readSelfCheck } from './self-check.ts';
import { createZone, DAY_MS } from './zone.ts';

const home = homePerTest();
const zone = createZone('UTC');
const publish = (now = NOON) =>
  home().withStore((db) => publishStats({ paths: home().paths, db, now, timeZone: 'UTC' }));
const lastCheck = () => home().withStore(readSelfCheck);
const spoil = (sql: string): void => home().withStore((db) => db.exec(sql));
const callsIn = (statistic: 'toolUsage'): number =>
  JSON.parse(home().text(home().paths.stats[statistic])).total_calls;

describe('the daily check of the sums', () => {
  it('is made with the first publication, and again a day later', () => {
    home().addToStore(toolCall());
    publish();
    expect(lastCheck()).toEqual({ at: NOON, checked: 2, mismatches: [] });
    publish(NOON + DAY_MS - 1);
    expect(lastCheck()).toMatchObject({ at: NOON });
    publish(NOON + DAY_MS);
    expect(lastCheck()).toMatchObject({ at: NOON + DAY_MS, mismatches: [] });
  });

  it('finds a quarter whose rows are wrong, and makes it right', () => {
    home().addToStore(toolCall(), toolCall());
    publish();
    spoil('UPDATE hookline_rollup_call SET calls = calls + 1');
    publish(NOON + DAY_MS);
    expect(lastCheck()?.mismatches).toContain(`quarter ${NOON / 900_000}`);
    expect(home().query('SELECT sum(calls) AS n FROM hookline_rollup_call')).toEqual([{ n: 2 }]);
  });

  it('finds a session whose rows are wrong, and makes it right', () => {
    home().addToStore(failedCall(), toolCall({ at: NOON + 1000 }));
    publish();
    spoil("UPDATE hookline_rollup_episode SET ending = 'abandoned'");
    publish(NOON + DAY_MS);
    expect(lastCheck()?.mismatches).toEqual(
      expect.arrayContaining([expect.stringMatching(/^session /)]),
    );
    expect(home().query('SELECT ending FROM hookline_rollup_episode')).toEqual([
      { ending: 'recovered' },
    ]);
  });

  it('finds totals that are no sums on the day of their dimension, and makes them right', () => {
    home().addToStore(toolCall());
    publish();
    spoil('UPDATE hookline_rollup_total SET count = count + 7');
    const found = home().withStore((db) =>
      Array.from({ length: 12 }, (_, i) => check({ db, zone, now: NOON + i * DAY_MS })),
    );
    expect(found.flatMap(({ mismatches }) => mismatches)).toHaveLength(1);
    publish();
    expect(callsIn('toolUsage')).toBe(1);
  });
});
