/** The two libraries behind the one interface to SQLite, and stores to try them on. */
import Database from 'better-sqlite3';
import type { OpenSqlite, Row, SqliteConnection, WritableDb } from '../../src-core/store/driver.ts';
import { nodeSqlite } from '../../src-core/store/node-sqlite.ts';
import { openStore } from '../../src-core/store/open.ts';

const openNode = nodeSqlite();
if (openNode === null) throw new Error('the tests run on a Node with node:sqlite');

/** Opens through node:sqlite, as the hook does. */
export const openByNode: OpenSqlite = openNode;
/** Opens through better-sqlite3, as the app and the command line do. */
export const openByAddon: OpenSqlite = (path, options) =>
  new Database(path, { readonly: options?.readonly ?? false }) as unknown as SqliteConnection;

/** Both, for `describe.each`. */
export const DRIVERS: readonly { readonly name: string; readonly open: OpenSqlite }[] = [
  { name: 'node:sqlite', open: openByNode },
  { name: 'better-sqlite3', open: openByAddon },
];

/** Opens a store with no patience for other writers. */
export function openTestStore(path: string, open: OpenSqlite = openByNode): WritableDb {
  return openStore({ path, open, busyMs: 0, now: 1 });
}

/** All rows of a query, as plain objects. */
export function rowsOf(db: SqliteConnection, sql: string): readonly Row[] {
  return db
    .prepare(sql)
    .all()
    .map((row) => ({ ...(row as Row) }));
}

/** Runs one query on a file of its own connection. */
export function queryFile(path: string, sql: string): readonly Row[] {
  const db = openByNode(path, { readonly: true });
  try {
    return rowsOf(db, sql);
  } finally {
    db.close();
  }
}
