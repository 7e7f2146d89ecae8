import { describe, expect, it } from 'vitest';
import { oldSeconds } from './old-time.ts';

describe('times of the old programs', () => {
  it.each([
    ['seconds', 1_769_590_340, 1_769_590_340],
    ['seconds with a fraction', 1_769_590_340.9, 1_769_590_340],
    ['milliseconds', 1_769_590_340_999, 1_769_590_340],
    ['digits in a TEXT column', '1769590340', 1_769_590_340],
    ['milliseconds in a TEXT column', '1769590340999', 1_769_590_340],
    ['ISO text', '2026-01-28T08:52:20Z', 1_769_590_340],
    ['ISO text with microseconds and an offset', '2026-01-28T09:52:20.123456+01:00', 1_769_590_340],
    ["SQLite's own text, which is UTC", '2026-01-28 08:52:20', 1_769_590_340],
  ])('reads %s', (_, value, expected) => {
    expect(oldSeconds(value)).toBe(expected);
  });

  it('reads text without a zone as local time of this machine', () => {
    expect(oldSeconds('2026-01-28T08:52:20')).toBe(
      new Date(2026, 0, 28, 8, 52, 20).getTime() / 1000,
    );
  });

  it.each([0, -5, Number.NaN, 1e300, '', 'x', null, true, {}])('finds no moment in %s', (value) => {
    expect(oldSeconds(value)).toBeNull();
  });
});
