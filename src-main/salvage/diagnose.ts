/**
 * What is wrong with a database, and whether recording can go on in it. Foreign tables that are
 * damaged hinder nobody but their owners; a table that capture writes, or the list of free pages,
 * stops every event from reaching SQLite.
 */
import { existsSync } from 'node:fs';
import type { OpenSqlite, ReadableDb, Row } from '../../src-core/store/driver.ts';
import { checkTable, quickCheck } from '../../src-core/store/integrity.ts';
import { refuseNewer, versionOf } from '../../src-core/store/migrate.ts';
import { type StoreError, toStoreError } from '../../src-core/store/store-error.ts';

/** How a database is. `complaints` are SQLite's own words. */
export type Diagnosis =
  | { readonly kind: 'absent' }
  /** It opens and passes SQLite's check: it is never replaced. */
  | { readonly kind: 'sound' }
  /** Damaged where only others keep their data: recording goes on, and Repair waits for consent. */
  | { readonly kind: 'partial'; readonly complaints: readonly string[] }
  /** No database, or one in which nothing more can be recorded. */
  | { readonly kind: 'unusable'; readonly complaints: readonly string[] }
  /** It is held by another program, out of reach, or of a later version: damage is not the trouble. */
  | { readonly kind: 'refused'; readonly error: StoreError };

/** Where to look, and how long a statement may wait for another writer, milliseconds. */
export interface DiagnoseOptions {
  readonly path: string;
  readonly open: OpenSqlite;
  readonly busyMs: number;
}

/** Examines the database. Reads all of it, and writes nothing. */
export function diagnoseStore({ path, open, busyMs }: DiagnoseOptions): Diagnosis {
  if (!existsSync(path)) return { kind: 'absent' };
  let db: ReadableDb | null = null;
  try {
    db = open(path, { readonly: true }) as ReadableDb;
    db.exec(`PRAGMA busy_timeout = ${Math.trunc(busyMs)}`);
    refuseNewer(versionOf(db));
    return examine(db);
  } catch (error) {
    const failure = toStoreError(error);
    if (failure.kind === 'corrupt') return { kind: 'unusable', complaints: [failure.message] };
    return { kind: 'refused', error: failure };
  } finally {
    db?.close();
  }
}

function examine(db: ReadableDb): Diagnosis {
  const complaints = quickCheck(db);
  const hindering = [
    ...complaints.filter((complaint) => /freelist/i.test(complaint)),
    ...neededTables(db).flatMap((table) => checkTable(db, table)),
  ];
  if (hindering.length > 0) return { kind: 'unusable', complaints: [...new Set(hindering)] };
  return complaints.length > 0 ? { kind: 'partial', complaints } : { kind: 'sound' };
}

/** The tables that recording writes: ours, and the old one. */
function neededTables(db: ReadableDb): readonly string[] {
  return db
    .prepare(
      `SELECT name FROM sqlite_master
       WHERE type = 'table' AND (name LIKE 'hookline\\_%' ESCAPE '\\' OR lower(name) = 'tool_events')`,
    )
    .all()
    .map((row) => String((row as Row).name));
}
