import { describe, expect, it } from 'vitest';
import { bridge, morning } from '../../test/support/bridge-world.ts';
import { homePerTest } from '../../test/support/home.ts';
import { toolCall } from '../../test/support/make-event.ts';
import { recallCensus, takeCensus } from './census.ts';

const home = homePerTest();

describe('a census that is kept', () => {
  it('is brought up to date by the rows that came since, as a new count would have it', () => {
    home().add(...morning());
    bridge(home());
    home().add(toolCall(), toolCall());
    home().withStore((db) => {
      db.exec('UPDATE hookline_event SET lines = expected');
      const recalled = recallCensus(db);
      expect(recalled['tool-usage']).toEqual({ expected: 6, seen: 6, missing: 0 });
      expect(recalled).toEqual(takeCensus(db));
    });
  });

  it('is not believed when another program took a row away, also between two quiet refreshes', async () => {
    home().add(...morning());
    await home().refresh();
    await home().refresh();
    home().withStore((db) => db.exec("DELETE FROM hookline_event WHERE hook_event = 'Stop'"));
    expect(await home().refresh()).toMatchObject({ healedToSqlite: 1, drift: 0 });
  });
});
