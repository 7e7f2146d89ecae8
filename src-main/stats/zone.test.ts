import { afterEach, describe, expect, it } from 'vitest';
import { createZone } from './zone.ts';

const HOUR = 3_600_000;
const utc = (text: string): number => Date.parse(`${text}Z`);
const lengthOfDay = (name: string, at: number): number => {
  const zone = createZone(name);
  const start = zone.startOfDay(at);
  return (zone.addDays(start, 1) - start) / HOUR;
};

describe('a day', () => {
  it.each([
    ['America/New_York', '2026-03-08T12:00', 23, 'clocks go forward'],
    ['America/New_York', '2026-11-01T12:00', 25, 'clocks go back'],
    ['America/New_York', '2026-06-01T12:00', 24, 'clocks stay'],
    ['Australia/Lord_Howe', '2026-10-04T02:00', 23.5, 'clocks go forward by half an hour'],
    ['Australia/Lord_Howe', '2026-04-05T02:00', 24.5, 'clocks go back by half an hour'],
    ['Asia/Kolkata', '2026-01-26T12:00', 24, 'the offset is half an hour'],
    ['America/Sao_Paulo', '2017-10-15T12:00', 23, 'midnight does not exist'],
    ['America/Sao_Paulo', '2018-02-18T01:00', 25, 'its last hour comes twice'],
    ['America/Havana', '2026-03-08T12:00', 23, 'midnight does not exist'],
    ['America/Havana', '2026-11-01T12:00', 25, 'midnight comes twice'],
    ['Asia/Amman', '2021-10-29T12:00', 25, 'midnight comes twice, east of Greenwich'],
    ['Africa/Casablanca', '2026-02-15T12:00', 25, 'clocks go back for Ramadan'],
    ['Africa/Casablanca', '2026-03-22T12:00', 23, 'clocks go forward after Ramadan'],
  ])('in %s that holds %s has %d hours, because %s', (name, at, hours) => {
    expect(lengthOfDay(name, utc(at))).toBe(hours);
  });

  it('begins when it first shows where clocks jump over midnight', () => {
    const zone = createZone('America/Sao_Paulo');
    expect(zone.startOfDay(utc('2017-10-15T20:00'))).toBe(utc('2017-10-15T03:00'));
    expect(zone.hour(utc('2017-10-15T03:00'))).toBe(1);
  });

  it('begins at the first midnight where there are two', () => {
    const zone = createZone('Asia/Amman');
    expect(zone.startOfDay(utc('2021-10-29T12:00'))).toBe(utc('2021-10-28T21:00'));
    expect(zone.day(utc('2021-10-28T21:30'))).toBe('2021-10-29');
  });

  it('is another one at the other end of the world', () => {
    const at = utc('2026-01-26T10:30');
    expect(createZone('Pacific/Kiritimati').day(at)).toBe('2026-01-27');
    expect(createZone('Pacific/Midway').day(at)).toBe('2026-01-25');
    expect(createZone('UTC').day(at)).toBe('2026-01-26');
  });

  it('is found across one that was left out of the calendar', () => {
    const zone = createZone('Pacific/Apia');
    const start = zone.startOfDay(utc('2011-12-29T20:00'));
    expect(zone.day(start)).toBe('2011-12-29');
    expect(zone.day(zone.addDays(start, 1))).toBe('2011-12-31');
  });

  it('is found far away, both ways', () => {
    const zone = createZone('America/New_York');
    const start = zone.startOfDay(utc('2026-01-26T12:00'));
    expect(zone.day(zone.addDays(start, 180))).toBe('2026-07-25');
    expect(zone.addDays(start, 180)).toBe(utc('2026-07-25T04:00'));
    expect(zone.addDays(start, -180)).toBe(utc('2025-07-30T04:00'));
    expect(zone.addDays(start, 0)).toBe(start);
  });
});

describe('hours and weekdays', () => {
  it('are those of the zone', () => {
    const zone = createZone('Asia/Kolkata');
    const sundayNight = utc('2026-01-25T18:45');
    expect([zone.hour(sundayNight), zone.weekday(sundayNight)]).toEqual([0, 0]);
    expect(zone.weekday(sundayNight - HOUR)).toBe(6);
  });

  it('change in the middle of an hour where clocks change by half of one', () => {
    const zone = createZone('Australia/Lord_Howe');
    const change = utc('2026-10-03T15:30');
    expect(zone.offset(change - 1)).toBe(10.5 * HOUR);
    expect(zone.offset(change)).toBe(11 * HOUR);
  });
});

describe('local clocks', () => {
  it('are read at their first showing, and at the jump where they never show it', () => {
    const zone = createZone('America/New_York');
    expect(zone.fromLocal(utc('2026-01-26T12:00'))).toBe(utc('2026-01-26T17:00'));
    expect(zone.fromLocal(utc('2026-11-01T01:30'))).toBe(utc('2026-11-01T05:30'));
    expect(zone.fromLocal(utc('2026-03-08T02:30'))).toBe(utc('2026-03-08T07:30'));
  });
});

describe('a zone', () => {
  const machine = process.env.TZ;
  afterEach(() => {
    process.env.TZ = machine;
    if (machine === undefined) delete process.env.TZ;
  });

  it('is refused when there is none of that name', () => {
    expect(() => createZone('Mars/Olympus')).toThrow(RangeError);
  });

  it.each(['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Kiritimati'])(
    'gives the same day and hour on a machine in %s',
    (name) => {
      process.env.TZ = name;
      const zone = createZone('America/New_York');
      const at = utc('2026-01-26T02:30');
      expect([zone.day(at), zone.hour(at)]).toEqual(['2026-01-25', 21]);
      expect(zone.startOfDay(at)).toBe(utc('2026-01-25T05:00'));
    },
  );
});
