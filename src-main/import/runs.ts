/** Import runs in the store: what each added, and whether it was taken back. */
import type { ReadableDb, Row, WritableDb } from '../../src-core/store/driver.ts';

/** One run. Times are epoch milliseconds. */
export interface ImportRun {
  readonly id: number;
  readonly startedAt: number;
  /** Null while it runs, or when it was broken off: the next import goes on with it. */
  readonly finishedAt: number | null;
  readonly undoneAt: number | null;
  readonly events: number;
}

/** True where the store has tables for imports. */
export function hasImportTables(db: ReadableDb): boolean {
  return (
    db
      .prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'hookline_import_run'")
      .get() !== undefined
  );
}

/** All runs, the oldest first. */
export function listRuns(db: ReadableDb): readonly ImportRun[] {
  if (!hasImportTables(db)) return [];
  return db
    .prepare('SELECT * FROM hookline_import_run ORDER BY id')
    .all()
    .map((row) => runOf(row as Row));
}

/** The run of that number; null where there is none. */
export function findRun(db: ReadableDb, id: number): ImportRun | null {
  return listRuns(db).find((run) => run.id === id) ?? null;
}

/** The run to import under: one that was broken off, else a new one. Runs in the caller's transaction. */
export function beginRun(db: WritableDb, now: number): number {
  const open = db
    .prepare(
      'SELECT id FROM hookline_import_run WHERE finished_at_ms IS NULL AND undone_at_ms IS NULL',
    )
    .get() as Row | undefined;
  if (open !== undefined) return Number(open.id);
  const { lastInsertRowid } = db
    .prepare('INSERT INTO hookline_import_run (started_at_ms) VALUES (?)')
    .run(now);
  return Number(lastInsertRowid);
}

/** Notes that the run is complete. Runs in the caller's transaction. */
export function finishRun(db: WritableDb, run: number, now: number): void {
  db.prepare('UPDATE hookline_import_run SET finished_at_ms = ? WHERE id = ?').run(now, run);
}

/**
 * Makes a run again that the user consented to and the store has lost, under its number and not
 * finished yet. Runs in the caller's transaction.
 */
export function restoreRun(
  db: WritableDb,
  { run, at, undoneAt }: { run: number; at: number; undoneAt: number | null },
): void {
  db.prepare(
    'INSERT OR IGNORE INTO hookline_import_run (id, started_at_ms, undone_at_ms) VALUES (?, ?, ?)',
  ).run(run, at, undoneAt);
}

function runOf(row: Row): ImportRun {
  const time = (value: Row[string] | undefined): number | null =>
    value === null || value === undefined ? null : Number(value);
  return {
    id: Number(row.id),
    startedAt: Number(row.started_at_ms),
    finishedAt: time(row.finished_at_ms),
    undoneAt: time(row.undone_at_ms),
    events: Number(row.events),
  };
}
