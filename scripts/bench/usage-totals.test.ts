import { describe, expect, it } from 'vitest';
import { differences } from './usage-totals.ts';

const DAY = { day: '2026-11-01', input: 1, output: 2, cacheRead: 3, cacheWrite: 4 };

describe('two counts of tokens', () => {
  it('agree whatever the order of their days, and differ by day and kind', () => {
    const other = { ...DAY, day: '2026-11-02' };
    expect(differences([DAY, other], [other, DAY])).toEqual([]);
    expect(differences([DAY], [{ ...DAY, output: 5 }])).toEqual([
      '2026-11-01: ours 1 in, 2 out, 3 read, 4 written; theirs 1 in, 5 out, 3 read, 4 written',
    ]);
    expect(differences([], [DAY])).toEqual([
      '2026-11-01: ours nothing; theirs 1 in, 2 out, 3 read, 4 written',
    ]);
  });
});
