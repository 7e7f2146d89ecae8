import { describe, expect, it } from 'vitest';
import { dayStart, lastDay, nextDay } from './local-day.ts';

const BERLIN = 'Europe/Berlin';

describe('a day that the user names', () => {
  it('begins at midnight of the zone, also on the days when clocks change', () => {
    expect(dayStart('2026-11-24', BERLIN)).toBe(Date.parse('2026-11-23T23:00Z'));
    expect(dayStart('2026-03-29', BERLIN)).toBe(Date.parse('2026-03-28T23:00Z'));
    expect(nextDay('2026-03-29', BERLIN)).toBe(Date.parse('2026-03-29T22:00Z'));
    expect(nextDay('2026-10-25', BERLIN)).toBe(Date.parse('2026-10-25T23:00Z'));
    expect(nextDay('2026-12-31', 'Asia/Kolkata')).toBe(Date.parse('2026-12-31T18:30Z'));
  });

  it.each(['', '2026-13-01', 'today', '2026-1-1'])('%j is none', (day) => {
    expect([dayStart(day, BERLIN), nextDay(day, BERLIN)]).toEqual([null, null]);
  });

  it('is found again by a moment in it', () => {
    expect(lastDay(Date.parse('2026-11-23T23:30Z'), BERLIN)).toBe('2026-11-24');
    expect(lastDay(null, BERLIN)).toBe('');
  });
});
