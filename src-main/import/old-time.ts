/**
 * Times as the old programs wrote them: seconds, milliseconds, ISO text, or digits as text.
 *
 * Text without a zone is local time of the machine that wrote it, but for SQLite's own form with a
 * blank, which is UTC. The activity sync writes local time with a "Z" into `datetime`; that member
 * is never read, `timestamp` beside it is right.
 */

/** Smallest number that can only be milliseconds: as seconds it is the year 5138. */
const MILLISECONDS_FROM = 1e11;
const LAST_SECOND = 8.64e12;
const SQLITE_TEXT = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d+)?$/;

/** Whole seconds since 1970; null where the value tells no moment after 1970 began. */
export function oldSeconds(value: unknown): number | null {
  if (typeof value === 'number') return bounded(value);
  if (typeof value !== 'string' || value === '') return null;
  if (/^\d+(?:\.\d+)?$/.test(value)) return bounded(Number(value));
  const at = Date.parse(SQLITE_TEXT.test(value) ? `${value.replace(' ', 'T')}Z` : value);
  return Number.isNaN(at) ? null : bounded(at / 1000);
}

function bounded(value: number): number | null {
  if (!Number.isFinite(value)) return null;
  const seconds = Math.floor(value >= MILLISECONDS_FROM ? value / 1000 : value);
  // Backfills write 0 where a transcript's line had no time.
  return seconds > 0 && seconds <= LAST_SECOND ? seconds : null;
}
