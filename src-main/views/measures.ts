/**
 * Figures over a span of time: from the rollups as far as they are of this moment, and from the
 * events where they are not, so that a figure is exact and does not take longer with each year.
 */
import type { Outcome, Source } from '../../src-core/contract/views.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import { changedSessions, coverOf, type Part } from '../stats/rollup/cover.ts';
import { QUARTER_MS } from '../stats/zone.ts';

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
export function callTotals(db: ReadableDb, span: Span): CallTotals {
  const sums = { calls: 0, good: 0, bad: 0 };
  for (const row of readParts(db, span, {
    rolledUp:
      'SELECT sum(calls) AS calls, sum(good) AS good, sum(bad) AS bad FROM hookline_rollup_quarter WHERE quarter >= ? AND quarter < ?',
    events: `SELECT count(*) AS calls, sum(outcome IN ${GOOD}) AS good, sum(outcome IN ${BAD}) AS bad
       FROM hookline_event WHERE kind = 'tool' AND at_ms >= ? AND at_ms < ?`,
  })) {
    sums.calls += Number(row.calls ?? 0);
    sums.good += Number(row.good ?? 0);
    sums.bad += Number(row.bad ?? 0);
  }
  const sample = sums.good + sums.bad;
  return { calls: sums.calls, errors: sums.bad, sample, rate: rateOf(sums.good, sample) };
}

/** A query for quarters (from, to) and one that gives the same columns of events (from, to). */
interface PartQueries {
  readonly rolledUp: string;
  readonly events: string;
}

/** The rows of all parts of a span. */
function readParts(db: ReadableDb, span: Span, queries: PartQueries): readonly Row[] {
  return coverOf(db, span).flatMap((part) => readPart(db, part, queries));
}

function readPart(db: ReadableDb, part: Part, { rolledUp, events }: PartQueries): readonly Row[] {
  const { fromAt, toAt, isRolledUp } = part;
  return isRolledUp
    ? (db.prepare(rolledUp).all(fromAt / QUARTER_MS, toAt / QUARTER_MS) as Row[])
    : (db.prepare(events).all(fromAt, toAt) as Row[]);
}

/** A rate, or null for an empty sample. */
export function rateOf(good: number, sample: number): number | null {
  return sample === 0 ? null : good / sample;
}

/** How many sessions did something in a span. */
export function sessionCount(db: ReadableDb, { fromAt, toAt }: Span): number {
  const changed = changedSessions(db);
  if (changed === null) {
    const all =
      'SELECT count(DISTINCT session_id) AS n FROM hookline_event WHERE at_ms >= ? AND at_ms < ?';
    return Number((db.prepare(all).get(fromAt, toAt) as Row).n);
  }
  const values = [fromAt, toAt, fromAt, fromAt, fromAt, toAt];
  const kept = Number((db.prepare(countSessions('')).get(...values) as Row).n);
  // What is kept of a session that changed since is exchanged for what its events say.
  const keptOne = db.prepare(countSessions('AND session_id = ?'));
  const now = db.prepare(
    'SELECT count(*) AS n FROM (SELECT 1 FROM hookline_event WHERE session_id = ? AND at_ms >= ? AND at_ms < ? LIMIT 1)',
  );
  return changed.reduce((count, id) => {
    const one = [fromAt, toAt, id, fromAt, fromAt, fromAt, toAt, id];
    const difference =
      Number((now.get(id, fromAt, toAt) as Row).n) - Number((keptOne.get(...one) as Row).n);
    return count + difference;
  }, kept);
}

/** Counts sessions that began in the span, and those that had begun before and did something in it. */
function countSessions(condition: string): string {
  return `SELECT (SELECT count(*) FROM hookline_rollup_session
      WHERE first_at_ms >= ? AND first_at_ms < ? ${condition})
    + (SELECT count(*) FROM hookline_rollup_session AS known WHERE last_at_ms >= ? AND first_at_ms < ?
      AND EXISTS (SELECT 1 FROM hookline_event AS event WHERE event.session_id = known.session_id
        AND event.at_ms >= ? AND event.at_ms < ?) ${condition}) AS n`;
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
  let total = 0;
  let before: number | null = null;
  for (const part of coverOf(db, span)) {
    const stretch = part.isRolledUp ? rolledUpWork(db, part) : workOf(activeSpans(db, part));
    if (stretch === null) continue;
    const { fromAt, toAt, ms } = stretch;
    const gap: number = before === null ? Number.POSITIVE_INFINITY : fromAt - before;
    total += ms + (gap <= ACTIVE_GAP_MS ? gap : 0);
    before = toAt;
  }
  return total;
}

/** Work between two moments. */
interface Work extends Span {
  readonly ms: number;
}

function workOf(spans: readonly [number, number][]): Work | null {
  const [first, last] = [spans[0], spans.at(-1)];
  if (first === undefined || last === undefined) return null;
  return {
    fromAt: first[0],
    toAt: last[1],
    ms: spans.reduce((sum, [begins, ends]) => sum + ends - begins, 0),
  };
}

/** What leads from the quarter before to the first one is not within the part. */
function rolledUpWork(db: ReadableDb, { fromAt, toAt }: Part): Work | null {
  const quarters = [fromAt / QUARTER_MS, toAt / QUARTER_MS];
  const first = db
    .prepare(
      'SELECT first_at_ms, link_ms FROM hookline_rollup_quarter WHERE quarter >= ? AND quarter < ? ORDER BY quarter LIMIT 1',
    )
    .get(...quarters) as Row | undefined;
  if (first === undefined) return null;
  const sum = db
    .prepare(
      'SELECT sum(active_ms + link_ms) AS ms, max(last_at_ms) AS last FROM hookline_rollup_quarter WHERE quarter >= ? AND quarter < ?',
    )
    .get(...quarters) as Row;
  return {
    fromAt: Number(first.first_at_ms),
    toAt: Number(sum.last),
    ms: Number(sum.ms) - Number(first.link_ms),
  };
}

/** Calls of a tool with one outcome. */
export interface ToolCount {
  readonly tool: string;
  readonly outcome: string;
  readonly calls: number;
}

/** Calls by tool and outcome. */
export function toolCounts(db: ReadableDb, span: Span): readonly ToolCount[] {
  const counts = new Map<string, { tool: string; outcome: string; calls: number }>();
  for (const part of coverOf(db, span)) {
    for (const row of toolRows(db, part)) {
      const [tool, outcome] = [String(row.tool), String(row.outcome)];
      const known = counts.get(`${tool}\0${outcome}`);
      if (known === undefined)
        counts.set(`${tool}\0${outcome}`, { tool, outcome, calls: Number(row.calls) });
      else known.calls += Number(row.calls);
    }
  }
  return [...counts.values()];
}

const QUARTERS_A_DAY = 96;

/** Of whole days (UTC) there are sums; quarters at the ends are added up. */
function toolRows(db: ReadableDb, part: Part): readonly Row[] {
  const ofQuarters =
    'SELECT tool, outcome, sum(calls) AS calls FROM hookline_rollup_call WHERE quarter >= ? AND quarter < ? GROUP BY 1, 2';
  const ofEvents = `SELECT coalesce(tool, 'unknown') AS tool, coalesce(outcome, 'unknown') AS outcome, count(*) AS calls
    FROM hookline_event WHERE kind = 'tool' AND at_ms >= ? AND at_ms < ? GROUP BY 1, 2`;
  const [from, to] = [part.fromAt / QUARTER_MS, part.toAt / QUARTER_MS];
  const [firstDay, lastDay] = [Math.ceil(from / QUARTERS_A_DAY), Math.floor(to / QUARTERS_A_DAY)];
  if (!part.isRolledUp || firstDay >= lastDay)
    return readPart(db, part, { rolledUp: ofQuarters, events: ofEvents });
  const quarters = db.prepare(ofQuarters);
  return [
    ...quarters.all(from, firstDay * QUARTERS_A_DAY),
    ...db
      .prepare(
        'SELECT tool, outcome, sum(calls) AS calls FROM hookline_rollup_day WHERE day >= ? AND day < ? GROUP BY 1, 2',
      )
      .all(firstDay, lastDay),
    ...quarters.all(lastDay * QUARTERS_A_DAY, to),
  ] as Row[];
}

/** Calls by outcome, most first. */
export function outcomeCounts(db: ReadableDb, span: Span): { outcome: Outcome; count: number }[] {
  return outcomesOf(toolCounts(db, span));
}

/** Counts of tools and outcomes as counts of outcomes, most first. */
export function outcomesOf(tools: readonly ToolCount[]): { outcome: Outcome; count: number }[] {
  const counts = new Map<string, number>();
  for (const { outcome, calls } of tools) counts.set(outcome, (counts.get(outcome) ?? 0) + calls);
  return [...counts]
    .map(([outcome, count]) => ({ outcome: outcome as Outcome, count }))
    .sort((a, b) => b.count - a.count || (a.outcome < b.outcome ? -1 : 1));
}

/** Events by the witness they came from. */
export function sourceCounts(db: ReadableDb, span: Span): Record<Source, number> {
  const counts: Record<Source, number> = { hook: 0, spool: 0, journal: 0, transcript: 0, old: 0 };
  const sumOf = (source: string) =>
    `sum(CASE via WHEN 'journal' THEN 'journal' ELSE source END = '${source}') AS ${source}`;
  const sources = Object.keys(counts) as Source[];
  for (const row of readParts(db, span, {
    rolledUp: `SELECT ${sources.map((source) => `sum(${source}) AS ${source}`).join(', ')}
      FROM hookline_rollup_quarter WHERE quarter >= ? AND quarter < ?`,
    events: `SELECT ${sources.map(sumOf).join(', ')} FROM hookline_event WHERE at_ms >= ? AND at_ms < ?`,
  })) {
    for (const source of sources) counts[source] += Number(row[source] ?? 0);
  }
  return counts;
}

/** What happened in one step. */
export interface StepCount {
  readonly calls: number;
  readonly good: number;
  readonly bad: number;
  readonly filledIn: number;
}

/** Calls and errors in steps of equal length from the span's beginning, by step. */
export function stepCounts(
  db: ReadableDb,
  { fromAt, toAt }: Span,
  stepMs: number,
): ReadonlyMap<number, StepCount> {
  const rows = db
    .prepare(
      `SELECT CAST((at_ms - ?) / ${stepMs} AS INTEGER) AS step, ${CALLS_OF_EVENTS}
       FROM hookline_event WHERE kind = 'tool' AND at_ms >= ? AND at_ms < ? GROUP BY 1`,
    )
    .all(fromAt, fromAt, toAt) as Row[];
  return new Map(rows.map((row) => [Number(row.step), countOf(row)]));
}

const CALLS_OF_EVENTS = `count(*) AS calls, sum(outcome IN ${GOOD}) AS good, sum(outcome IN ${BAD}) AS bad,
  sum(source = 'transcript') AS filled_in`;

function countOf(row: Row): StepCount {
  return {
    calls: Number(row.calls),
    good: Number(row.good),
    bad: Number(row.bad),
    filledIn: Number(row.filled_in),
  };
}

/** Calls and errors of each quarter of an hour in which there were calls, by its number. */
export function quarterCounts(db: ReadableDb, span: Span): ReadonlyMap<number, StepCount> {
  const rows = readParts(db, span, {
    rolledUp:
      'SELECT quarter, calls, good, bad, filled_in FROM hookline_rollup_quarter WHERE quarter >= ? AND quarter < ? AND calls > 0',
    events: `SELECT CAST(at_ms / ${QUARTER_MS} AS INTEGER) AS quarter, ${CALLS_OF_EVENTS}
      FROM hookline_event WHERE kind = 'tool' AND at_ms >= ? AND at_ms < ? GROUP BY 1`,
  });
  return new Map(rows.map((row) => [Number(row.quarter), countOf(row)]));
}
