import { expect, it } from 'vitest';
import { homePerTest } from '../../test/support/home.ts';
import { drillBackfill } from './backfill-drill.ts';

const home = homePerTest();

it.each(['1', '2'])(
  'a backfill that is broken off, gone on with and taken back is exact (seed %s)',
  async (seed) => {
    const { paths, open } = home();
    const { cancelledAt, faults } = await drillBackfill({
      paths,
      open,
      files: 33,
      calls: 2399,
      seed,
    });
    expect(faults).toEqual([]);
    expect(cancelledAt).toBeGreaterThan(0);
  },
);
