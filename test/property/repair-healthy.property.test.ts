import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planRepair } from '../../src-main/repair/plan.ts';
import { type LabWorld, makeLabWorld } from '../fault/lab/world.ts';

/** All files below a folder with their bytes and modes; the lock and what SQLite keeps beside come and go. */
function everyFile(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || /lock\.db|-wal$|-shm$/.test(entry.name)) continue;
    files.set(path, `${statSync(path).mode} ${readFileSync(path).toString('latin1')}`);
  }
  return files;
}

async function inHealthyHome(
  seed: string,
  work: (world: LabWorld) => Promise<void>,
): Promise<void> {
  const world = await makeLabWorld(seed);
  try {
    await world.refresh();
    await world.refresh();
    await work(world);
  } finally {
    world.remove();
  }
}

describe('a sound record', () => {
  it.each(Array.from({ length: 12 }, (_, i) => `sound ${i}`))(
    'has no finding and no plan, and a repair of it changes no byte (%s)',
    async (seed) => {
      await inHealthyHome(seed, async ({ repairer, folder }) => {
        const before = everyFile(folder);
        const [quick, full] = [await repairer.diagnose(false), await repairer.diagnose(true)];
        expect([quick.findings, full.findings]).toEqual([[], []]);
        expect(planRepair(full).parts.filter(({ isChosen }) => isChosen)).toEqual([]);
        expect((await repairer.apply()).kind).toBe('nothing-to-do');
        expect(everyFile(folder)).toEqual(before);
      });
    },
  );

  it('has its lines brought up to date on request alone, and loses nothing by it', async () => {
    await inHealthyHome('sound 3', async (world) => {
      const { outdatedLines } = await world.repairer.diagnose(true);
      expect(outdatedLines).toBeGreaterThan(0);
      const result = await world.repairer.apply({ only: ['amended'] });
      expect(result).toMatchObject({ kind: 'repaired', report: { isProven: true, left: [] } });
      expect((await world.repairer.diagnose(true)).outdatedLines).toBe(0);
      expect(world.query('SELECT count(*) AS n FROM hookline_event')).toEqual([
        { n: world.truth.size + world.spooled.length },
      ]);
    });
  });
});
