/**
 * The one small interface to SQLite. `better-sqlite3` (app, command line) and `node:sqlite` (hook)
 * both fit it, so that all queries are written once.
 *
 * A handle for reading and one for writing are different types: a query says in its signature
 * whether it writes.
 */

/** A value that SQLite takes or gives. */
export type SqlValue = string | number | bigint | Uint8Array | null;
/** A row by column name. */
export type Row = Readonly<Record<string, SqlValue>>;

/** A prepared statement. */
export interface Statement {
  run(...values: SqlValue[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  get(...values: SqlValue[]): unknown;
  all(...values: SqlValue[]): unknown[];
  iterate(...values: SqlValue[]): IterableIterator<unknown>;
}

/** An open connection. */
export interface SqliteConnection {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

declare const canRead: unique symbol;
declare const canWrite: unique symbol;
/** A connection for queries. */
export type ReadableDb = SqliteConnection & { readonly [canRead]: true };
/** A connection for queries and changes. */
export type WritableDb = ReadableDb & { readonly [canWrite]: true };

/** How a program opens SQLite files; the program's entry chooses which library does it. */
export type OpenSqlite = (
  path: string,
  options?: { readonly readonly?: boolean },
) => SqliteConnection;

/**
 * Runs `work` in one transaction that takes the write lock at once, and commits it.
 * @throws what `work` or SQLite throws; nothing of it is stored then
 */
export function transaction<T>(db: WritableDb, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    rollback(db);
    throw error;
  }
}

/** SQLite has rolled back by itself after some errors; a second rollback is then no error. */
function rollback(db: WritableDb): void {
  try {
    db.exec('ROLLBACK');
  } catch {
    // The first error is the one to report.
  }
}
