/** The pairing of moments with spans finds as many pairs as there can be. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Moment, pairNearby, type Span } from '../../src-main/import/nearby.ts';

const moments = fc
  .array(fc.integer({ min: 0, max: 20 }), { maxLength: 6 })
  .map((times) => times.sort((a, b) => a - b).map((atS, name): Moment => ({ name, atS })));
const spans = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 8 })), {
    maxLength: 6,
  })
  .map((list) => list.map(([fromS, length], name): Span => ({ name, fromS, toS: fromS + length })));

/** The largest number of pairs, by trying all. */
function mostPairs(free: readonly Span[], left: readonly Moment[]): number {
  const [span, ...others] = free;
  if (span === undefined) return 0;
  const choices = left.filter(({ atS }) => atS >= span.fromS && atS <= span.toS);
  return Math.max(
    mostPairs(others, left),
    ...choices.map(
      (one) =>
        1 +
        mostPairs(
          others,
          left.filter((moment) => moment !== one),
        ),
    ),
  );
}

describe('pairing what is nearby', () => {
  it('finds the largest number of pairs, each moment and span once and in reach', () => {
    fc.assert(
      fc.property(spans, moments, (all, times) => {
        const { pairs } = pairNearby(all, times, () => true);
        expect(pairs.size).toBe(mostPairs(all, times));
        expect(new Set(pairs.values()).size).toBe(pairs.size);
        for (const [span, moment] of pairs) {
          expect(times[moment]?.atS).toBeGreaterThanOrEqual(all[span]?.fromS ?? Number.NaN);
          expect(times[moment]?.atS).toBeLessThanOrEqual(all[span]?.toS ?? Number.NaN);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('pairs nothing that does not fit', () => {
    const fits = (span: number, moment: number): boolean => span === moment;
    fc.assert(
      fc.property(spans, moments, (all, times) => {
        for (const [span, moment] of pairNearby(all, times, fits).pairs) expect(moment).toBe(span);
      }),
    );
  });

  it('says how many pairs could have been others', () => {
    const span = { name: 0, fromS: 0, toS: 10 };
    const at = (name: number, atS: number): Moment => ({ name, atS });
    expect(pairNearby([span], [at(0, 3)], () => true).ambiguous).toBe(0);
    expect(pairNearby([span], [at(0, 3), at(1, 7)], () => true).ambiguous).toBe(1);
  });
});
