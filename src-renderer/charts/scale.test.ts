import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valueScale } from './scale.ts';

describe('a value scale', () => {
  it.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [3, [0, 2]],
    [24, [0, 10, 20]],
    [110, [0, 50, 100]],
    [2295, [0, 1000, 2000]],
    [3100, [0, 2000]],
  ])('up to %d has the ticks %j', (max, ticks) => {
    expect(valueScale(max, 2).ticks).toEqual(ticks);
  });

  it('has few whole ticks within its top, whatever the largest value', () => {
    fc.assert(
      fc.property(fc.nat(50_000_000), fc.constantFrom(1, 2), (max, most) => {
        const { top, ticks } = valueScale(max, most);
        expect(top).toBeGreaterThanOrEqual(max);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(most + 1);
        expect(ticks.every((tick) => Number.isInteger(tick) && tick <= top)).toBe(true);
      }),
    );
  });
});
