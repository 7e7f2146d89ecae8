/** Whether a database is whole, as SQLite itself checks it. */
import type { ReadableDb, Row } from './driver.ts';
import { toStoreError } from './store-error.ts';

/** Complaints that are told at most; a torn file would give one for each page. */
const MOST_COMPLAINTS = 20;

/**
 * Whether the pages of all tables and indexes can be read and hang together; what is wrong, or
 * nothing. Reads the whole file once. Never throws for a damaged file.
 */
export function quickCheck(db: ReadableDb): readonly string[] {
  return check(db, `PRAGMA quick_check(${MOST_COMPLAINTS})`);
}

/**
 * As `quickCheck`, and that every index says the same as its table: several times as long.
 * Never throws for a damaged file.
 */
export function integrityCheck(db: ReadableDb): readonly string[] {
  return check(db, `PRAGMA integrity_check(${MOST_COMPLAINTS})`);
}

/** Whether one table and its indexes are whole. Never throws for a damaged file. */
export function checkTable(db: ReadableDb, table: string): readonly string[] {
  return check(db, `PRAGMA integrity_check("${table.replaceAll('"', '""')}")`);
}

function check(db: ReadableDb, sql: string): readonly string[] {
  try {
    return (db.prepare(sql).all() as Row[])
      .map((row) => String(Object.values(row)[0]))
      .filter((complaint) => complaint !== 'ok');
  } catch (error) {
    const failure = toStoreError(error);
    if (failure.kind !== 'corrupt') throw failure;
    return [failure.message];
  }
}
