/** What all seven statistics share: where their numbers come from and over which time. */
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import type { OldJson } from './old-json.ts';
import type { Zone } from './zone.ts';

/** Version of what the seven files hold beside the old keys. */
export const STATS_VERSION = 1;

/** What a statistic is computed from. */
export interface StatsInput {
  readonly db: ReadableDb;
  readonly zone: Zone;
  /** Files that others write into as well. */
  readonly errors: string;
  readonly recoveries: string;
  readonly flow: string;
}

/** Members that every statistics file has beside the old ones. */
export function frameOf({ db, zone }: StatsInput): Record<string, OldJson> {
  const period = db
    .prepare('SELECT min(at_ms) AS first, max(at_ms) AS last FROM hookline_event')
    .get() as Row;
  const sources = db
    .prepare(
      "SELECT source, count(*) AS n FROM hookline_event WHERE kind = 'tool' GROUP BY source ORDER BY n DESC, source",
    )
    .all() as Row[];
  const iso = (value: Row[string] | undefined): string | null =>
    value === null || value === undefined ? null : new Date(Number(value)).toISOString();
  return {
    schema_version: STATS_VERSION,
    time_zone: zone.name,
    period: { from: iso(period.first), to: iso(period.last) },
    coverage: new Map(sources.map((row) => [String(row.source), Number(row.n)])),
  };
}

/** Counts by name, most first; names of equal count in the order of their first event. */
export function ranked(
  rows: readonly Row[],
  limit = Number.POSITIVE_INFINITY,
): ReadonlyMap<string, OldJson> {
  return new Map(rows.slice(0, limit).map((row) => [String(row.name ?? 'unknown'), Number(row.n)]));
}
