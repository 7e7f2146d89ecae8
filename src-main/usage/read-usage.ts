/** Sums of usage out of the store, over a span and by whatever they are asked by. */
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import { addUsage, NO_USAGE, sumBy, type UsageSum } from '../../src-core/usage/fold.ts';
import { QUARTER_MS } from '../stats/zone.ts';
import type { Span } from '../views/measures.ts';
import { createQuarterFold, dirtyQuarters, type UsageScope } from './rollup.ts';

/** By what sums can be asked for. */
export type UsageDimension = 'model' | 'project' | 'sessionId' | 'agentType' | 'quarter';

const COLUMNS: Readonly<Record<UsageDimension, string>> = {
  model: 'model',
  project: 'project',
  sessionId: 'session_id',
  agentType: 'agent_type',
  quarter: 'quarter',
};

const SUMS = `sum(messages) AS messages, sum(input) AS input, sum(output) AS output,
  sum(cache_read) AS cache_read, sum(write_5m) AS write_5m, sum(write_1h) AS write_1h,
  sum(web_searches) AS web_searches, sum(nano_usd) AS nano_usd, sum(unpriced) AS unpriced,
  sum(unpriced_tokens) AS unpriced_tokens`;

/** Which usage is asked for; null leaves nothing out. */
export interface UsageFilter {
  readonly project: string | null;
  readonly model: string | null;
}

const ALL: UsageFilter = { project: null, model: null };

/**
 * Sums over the quarters of an hour that begin in the span. Quarters whose sums are not up to date
 * are added up from their answers, so that what is read is always true.
 */
export function usageBy(
  db: ReadableDb,
  { fromAt, toAt }: Span,
  by: UsageDimension,
  { project, model }: UsageFilter = ALL,
): Map<string, UsageSum> {
  const [from, to] = [Math.ceil(fromAt / QUARTER_MS), Math.ceil(toAt / QUARTER_MS)];
  const dirty = dirtyQuarters(db).filter((quarter) => quarter >= from && quarter < to);
  const conditions = [
    'quarter >= ? AND quarter < ?',
    ...(dirty.length === 0 ? [] : ['quarter NOT IN (SELECT quarter FROM hookline_usage_dirty)']),
    ...(project === null ? [] : ['project = ?']),
    ...(model === null ? [] : ['model = ?']),
  ];
  const rows = db
    .prepare(
      `SELECT ${COLUMNS[by]} AS key, ${SUMS} FROM hookline_usage_quarter
       WHERE ${conditions.join(' AND ')} GROUP BY 1`,
    )
    .all(from, to, ...[project, model].filter((name) => name !== null)) as Row[];
  const sums = new Map(rows.map((row) => [String(row.key), usageOfRow(row)]));
  const fold = createQuarterFold(db);
  const isAsked = (scope: UsageScope): boolean =>
    (project ?? scope.project) === scope.project && (model ?? scope.model) === scope.model;
  const late = sumBy(
    dirty.flatMap((quarter) => fold(quarter)).filter(isAsked),
    (scope: UsageScope) => String(scope[by]),
    (scope) => scope,
  );
  for (const [key, sum] of late) sums.set(key, addUsage(sums.get(key) ?? NO_USAGE, sum));
  return sums;
}

/** The sums of a row that has their columns. */
function usageOfRow(row: Row): UsageSum {
  return {
    messages: Number(row.messages),
    input: Number(row.input),
    output: Number(row.output),
    cacheRead: Number(row.cache_read),
    write5m: Number(row.write_5m),
    write1h: Number(row.write_1h),
    webSearches: Number(row.web_searches),
    nanoUsd: Number(row.nano_usd),
    unpriced: Number(row.unpriced),
    unpricedTokens: Number(row.unpriced_tokens),
  };
}

/** All of them together. */
export function totalOf(sums: Iterable<UsageSum>): UsageSum {
  let total = NO_USAGE;
  for (const sum of sums) total = addUsage(total, sum);
  return total;
}

/** When the first answer was given of which anything is known; null where there is none. */
export function firstUsageAt(db: ReadableDb): number | null {
  const row = db.prepare('SELECT min(at_ms) AS first FROM hookline_usage').get() as Row;
  return row.first === null ? null : Number(row.first);
}
