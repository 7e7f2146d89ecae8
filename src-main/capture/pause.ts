/**
 * Pausing capture: a marker that the launcher tests, and a record of each pause, so that the time is
 * shown as paused and never filled in later.
 */
import { appendFileSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { writeFileSync } from 'atomically';
import { numberOf, objectOf } from '../../src-core/base/json.ts';
import type { Paths } from '../../src-core/files/paths.ts';

/** A pause; without an end it lasts. */
export interface Pause {
  readonly fromAt: number;
  readonly toAt: number | null;
}

/**
 * Begins a pause; false when one lasts already.
 * @throws the system's error when the marker cannot be written
 */
export function pauseCapture(paths: Paths, now: number): boolean {
  if (presentPause(paths) !== null) return false;
  mkdirSync(paths.own, { recursive: true, mode: 0o700 });
  writeFileSync(paths.pauseMarker, `${JSON.stringify({ fromAt: now })}\n`, { mode: 0o600 });
  return true;
}

/**
 * Ends the pause and keeps its time; false when there is none.
 * @throws the system's error when it cannot be ended; the pause lasts then
 */
export function resumeCapture(paths: Paths, now: number): boolean {
  const pause = presentPause(paths);
  if (pause === null) return false;
  // Written first: a crash in between leaves a pause that is ended once more, not one forgotten.
  const { fromAt } = pause;
  const line = JSON.stringify({ fromAt, toAt: Math.max(fromAt, now) });
  appendFileSync(paths.pauses, `${line}\n`, { mode: 0o600 });
  rmSync(paths.pauseMarker, { force: true });
  return true;
}

/** All pauses, oldest first, the present one included; damaged lines are left out. */
export function readPauses(paths: Paths): readonly Pause[] {
  const ended = new Map<number, Pause>();
  for (const line of textIn(paths.pauses).split('\n')) {
    const pause = pauseIn(line);
    // Of one that was ended twice the later end counts.
    if (pause !== null) ended.set(pause.fromAt, pause);
  }
  const present = presentPause(paths);
  if (present !== null) ended.set(present.fromAt, present);
  return [...ended.values()].sort((a, b) => a.fromAt - b.fromAt);
}

/** A marker that somebody made by hand holds nothing; its time tells. */
function presentPause(paths: Paths): Pause | null {
  const stat = statSync(paths.pauseMarker, { throwIfNoEntry: false });
  if (stat === undefined) return null;
  const fromAt = numberIn(textIn(paths.pauseMarker), 'fromAt');
  return { fromAt: fromAt ?? Math.floor(stat.mtimeMs), toAt: null };
}

function pauseIn(line: string): Pause | null {
  const [fromAt, toAt] = [numberIn(line, 'fromAt'), numberIn(line, 'toAt')];
  return fromAt === null || toAt === null ? null : { fromAt, toAt };
}

function numberIn(text: string, name: string): number | null {
  try {
    return numberOf(objectOf(JSON.parse(text))[name]);
  } catch {
    return null;
  }
}

function textIn(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // No file, or one that cannot be read: nothing is known of it.
    return '';
  }
}
