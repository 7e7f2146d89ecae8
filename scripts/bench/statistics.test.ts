import { describe, expect, it } from 'vitest';
import { median, p95, quantile } from './statistics.ts';

describe('order statistics', () => {
  it('takes the middle of an odd number of samples, in any order', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it('takes the mean of the two middle ones of an even number', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it('interpolates between neighbours', () => {
    const oneToHundred = Array.from({ length: 101 }, (_, i) => i);
    expect(p95(oneToHundred)).toBe(95);
    expect(quantile([10, 20], 0.25)).toBe(12.5);
  });

  it('reaches from the least to the greatest', () => {
    expect(quantile([3, 1, 2], 0)).toBe(1);
    expect(quantile([3, 1, 2], 1)).toBe(3);
    expect(p95([7])).toBe(7);
  });

  it('leaves the samples in their order', () => {
    const samples = [3, 1, 2];
    median(samples);
    expect(samples).toEqual([3, 1, 2]);
  });

  it('says that it has nothing to go by', () => {
    expect(() => median([])).toThrow('no samples');
  });
});
