import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDuration,
  type Histogram,
  medianMs,
  readHistogram,
  writeHistogram,
} from './durations.ts';

/** The middle by sorting, of an even number the mean of the middle two. */
const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (low + high) / 2;
};
const histogramOf = (values: readonly number[]): Histogram => {
  const histogram: Histogram = new Map();
  for (const value of values) addDuration(histogram, value);
  return histogram;
};

describe('the middle of durations', () => {
  it.each([
    [[], null],
    [[5], 5],
    [[1, 2], 1.5],
    [[100, 300.5, 400], 300.5],
    [[0, 0, 7], 0],
  ])('of %j is %d', (values, expected) => {
    expect(medianMs(histogramOf(values))).toBe(expected);
  });

  it('is off by less than 2 % of what sorting them all gives', () => {
    const duration = fc.double({ min: 1, max: 1e7, noNaN: true });
    fc.assert(
      fc.property(fc.array(duration, { minLength: 1, maxLength: 60 }), (values) => {
        const exact = median(values);
        const found = medianMs(histogramOf(values)) ?? 0;
        // Sums are whole microseconds.
        expect(Math.abs(found - exact)).toBeLessThanOrEqual(exact * 0.02 + 0.001);
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it('stands for a clock that was set by its bounds', () => {
    expect(medianMs(histogramOf([-5]))).toBe(0);
    expect(medianMs(histogramOf([1e300]))).toBe(30 * 24 * 3_600_000);
  });

  it('is the same after writing and reading', () => {
    const histogram = histogramOf([1, 30, 31, 4000.5]);
    expect(readHistogram(writeHistogram(histogram))).toEqual(histogram);
  });
});
