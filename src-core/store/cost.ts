/**
 * What capture itself costs, kept as histograms of a quarter of an hour, so that any day in any zone
 * can be added up and the table stays small whatever is measured.
 */
import { type ReadableDb, type Row, transaction, type WritableDb } from './driver.ts';

/**
 * What is measured, milliseconds: `wall` and `cpu` of one run of the drainer, `stored` from the
 * moment at which the launcher had saved an event to the moment at which the stores had it.
 */
export type CostMetric = 'wall' | 'cpu' | 'stored';

/** One measurement. */
export interface CostSample {
  readonly metric: CostMetric;
  readonly ms: number;
}

/** Measurements of one metric over a span; quantiles are exact to the width of a bin, 15 %. */
export interface CostSummary {
  readonly count: number;
  readonly totalMs: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** Histograms are added up by quarters of an hour. */
export const COST_QUARTER_MS = 900_000;
/** Older measurements are removed by whoever adds new ones. */
const KEPT_MS = 35 * 24 * 3_600_000;
const BIN_GROWTH = Math.log(1.15);
const LONGEST_MS = 24 * 3_600_000;

/**
 * Adds measurements taken at this moment.
 * @throws what SQLite throws; none of them is kept then
 */
export function addCost(db: WritableDb, at: number, samples: readonly CostSample[]): void {
  if (samples.length === 0) return;
  const quarter = Math.floor(at / COST_QUARTER_MS) * COST_QUARTER_MS;
  transaction(db, () => {
    const add = db.prepare(
      `INSERT INTO hookline_cost (quarter_ms, metric, bin, samples, total_ms, max_ms) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (quarter_ms, metric, bin) DO UPDATE SET samples = samples + excluded.samples,
         total_ms = total_ms + excluded.total_ms, max_ms = max(max_ms, excluded.max_ms)`,
    );
    for (const { metric, bin, count, totalMs, maxMs } of binned(samples)) {
      add.run(quarter, metric, bin, count, totalMs, maxMs);
    }
    db.prepare('DELETE FROM hookline_cost WHERE quarter_ms < ?').run(quarter - KEPT_MS);
  });
}

/** Sum of one metric over the quarters that begin in the span, milliseconds. */
export function totalCost(
  db: ReadableDb,
  metric: CostMetric,
  { fromAt, toAt }: { readonly fromAt: number; readonly toAt: number },
): number {
  if (!hasTable(db)) return 0;
  const row = db
    .prepare(
      'SELECT sum(total_ms) AS total FROM hookline_cost WHERE metric = ? AND quarter_ms >= ? AND quarter_ms < ?',
    )
    .get(metric, fromAt, toAt) as Row;
  return Number(row.total);
}

/** Measurements of the quarters that begin in the span; null where there are none. */
export function readCost(
  db: ReadableDb,
  metric: CostMetric,
  { fromAt, toAt }: { readonly fromAt: number; readonly toAt: number },
): CostSummary | null {
  // A program that only reads may be newer than whoever made the tables.
  if (!hasTable(db)) return null;
  const rows = db
    .prepare(
      `SELECT sum(samples) AS samples, sum(total_ms) AS total, max(max_ms) AS most FROM hookline_cost
       WHERE metric = ? AND quarter_ms >= ? AND quarter_ms < ? GROUP BY bin ORDER BY bin`,
    )
    .all(metric, fromAt, toAt) as Row[];
  const bins = rows.map((row) => ({ count: Number(row.samples), totalMs: Number(row.total) }));
  const count = bins.reduce((sum, bin) => sum + bin.count, 0);
  if (count === 0) return null;
  return {
    count,
    totalMs: bins.reduce((sum, bin) => sum + bin.totalMs, 0),
    p50: quantile(bins, count * 0.5),
    p95: quantile(bins, count * 0.95),
    max: Math.max(...rows.map((row) => Number(row.most))),
  };
}

interface Bin {
  readonly bin: number;
  readonly metric: CostMetric;
  count: number;
  totalMs: number;
  maxMs: number;
}

function binned(samples: readonly CostSample[]): readonly Bin[] {
  const bins = new Map<string, Bin>();
  for (const sample of samples) {
    // A clock that was set meanwhile gives times below zero, and others of years.
    const ms = Math.min(LONGEST_MS, Math.max(0, sample.ms));
    const bin = ms < 1 ? 0 : 1 + Math.floor(Math.log(ms) / BIN_GROWTH);
    const name = `${sample.metric} ${bin}`;
    const known = bins.get(name) ?? { bin, metric: sample.metric, count: 0, totalMs: 0, maxMs: 0 };
    known.count += 1;
    known.totalMs += ms;
    known.maxMs = Math.max(known.maxMs, ms);
    bins.set(name, known);
  }
  return [...bins.values()];
}

/** The mean of the bin in which the sample of that rank lies. */
function quantile(bins: readonly { count: number; totalMs: number }[], rank: number): number {
  let seen = 0;
  for (const { count, totalMs } of bins) {
    seen += count;
    if (seen >= rank) return totalMs / count;
  }
  return 0;
}

function hasTable(db: ReadableDb): boolean {
  const found = db
    .prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'hookline_cost'")
    .get();
  return found !== undefined;
}
