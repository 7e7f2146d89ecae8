import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRandom } from '../../scripts/make-history/seeded-random.ts';
import { runBridges } from '../../scripts/soak/bridges.ts';
import { type HookHome, makeHookHome } from '../support/hook-home.ts';

let home: HookHome;
beforeEach(async () => {
  home = await makeHookHome();
});
afterEach(async () => {
  await home.quiet();
  home.remove();
});

it('two bridges and fifty hooks at once leave each event in both stores once', async () => {
  const result = await runBridges({
    paths: home.paths,
    random: createRandom('two bridges'),
    bridges: 2,
    hooks: 50,
    isOver: (launched) => launched >= 150,
  });
  expect(result).toEqual({ launched: 150, faults: [] });
});
