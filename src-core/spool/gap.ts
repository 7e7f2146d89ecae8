/**
 * What the launcher did not keep: where the spool had grown too large, or nobody was left to read
 * it, it only counted. Whoever drains the spool next closes the gap and keeps its time and size.
 */
import { appendFileSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { numberOf, objectOf } from '../base/json.ts';
import type { Paths } from '../files/paths.ts';

/** A stretch of time in which events were not kept. */
export interface Gap {
  readonly fromAt: number;
  readonly toAt: number;
  readonly count: number;
  /** True while it may still grow. */
  readonly isOpen: boolean;
}

/**
 * Lets the launcher keep events again, and writes down what it did not keep until now.
 * @throws the system's error when that cannot be written
 */
export function closeGap(paths: Paths): void {
  rmSync(paths.spoolFull, { force: true });
  const closing = `${paths.gapCount}.closing`;
  // One that a crash left behind is written down first; a second time would do no harm.
  for (const isOld of [true, false]) {
    if (!isOld && !moveAside(paths.gapCount, closing)) return;
    const gap = describe(closing, paths.gapBegin);
    if (gap === null) continue;
    const { fromAt, toAt, count } = gap;
    appendFileSync(paths.gaps, `${JSON.stringify({ fromAt, toAt, count })}\n`, { mode: 0o600 });
    rmSync(paths.gapBegin, { force: true });
    rmSync(closing, { force: true });
  }
}

/** All gaps known, oldest first; damaged lines are left out. */
export function readGaps(paths: Paths): readonly Gap[] {
  const closed = textIn(paths.gaps)
    .split('\n')
    .flatMap((line) => gapIn(line) ?? []);
  const open = describe(paths.gapCount, paths.gapBegin);
  return open === null ? closed : [...closed, open];
}

function describe(countFile: string, beginFile: string): Gap | null {
  const count = statSync(countFile, { throwIfNoEntry: false });
  if (count === undefined || count.size === 0) return null;
  const toAt = Math.floor(count.mtimeMs);
  const begin = statSync(beginFile, { throwIfNoEntry: false });
  const fromAt = Math.min(toAt, Math.floor(begin?.mtimeMs ?? toAt));
  return { fromAt, toAt, count: count.size, isOpen: true };
}

function gapIn(line: string): Gap | null {
  try {
    const value = objectOf(JSON.parse(line));
    const [fromAt, toAt, count] = [value.fromAt, value.toAt, value.count].map(numberOf);
    if (fromAt == null || toAt == null || count == null) return null;
    return { fromAt, toAt, count, isOpen: false };
  } catch {
    return null;
  }
}

/** False where there is nothing to move. */
function moveAside(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

function textIn(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // No file, or one that cannot be read: no gap is known.
    return '';
  }
}
