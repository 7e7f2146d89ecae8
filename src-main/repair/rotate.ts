/** Keeps the snapshots of the last repairs, and no more of them. */
import { rmSync } from 'node:fs';
import type { Paths } from '../../src-core/files/paths.ts';
import { readRepairs, snapshotFolder } from './manifest.ts';

/** Repairs that can be taken back. */
export const KEPT_REPAIRS = 5;

/** Removes the oldest snapshots. Databases that were put aside stay: they are nobody's copy. */
export function removeOldSnapshots(paths: Paths): void {
  for (const { id } of readRepairs(paths).slice(0, -KEPT_REPAIRS))
    rmSync(snapshotFolder(paths, id), { recursive: true, force: true });
}
