/**
 * Brings our tables to the present version. Migrations are numbered and only ever added; which ones
 * ran is written in a table of our own, because `user_version` belongs to whoever made the file.
 */
import { type ReadableDb, type Row, transaction, type WritableDb } from './driver.ts';
import { events } from './migrations/0001-events.ts';
import { cost } from './migrations/0002-cost.ts';
import { content } from './migrations/0003-content.ts';
import { StoreError } from './store-error.ts';
import { LATEST_VERSION } from './version.ts';

/** One step; its number is its place among all. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** The tables that capture writes: all that the hook makes where there is no database. */
export const CAPTURE_MIGRATIONS: readonly Migration[] = [events, cost, content];

/**
 * Applies what is missing of `migrations`, which begin with the first one. Does nothing but one
 * query where nothing is.
 * @throws StoreError of kind `newer` when a later version of the program wrote the tables
 */
export function migrate(db: WritableDb, now: number, migrations: readonly Migration[]): void {
  const found = versionOf(db);
  if (found >= migrations.length && found <= LATEST_VERSION) return;
  transaction(db, () => {
    db.exec(`CREATE TABLE IF NOT EXISTS hookline_migration (
      version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at_ms INTEGER NOT NULL)`);
    const present = versionOf(db);
    refuseNewer(present);
    const record = db.prepare('INSERT INTO hookline_migration VALUES (?, ?, ?)');
    for (const migration of migrations.filter(({ version }) => version > present)) {
      db.exec(migration.sql);
      record.run(migration.version, migration.name, now);
    }
    createOldTable(db);
  });
}

/**
 * Refuses tables that this program does not know.
 * @throws StoreError of kind `newer`
 */
export function refuseNewer(version: number): void {
  if (version <= LATEST_VERSION) return;
  throw new StoreError(
    'newer',
    `the database holds Hookline tables of version ${version}, but this program knows only version ${LATEST_VERSION}; update Hookline`,
  );
}

/** Version of our tables in this file; 0 where there are none. */
export function versionOf(db: ReadableDb): number {
  const table = db
    .prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'hookline_migration'")
    .get();
  if (table === undefined) return 0;
  const row = db.prepare('SELECT max(version) AS version FROM hookline_migration').get() as Row;
  return Number(row.version ?? 0);
}

/** The old pipeline's table, in its old shape, where the user has none; one that is there is never altered. */
function createOldTable(db: WritableDb): void {
  const present = db.prepare("SELECT 1 FROM sqlite_master WHERE lower(name) = 'tool_events'").get();
  if (present !== undefined) return;
  db.exec(`
    CREATE TABLE tool_events (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      ts INTEGER NOT NULL,
      tool TEXT NOT NULL,
      file_path TEXT,
      session_pwd TEXT,
      metadata TEXT
    );
    CREATE INDEX IF NOT EXISTS idx_tool_events_ts ON tool_events (ts);
  `);
}
