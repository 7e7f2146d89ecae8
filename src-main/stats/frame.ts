/** What all seven statistics share: where their numbers come from and over which time. */
import type { Row, WritableDb } from '../../src-core/store/driver.ts';
import type { OldJson } from './old-json.ts';
import { rank, readTotals, type Sum } from './rollup/totals.ts';
import type { Zone } from './zone.ts';

/** Version of what the seven files hold beside the old keys. */
export const STATS_VERSION = 1;

/** What a statistic is computed from: a store whose rollups are up to date. */
export interface StatsInput {
  readonly db: WritableDb;
  readonly zone: Zone;
  /** Files that others write into as well. */
  readonly errors: string;
  readonly recoveries: string;
  readonly flow: string;
}

/** Members that every statistics file has beside the old ones. */
export function frameOf({ db, zone }: StatsInput): Record<string, OldJson> {
  // Asked for together, the two would be looked for in all rows.
  const period = db
    .prepare(
      'SELECT (SELECT min(at_ms) FROM hookline_event) AS first, (SELECT max(at_ms) FROM hookline_event) AS last',
    )
    .get() as Row;
  const iso = (value: Row[string] | undefined): string | null =>
    value === null || value === undefined ? null : new Date(Number(value)).toISOString();
  return {
    schema_version: STATS_VERSION,
    time_zone: zone.name,
    period: { from: iso(period.first), to: iso(period.last) },
    coverage: counts(rank(readTotals(db, 'source'))),
  };
}

/** Counts by name, in the order in which they come. */
export function counts(sums: readonly Sum[], limit?: number): ReadonlyMap<string, OldJson> {
  return new Map(sums.slice(0, limit).map(({ name, count }) => [name, count]));
}
