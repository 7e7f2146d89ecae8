/** Backfill runs in the store: what each added and amended, and whether it was taken back. */
import type { ReadableDb, Row, WritableDb } from '../../src-core/store/driver.ts';

/** `asked`: a person wanted it; `auto`: it went on by itself since then. */
export type RunOrigin = 'asked' | 'auto';

/** One run. Times are epoch milliseconds. */
export interface BackfillRun {
  readonly id: number;
  readonly origin: RunOrigin;
  readonly startedAt: number;
  /** Null while it runs, or when it was broken off: the next one goes on with it. */
  readonly finishedAt: number | null;
  readonly undoneAt: number | null;
  readonly events: number;
  readonly amended: number;
}

/** All runs, the oldest first. */
export function listRuns(db: ReadableDb): readonly BackfillRun[] {
  if (!hasBackfillTables(db)) return [];
  return db
    .prepare('SELECT * FROM hookline_backfill_run ORDER BY id')
    .all()
    .map((row) => runOf(row as Row));
}

/** True where the store has tables for backfills. */
export function hasBackfillTables(db: ReadableDb): boolean {
  const table = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?";
  return db.prepare(table).get('hookline_backfill_run') !== undefined;
}

/** True when the last run that a person asked for stands: then it goes on by itself. */
export function hasConsent(db: ReadableDb): boolean {
  const last = listRuns(db).findLast(({ origin }) => origin === 'asked');
  return last !== undefined && last.undoneAt === null;
}

/** One run by itself takes up what comes within this time, so that there is one to take back a day. */
const AUTO_RUN_MS = 24 * 3_600_000;

/** The run to go on with: one that was broken off, else a new one. Runs in the caller's transaction. */
export function beginRun(db: WritableDb, origin: RunOrigin, now: number): number {
  const open = listRuns(db).findLast(
    (run) =>
      run.origin === origin &&
      run.undoneAt === null &&
      (origin === 'asked' ? run.finishedAt === null : now - run.startedAt < AUTO_RUN_MS),
  );
  if (open !== undefined) return open.id;
  const { lastInsertRowid } = db
    .prepare('INSERT INTO hookline_backfill_run (origin, started_at_ms) VALUES (?, ?)')
    .run(origin, now);
  return Number(lastInsertRowid);
}

/** Notes that the run is complete. Runs in the caller's transaction. */
export function finishRun(db: WritableDb, run: number, now: number): void {
  db.prepare('UPDATE hookline_backfill_run SET finished_at_ms = ? WHERE id = ?').run(now, run);
}

function runOf(row: Row): BackfillRun {
  const time = (value: Row[string] | undefined): number | null =>
    value === null || value === undefined ? null : Number(value);
  return {
    id: Number(row.id),
    origin: row.origin as RunOrigin,
    startedAt: Number(row.started_at_ms),
    finishedAt: time(row.finished_at_ms),
    undoneAt: time(row.undone_at_ms),
    events: Number(row.events),
    amended: Number(row.amended),
  };
}
