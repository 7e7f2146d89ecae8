import { describe, expect, it } from 'vitest';
import { homePerTest } from '../../test/support/home.ts';
import { NOON } from '../../test/support/make-event.ts';
import { readLedger, type StreamEntry, writeLedger } from './ledger.ts';

const HOUR = 3_600_000;
const home = homePerTest();
const entry = (members: Partial<StreamEntry> = {}): StreamEntry => ({
  stream: 'tool-usage',
  inSqlite: 10,
  inJsonl: 10,
  healedToSqlite: 0,
  healedToJsonl: 0,
  duplicates: 0,
  quarantined: 0,
  ...members,
});
const write = (at: number, members?: Partial<StreamEntry>): void =>
  home().withStore((db) => writeLedger(db, [entry(members), entry({ stream: 'events' })], at));
const times = (): unknown[] =>
  home()
    .query('SELECT DISTINCT at_ms FROM hookline_ledger ORDER BY at_ms')
    .map(({ at_ms }) => at_ms);

describe('the ledger', () => {
  it('begins with the first run', () => {
    write(NOON);
    expect(times()).toEqual([NOON]);
  });

  it('gets no row from a run that found what the last one left', () => {
    write(NOON);
    write(NOON + 60_000);
    write(NOON + HOUR - 1);
    expect(times()).toEqual([NOON]);
  });

  it.each<Partial<StreamEntry>>([
    { inSqlite: 11 },
    { inJsonl: 9 },
    { duplicates: 1 },
    { quarantined: 1 },
    { healedToSqlite: 1 },
    { healedToJsonl: 1 },
  ])('gets a row from a run that found %j', (members) => {
    write(NOON);
    write(NOON + 60_000, members);
    expect(times()).toEqual([NOON, NOON + 60_000]);
  });

  it('gets a row each hour without news', () => {
    write(NOON);
    for (let minute = 1; minute <= 180; minute += 7) write(NOON + minute * 60_000);
    expect(times()).toHaveLength(3);
  });

  it('gives the last run back in the order of the streams', () => {
    write(NOON);
    write(NOON + 60_000, { inSqlite: 12, inJsonl: 11 });
    const last = home().withStore((db) => readLedger(db, NOON + 60_000));
    expect(last?.at).toBe(NOON + 60_000);
    expect(last?.entries).toEqual([
      entry({ inSqlite: 12, inJsonl: 11 }),
      entry({ stream: 'events' }),
    ]);
  });

  it('is not led astray by rows that were written under a clock that ran ahead', () => {
    write(NOON + 400 * 24 * HOUR);
    write(NOON, { inSqlite: 12 });
    write(NOON + 60_000, { inSqlite: 12 });
    write(NOON + 120_000, { inSqlite: 12 });
    expect(times()).toEqual([NOON, NOON + 400 * 24 * HOUR]);
    expect(home().withStore((db) => readLedger(db, NOON + 120_000))?.at).toBe(NOON);
  });

  it('is nothing before the first run', () => {
    expect(home().withStore((db) => readLedger(db, NOON))).toBeNull();
  });
});
