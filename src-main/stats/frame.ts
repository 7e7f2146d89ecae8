/** What all seven statistics share: where their numbers come from and over which time. */
import type { Row, WritableDb } from '../../src-core/store/driver.ts';
import type { OldTotals } from '../import/totals.ts';
import type { OldJson } from './old-json.ts';
import { withOld } from './old-part.ts';
import { rank, readTotals, type Sum } from './rollup/totals.ts';
import type { Zone } from './zone.ts';

/** Version of what the seven files hold beside the old keys. */
export const STATS_VERSION = 1;

/** What a statistic is computed from: a store whose rollups are up to date. */
export interface StatsInput {
  readonly db: WritableDb;
  readonly zone: Zone;
  /** What the old record adds as long as it is not imported; null where that was not counted. */
  readonly old?: OldTotals | null;
  /** Files that others write into as well. */
  readonly errors: string;
  readonly recoveries: string;
  readonly flow: string;
}

/** Members that every statistics file has beside the old ones. */
export function frameOf({ db, zone, old = null }: StatsInput): Record<string, OldJson> {
  // Asked for together, the two would be looked for in all rows.
  const period = db
    .prepare(
      'SELECT (SELECT min(at_ms) FROM hookline_event) AS first, (SELECT max(at_ms) FROM hookline_event) AS last',
    )
    .get() as Row;
  const iso = (at: number | null): string | null =>
    at === null ? null : new Date(at).toISOString();
  const calls = old?.events.calls ?? 0;
  return {
    schema_version: STATS_VERSION,
    time_zone: zone.name,
    period: {
      from: iso(extreme(Math.min, period.first, old?.firstAt)),
      to: iso(extreme(Math.max, period.last, old?.lastAt)),
    },
    coverage: counts(withOld(rank(readTotals(db, 'source')), calls === 0 ? [] : [['old', calls]])),
    ...(calls === 0 ? {} : { old_not_imported: calls }),
  };
}

function extreme(
  choose: (...values: readonly number[]) => number,
  ...values: readonly (Row[string] | undefined)[]
): number | null {
  const known = values.filter((value) => value !== null && value !== undefined).map(Number);
  return known.length === 0 ? null : choose(...known);
}

/** Counts by name, in the order in which they come. */
export function counts(sums: readonly Sum[], limit?: number): ReadonlyMap<string, OldJson> {
  return new Map(sums.slice(0, limit).map(({ name, count }) => [name, count]));
}
