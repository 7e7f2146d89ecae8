import { describe, expect, it } from 'vitest';
import { createRandom } from './seeded-random.ts';

describe('seeded chance', () => {
  it('is the same for the same seed and another for another', () => {
    const draw = (seed: string): number[] => {
      const random = createRandom(seed);
      return Array.from({ length: 5 }, () => random.next());
    };
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
  });

  it('spreads evenly from 0 to below 1', () => {
    const random = createRandom('even');
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 20_000; i++) {
      const tenth = Math.floor(random.next() * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    expect(tenths).toHaveLength(10);
    expect(Math.min(...tenths)).toBeGreaterThan(1800);
    expect(Math.max(...tenths)).toBeLessThan(2200);
  });

  it('picks each item as often as its weight says', () => {
    const random = createRandom('weights');
    const counts = { a: 0, b: 0 };
    for (let i = 0; i < 10_000; i++) {
      counts[random.weighted(['a', 'b'] as const, (item) => (item === 'a' ? 3 : 1))]++;
    }
    expect(counts.a / counts.b).toBeGreaterThan(2.7);
    expect(counts.a / counts.b).toBeLessThan(3.3);
  });

  it('spreads values around their median', () => {
    const random = createRandom('spread');
    const values = Array.from({ length: 5001 }, () => random.spread(100, 2)).sort((a, b) => a - b);
    expect(values[2500]).toBeGreaterThan(90);
    expect(values[2500]).toBeLessThan(110);
    expect(values[1250]).toBeGreaterThan(42);
    expect(values[1250]).toBeLessThan(58);
  });

  it('makes UUIDs of version 4', () => {
    const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    expect(createRandom('id').uuid()).toMatch(pattern);
  });
});
