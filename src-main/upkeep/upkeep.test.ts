import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../src-core/base/logger.ts';
import { createPaths } from '../../src-core/files/paths.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { createUpkeep } from './upkeep.ts';

const folder = tempFolderPerTest();
const HOUR = 3_600_000;

function setUp(recheck: () => Promise<{ problems: readonly string[] }>) {
  let now = 1_800_000_000_000;
  const warnings: string[] = [];
  const upkeep = createUpkeep({
    paths: createPaths({ home: folder() }),
    clock: { now: () => now },
    log: { ...silentLogger, warn: (from, message) => warnings.push(`${from}: ${message}`) },
    recheck,
  });
  return {
    upkeep,
    warnings,
    advance: (ms: number) => {
      now += ms;
    },
  };
}

describe('upkeep', () => {
  it('is due at once, and then daily', async () => {
    let looked = 0;
    const { upkeep, advance, warnings } = setUp(async () => {
      looked += 1;
      return { problems: ['the disk is full'] };
    });
    expect([await upkeep(), await upkeep()]).toEqual([true, false]);
    advance(23 * HOUR);
    expect(await upkeep()).toBe(false);
    advance(HOUR);
    expect([await upkeep(), looked]).toEqual([true, 2]);
    expect(warnings).toEqual(['upkeep: the disk is full', 'upkeep: the disk is full']);
  });

  it('reports a failure and leaves it at that', async () => {
    const { upkeep, warnings } = setUp(() => Promise.reject(new Error('no disk')));
    expect(await upkeep()).toBe(true);
    expect(warnings).toEqual(['upkeep: the hook could not be looked at']);
    expect(await upkeep()).toBe(false);
  });
});
