/** Figures over a span of time, straight from the events. */
import type { Outcome, Source } from '../../src-core/contract/views.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';

/** A span: from (included) to (left out), epoch milliseconds. */
export interface Span {
  readonly fromAt: number;
  readonly toAt: number;
}

/** Two events closer than this belong to one stretch of work. */
export const ACTIVE_GAP_MS = 5 * 60_000;

/** Outcomes that say whether a call did what was wanted; the others have no part in a rate. */
export const GOOD = "('succeeded', 'expected')";
export const BAD = "('failed', 'timed_out')";

/** Calls, their outcomes and rate. */
export interface CallTotals {
  readonly calls: number;
  readonly errors: number;
  readonly sample: number;
  /** Share of the sample that succeeded; null for an empty sample. */
  readonly rate: number | null;
}

/** Totals of the calls of a span. */
export function callTotals(db: ReadableDb, { fromAt, toAt }: Span): CallTotals {
  const row = db
    .prepare(
      `SELECT count(*) AS calls, coalesce(sum(outcome IN ${GOOD}), 0) AS good, coalesce(sum(outcome IN ${BAD}), 0) AS bad
       FROM hookline_event WHERE kind = 'tool' AND at_ms >= ? AND at_ms < ?`,
    )
    .get(fromAt, toAt) as Row;
  const good = Number(row.good);
  const bad = Number(row.bad);
  return {
    calls: Number(row.calls),
    errors: bad,
    sample: good + bad,
    rate: rateOf(good, good + bad),
  };
}

/** A rate, or null for an empty sample. */
export function rateOf(good: number, sample: number): number | null {
  return sample === 0 ? null : good / sample;
}

/** How many sessions did something in a span. */
export function sessionCount(db: ReadableDb, { fromAt, toAt }: Span): number {
  const row = db
    .prepare(
      'SELECT count(DISTINCT session_id) AS n FROM hookline_event WHERE at_ms >= ? AND at_ms < ?',
    )
    .get(fromAt, toAt) as Row;
  return Number(row.n);
}

/** Stretches of a span in which events followed each other closely. */
export function activeSpans(db: ReadableDb, { fromAt, toAt }: Span): [number, number][] {
  const rows = db
    .prepare(
      `WITH marked AS (
         SELECT at_ms, at_ms - lag(at_ms, 1, -1e15) OVER (ORDER BY at_ms) > ${ACTIVE_GAP_MS} AS starts
         FROM hookline_event WHERE at_ms >= ? AND at_ms < ?
       ), numbered AS (SELECT at_ms, sum(starts) OVER (ORDER BY at_ms ROWS UNBOUNDED PRECEDING) AS span FROM marked)
       SELECT min(at_ms) AS begins, max(at_ms) AS ends FROM numbered GROUP BY span ORDER BY begins`,
    )
    .all(fromAt, toAt) as Row[];
  return rows.map((row) => [Number(row.begins), Number(row.ends)]);
}

/** Time of a span in which somebody or something was at work. */
export function activeMs(db: ReadableDb, span: Span): number {
  return activeSpans(db, span).reduce((sum, [begins, ends]) => sum + ends - begins, 0);
}

/** Calls by outcome, most first. */
export function outcomeCounts(
  db: ReadableDb,
  { fromAt, toAt }: Span,
): { outcome: Outcome; count: number }[] {
  const rows = db
    .prepare(
      `SELECT coalesce(outcome, 'unknown') AS outcome, count(*) AS n FROM hookline_event
       WHERE kind = 'tool' AND at_ms >= ? AND at_ms < ? GROUP BY 1 ORDER BY n DESC`,
    )
    .all(fromAt, toAt) as Row[];
  return rows.map((row) => ({ outcome: row.outcome as Outcome, count: Number(row.n) }));
}

/** Events by the witness they came from. */
export function sourceCounts(db: ReadableDb, { fromAt, toAt }: Span): Record<Source, number> {
  const counts: Record<Source, number> = { hook: 0, spool: 0, journal: 0, transcript: 0, old: 0 };
  const rows = db
    .prepare(
      `SELECT CASE via WHEN 'journal' THEN 'journal' ELSE source END AS source, count(*) AS n
       FROM hookline_event WHERE at_ms >= ? AND at_ms < ? GROUP BY 1`,
    )
    .all(fromAt, toAt) as Row[];
  for (const row of rows) counts[row.source as Source] = Number(row.n);
  return counts;
}

/** Calls and errors in steps of equal length from the span's beginning, by step. */
export function stepCounts(
  db: ReadableDb,
  { fromAt, toAt }: Span,
  stepMs: number,
): ReadonlyMap<number, { calls: number; good: number; bad: number; filledIn: number }> {
  const rows = db
    .prepare(
      `SELECT CAST((at_ms - ?) / ${stepMs} AS INTEGER) AS step, count(*) AS calls,
              sum(outcome IN ${GOOD}) AS good, sum(outcome IN ${BAD}) AS bad, sum(source = 'transcript') AS filled_in
       FROM hookline_event WHERE kind = 'tool' AND at_ms >= ? AND at_ms < ? GROUP BY 1`,
    )
    .all(fromAt, fromAt, toAt) as Row[];
  return new Map(
    rows.map((row) => [
      Number(row.step),
      {
        calls: Number(row.calls),
        good: Number(row.good),
        bad: Number(row.bad),
        filledIn: Number(row.filled_in),
      },
    ]),
  );
}
