/**
 * Counts the old record in memory for as long as its import is not consented to. Counting reads
 * everything; what came of it is kept, in memory and on the disk, until something changes.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeFileSync } from 'atomically';
import type { Clock } from '../../src-core/base/clock.ts';
import { isObject } from '../../src-core/base/json.ts';
import type { Redactor } from '../../src-core/event/redact.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import type { OpenSqlite, ReadableDb } from '../../src-core/store/driver.ts';
import { isMarkCurrent, markChoices, markOldRecord, type OldMark, renewMark } from './old-mark.ts';
import { LONGEST_CALL_S } from './own-events.ts';
import { surveyOldRecord } from './survey.ts';
import { type OldTotals, totalOldEvents } from './totals.ts';

/** Counts. */
export interface OldCounter {
  /** What the old record adds to ours; `db` is our store, or null where there is none. */
  count(db: ReadableDb | null): OldTotals;
}

/** What counting needs. */
export interface CounterOptions {
  readonly paths: Paths;
  readonly open: OpenSqlite;
  readonly clock: Clock;
  readonly redactor: () => Redactor;
  /** How long a statement waits for the old hook, milliseconds. */
  readonly busyMs: number;
}

/** Raised when counting changes, so that a count of an older program is not believed. */
const VERSION = 2;

interface Kept {
  readonly version: number;
  readonly mark: OldMark;
  /** Counted anew from then on: a fresh event was left out, or a file could not be read. */
  readonly validUntil: number | null;
  readonly totals: OldTotals;
}

/**
 * How often the old files are looked at. While the old hook runs beside ours they change with each
 * call, and what it adds are shadows of our own events: counting each minute would only warm the
 * machine.
 */
const LOOK_MS = 600_000;

/** Builds the counter. Before the hook is installed it keeps nothing on the disk. */
export function createOldCounter(options: CounterOptions): OldCounter {
  const { paths, open, clock } = options;
  let kept: Kept | null = null;
  let lookedAt = Number.NEGATIVE_INFINITY;
  const keep = (next: Kept): OldTotals => {
    if (next !== kept && existsSync(paths.launcher)) writeKept(paths, next);
    kept = next;
    return next.totals;
  };
  return {
    count: (db) => {
      const now = clock.now();
      if (kept !== null && !isDue(kept, now) && Math.abs(now - lookedAt) < LOOK_MS) {
        if (kept.mark.choices === markChoices(paths, db)) return kept.totals;
      }
      kept ??= readKept(paths);
      lookedAt = now;
      const at = { paths, open, db };
      if (kept !== null && !isDue(kept, now) && isMarkCurrent(kept.mark, at)) {
        const mark = renewMark(kept.mark, at);
        return keep(mark === kept.mark ? kept : { ...kept, mark });
      }
      return keep(countAnew(db, options));
    },
  };
}

function isDue({ validUntil }: Kept, now: number): boolean {
  return validUntil !== null && now >= validUntil;
}

function countAnew(db: ReadableDb | null, options: CounterOptions): Kept {
  const { paths, open, clock, busyMs } = options;
  const now = clock.now();
  // Marked first: what comes while counting is counted next time.
  const mark = markOldRecord({ paths, open, db }, 0);
  const survey = surveyOldRecord(db, { paths, open, now, busyMs, redactor: options.redactor() });
  const totals = totalOldEvents(survey);
  const untilAt = totals.lastAt === null ? 0 : totals.lastAt + LONGEST_CALL_S * 1000;
  return {
    version: VERSION,
    mark: { ...mark, own: mark.own && { ...mark.own, untilAt } },
    validUntil: totals.recent > 0 || totals.problems.length > 0 ? now + LOOK_MS : null,
    totals,
  };
}

function writeKept(paths: Paths, kept: Kept): void {
  mkdirSync(dirname(paths.oldCount), { recursive: true, mode: 0o700 });
  writeFileSync(paths.oldCount, `${JSON.stringify(kept)}\n`, { mode: 0o600, fsync: false });
}

/** A count that cannot be read is made anew. */
function readKept(paths: Paths): Kept | null {
  try {
    const value: unknown = JSON.parse(readFileSync(paths.oldCount, 'utf8'));
    if (!isObject(value) || value.version !== VERSION) return null;
    return isObject(value.mark) && isObject(value.totals) ? (value as unknown as Kept) : null;
  } catch {
    return null;
  }
}
