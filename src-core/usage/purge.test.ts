import { describe, expect, it } from 'vitest';
import { keptDays, purgeAt } from './purge.ts';

const DAY_MS = 86_400_000;

describe('the deletion of transcripts', () => {
  it('follows the settings, and thirty days where they say nothing that counts', () => {
    expect([keptDays(7), keptDays(99_999)]).toEqual([7, 99_999]);
    expect([undefined, null, '7', 0, -1, Number.NaN].map(keptDays)).toEqual(Array(6).fill(30));
  });

  it('comes so many days after the file was last written', () => {
    expect(purgeAt(1000, 2)).toBe(1000 + 2 * DAY_MS);
  });
});
