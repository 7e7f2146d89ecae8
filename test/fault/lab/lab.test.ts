/** A sample of the corruption lab; `npm run soak` runs two thousand seeds of it. */
import { describe, expect, it } from 'vitest';
import { DAMAGES } from './damages.ts';
import { drill } from './drill.ts';

const SAMPLE = 40;

describe('a repair of a damaged record', () => {
  it('knows at least thirty kinds of damage', () => {
    expect(new Set(DAMAGES.map(({ name }) => name)).size).toBe(DAMAGES.length);
    expect(DAMAGES.length).toBeGreaterThanOrEqual(30);
  });

  it.each(Array.from({ length: SAMPLE }, (_, i) => String(i + 1)))(
    'brings back what any witness held, tells of the rest, is done once, and can be undone (seed %s)',
    async (seed) => {
      const { damages, faults } = await drill(seed);
      expect({ damages, faults }).toEqual({ damages, faults: [] });
    },
  );
});
