import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cut } from './limits.ts';

describe('cut', () => {
  it('leaves a text that fits, and marks one that was cut', () => {
    expect(cut('abc', 3)).toBe('abc');
    expect(cut('abcd', 3)).toBe('ab…');
  });

  it('never halves a character and never exceeds the bound', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 30 }),
        fc.integer({ min: 1, max: 30 }),
        (text, max) => {
          const result = cut(text, max);
          expect(result.length).toBeLessThanOrEqual(max);
          expect(/\p{Surrogate}/u.test(result)).toBe(false);
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });
});
