/**
 * Remembers that JSONL holds events which SQLite did not take. A later telling of such an event
 * (the batch of a call, say) looks new to SQLite, and is not: the files must be asked.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Paths } from '../files/paths.ts';

/** Tellings of one event come within this time; what is older is healed by the bridge alone. */
const MEMORY_MS = 3_600_000;

function fileIn(paths: Paths): string {
  return join(paths.own, 'unstored');
}

/**
 * Notes that SQLite lacks events of this moment.
 * @throws the system's error when that cannot be written
 */
export function noteUnstored(paths: Paths, now: number): void {
  writeFileSync(fileIn(paths), `${now}\n`, { mode: 0o600 });
}

/** True while SQLite may lack events of which another telling can still come. */
export function hasUnstored(paths: Paths, now: number): boolean {
  let text: string;
  try {
    text = readFileSync(fileIn(paths), 'utf8');
  } catch (error) {
    // Where it cannot be read, to ask the files once too often does no harm.
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
  const at = Number.parseInt(text, 10);
  if (Math.abs(now - at) > MEMORY_MS) forgetUnstored(paths);
  return !(Math.abs(now - at) > MEMORY_MS);
}

/** Forgets it: SQLite has been brought up to date with the files. */
export function forgetUnstored(paths: Paths): void {
  rmSync(fileIn(paths), { force: true });
}
