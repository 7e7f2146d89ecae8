/** Our status file: when the stores were last compared, and what came of it. */
import { readFileSync } from 'node:fs';
import { writeFileSync } from 'atomically';
import * as v from 'valibot';
import { RefreshReport } from '../../src-core/contract/views.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { statFile } from './cursor.ts';

const Status = v.object({
  checkedAt: v.number(),
  /** Since when each run has had something that it could not reach; null after one that had not. */
  failingSinceAt: v.nullable(v.number()),
  report: RefreshReport,
  /** The database's files as the run left them: equal ones, and nobody wrote in it since. */
  store: v.optional(v.string()),
});
/** The last run. */
export type Status = v.InferOutput<typeof Status>;

/** The last run; null before the first, or when the file is not readable. */
export function readStatus(paths: Paths): Status | null {
  try {
    const result = v.safeParse(Status, JSON.parse(readFileSync(paths.status, 'utf8')));
    return result.success ? result.output : null;
  } catch {
    // A missing or damaged status is "not known", and the next run writes it anew.
    return null;
  }
}

/**
 * Writes the last run (0600).
 * @throws the system's error when it cannot be written
 */
export function writeStatus(paths: Paths, status: Status): void {
  writeFileSync(paths.status, `${JSON.stringify(status)}\n`, { mode: 0o600, fsync: false });
}

/** The database's files as they stand; equal texts, and nobody wrote in it between. */
export function storeStamp({ database }: Paths): string {
  // A journal that holds nothing comes and goes with whoever opens the database.
  const [store, journal] = [database, `${database}-wal`].map(statFile);
  return JSON.stringify([store ?? null, journal?.size ? journal : null]);
}
