import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRandom } from '../../scripts/make-history/seeded-random.ts';
import { runCrowd, runKills } from '../../scripts/soak/rounds.ts';
import { type HookHome, makeHookHome } from '../support/hook-home.ts';

let home: HookHome;
beforeEach(async () => {
  home = await makeHookHome();
});
afterEach(async () => {
  await home.quiet();
  home.remove();
});

describe('a sample of the soak', () => {
  it('has each of 80 events of launchers started at once, once in both stores', async () => {
    const { paths } = home;
    expect(await runCrowd({ paths, random: createRandom('sample crowd') }, 80)).toEqual([]);
  });

  it('has each event once in both stores after one refresh, whichever launcher or drainer was killed', async () => {
    const { paths } = home;
    const random = createRandom('sample kills');
    const result = await runKills({ paths, random, rounds: 12, until: Number.POSITIVE_INFINITY });
    expect(result).toMatchObject({ rounds: 12, faults: [] });
    expect(result.launched).toBeGreaterThan(20);
  });
});
