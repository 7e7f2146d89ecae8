/**
 * flow-stats.json: the scores of our windows, together with the measurements that other programs
 * noted. A row without a score is counted but has no part in the average.
 */
import { numberOf } from '../../src-core/base/json.ts';
import type { ReadableDb, Row, WritableDb } from '../../src-core/store/driver.ts';
import { mostFirst } from './figures.ts';
import { FLOW_DEFINITION } from './flow-fold.ts';
import { isEstimated, timeOf } from './foreign.ts';
import type { StatsInput } from './frame.ts';
import { type OldJson, Rate, roundLikePython } from './old-json.ts';
import { type ForeignFold, foldForeign } from './rollup/foreign-fold.ts';
import { IN_FLOW, SCORE_UNIT } from './rollup/quarter-row.ts';
import { createSeenLines } from './rollup/seen-lines.ts';
import { readRollupState } from './rollup/state.ts';
import { rank, readTotals } from './rollup/totals.ts';
import { QUARTER_MS, type Zone } from './zone.ts';

/** How many peak hours are listed. */
const LISTED_HOURS = 5;
/** How many windows are listed, newest first: two hours of work. */
const LISTED_WINDOWS = 8;

/** flow-stats.json. */
export function flow({ db, flow: path, zone }: StatsInput): Record<string, OldJson> {
  const foreign = foldMeasurements(db, path, zone);
  const means = new Map(readTotals(db, 'flow').map((total) => [total.name, total]));
  const own = means.get('score') ?? { count: 0, total: 0 };
  const mean = (name: string): OldJson => meanOf(means.get(name));
  return {
    total_measurements: own.count + foreign.rows,
    average_flow_score: meanOf({
      count: own.count + foreign.scored,
      total: own.total + foreign.total,
    }),
    peak_flow_hours: new Map(peakHours(db, foreign).slice(0, LISTED_HOURS)),
    scored: own.count + foreign.scored,
    from_other_programs: foreign.rows,
    bad_lines: foreign.bad,
    definition: FLOW_DEFINITION,
    windows: own.count,
    average_of_windows: meanOf(own),
    longest_flow_minutes: (readRollupState(db)?.longestFlow ?? 0) * (QUARTER_MS / 60_000),
    components: {
      tempo: mean('tempo'),
      success: mean('success'),
      focus: mean('focus'),
      unblocked: mean('unblocked'),
      steadiness: mean('steadiness'),
    },
    recent_windows: recentWindows(db),
  };
}

/** Measurements of other programs; hours of good ones in the order in which they appeared. */
interface Measurements extends ForeignFold {
  scored: number;
  total: number;
  readonly hours: [hour: string, count: number][];
}

/**
 * What other programs noted; lines of ours are kept in mind as seen.
 * @throws the system's error when the file cannot be read
 */
export function foldMeasurements(db: WritableDb, path: string, zone: Zone): Measurements {
  return foldForeign<Measurements>(db, {
    path,
    name: 'flow',
    basis: `1 ${zone.name}`,
    empty: () => ({ rows: 0, bad: 0, scored: 0, total: 0, hours: [] }),
    take: (fold, row) => {
      const score = numberOf(row.flow_score) ?? numberOf(row.score);
      if (score === null || isEstimated(row)) return;
      fold.scored++;
      fold.total += Math.round(score * SCORE_UNIT);
      const at = timeOf(row, zone);
      if (score <= IN_FLOW || at === null) return;
      const name = String(zone.hour(at));
      const hour = fold.hours.find(([known]) => known === name);
      if (hour === undefined) fold.hours.push([name, 1]);
      else hour[1]++;
    },
    ...createSeenLines(db, 'flow'),
  });
}

function peakHours(db: ReadableDb, foreign: Measurements): [string, number][] {
  const own = rank(readTotals(db, 'peak')).sort((a, b) => a.first - b.first);
  const hours = new Map(own.map(({ name, count }) => [name, count]));
  for (const [name, count] of foreign.hours) hours.set(name, (hours.get(name) ?? 0) + count);
  return mostFirst(hours);
}

/** The mean with three decimals, the way the old file gives it; 0 of none. */
function meanOf(sum: { readonly count: number; readonly total: number } | undefined): OldJson {
  if (sum === undefined || sum.count === 0) return 0;
  return new Rate(roundLikePython(sum.total / sum.count / SCORE_UNIT, 3));
}

function recentWindows(db: ReadableDb): OldJson {
  const rows = db
    .prepare(
      `SELECT quarter, flow_calls, score FROM hookline_rollup_quarter
       WHERE score IS NOT NULL ORDER BY quarter DESC LIMIT ${LISTED_WINDOWS}`,
    )
    .all() as Row[];
  return rows.map(({ quarter, flow_calls: calls = 0, score }) => ({
    from: new Date(Number(quarter) * QUARTER_MS).toISOString(),
    calls: Number(calls),
    score: new Rate(roundLikePython(Number(score) / SCORE_UNIT, 3)),
  }));
}
