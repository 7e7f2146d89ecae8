import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createZone, type Zone } from '../../src-main/stats/zone.ts';

/** Zones of every kind of change: an hour, half of one, at midnight, for a month, none. */
const ZONES = [
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'America/Sao_Paulo',
  'Africa/Casablanca',
  'America/Havana',
  'Asia/Beirut',
  'Asia/Amman',
  'Africa/Cairo',
  'Atlantic/Azores',
  'America/Scoresbysund',
  'Antarctica/Troll',
  'UTC',
].map(createZone);

const HOUR = 3_600_000;
const FROM = Date.UTC(2015, 0, 1);
const TO = Date.UTC(2028, 0, 1);
const anyZone = fc.constantFrom<Zone>(...ZONES);

/** Moments near a change of clocks, where they are: half of the tries go there. */
const nearChange = (zone: Zone): fc.Arbitrary<number> => {
  const changes: number[] = [];
  for (let at = FROM; at < TO; at += 48 * HOUR)
    if (zone.offset(at) !== zone.offset(at + 48 * HOUR)) changes.push(at);
  const anywhere = fc.integer({ min: FROM, max: TO });
  if (changes.length === 0) return anywhere;
  const near = fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -30 * HOUR, max: 78 * HOUR }))
    .map(([change, by]) => change + by);
  return fc.oneof(anywhere, near);
};
const NEAR = new Map(ZONES.map((zone) => [zone, nearChange(zone)]));
const zoneAndMoment = anyZone.chain((zone) =>
  fc.tuple(fc.constant(zone), NEAR.get(zone) ?? fc.constant(FROM)),
);
const options = { seed: 20260126, numRuns: 1500 };

describe('days of a zone', () => {
  it('hold every moment between their start and the next one, under one date', () => {
    fc.assert(
      fc.property(
        zoneAndMoment,
        fc.double({ min: 0, max: 1, noNaN: true }),
        ([zone, at], share) => {
          const start = zone.startOfDay(at);
          const next = zone.addDays(start, 1);
          expect(start).toBeLessThanOrEqual(at);
          expect(next).toBeGreaterThan(at);
          const day = zone.day(at);
          const inside = start + Math.floor(share * (next - 1 - start));
          expect([zone.day(start), zone.day(inside), zone.day(next - 1)]).toEqual([day, day, day]);
          expect(zone.day(start - 1) < day).toBe(true);
          expect(zone.day(next) > day).toBe(true);
          expect([zone.startOfDay(start), zone.startOfDay(inside)]).toEqual([start, start]);
        },
      ),
      options,
    );
  });

  it('are counted alike forward and back', () => {
    fc.assert(
      fc.property(zoneAndMoment, fc.integer({ min: 0, max: 400 }), ([zone, at], days) => {
        const start = zone.startOfDay(at);
        expect(zone.addDays(zone.addDays(start, days), -days)).toBe(start);
        const apart =
          (Date.parse(zone.day(zone.addDays(start, days))) - Date.parse(zone.day(at))) /
          (24 * HOUR);
        expect(apart).toBe(days);
      }),
      options,
    );
  });

  it('are found again from what the clocks show', () => {
    fc.assert(
      fc.property(zoneAndMoment, ([zone, at]) => {
        const shown = at + zone.offset(at);
        const read = zone.fromLocal(shown);
        expect(read + zone.offset(read)).toBe(shown);
        expect(read).toBeLessThanOrEqual(at);
      }),
      options,
    );
  });
});
