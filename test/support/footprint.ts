import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Each file and folder under some paths with its size and time of change; absent ones are absent. */
export type Footprint = ReadonlyMap<string, string>;

/** Reads the footprint of `paths`, without following links or reading contents. */
export function readFootprint(paths: readonly string[]): Footprint {
  const entries = new Map<string, string>();
  for (const path of paths) addPath(entries, path);
  return entries;
}

function addPath(entries: Map<string, string>, path: string): void {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (!stats) return;
  entries.set(path, `${stats.size} ${stats.mtimeMs} ${stats.mode}`);
  if (!stats.isDirectory()) return;
  for (const name of readdirSync(path)) addPath(entries, join(path, name));
}

/** The paths that came, went or changed between two footprints, sorted. */
export function changedPaths(before: Footprint, after: Footprint): string[] {
  const all = new Set([...before.keys(), ...after.keys()]);
  return [...all].filter((path) => before.get(path) !== after.get(path)).sort();
}
