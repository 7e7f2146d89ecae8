/**
 * Brings our tables back to what the copy of the database says, and leaves what was captured since.
 * The database itself is never replaced: other programs keep what they wrote into it.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Paths } from '../../src-core/files/paths.ts';
import {
  type ReadableDb,
  type Row,
  type SqlValue,
  transaction,
  type WritableDb,
} from '../../src-core/store/driver.ts';
import { type Manifest, snapshotFolder } from './manifest.ts';

/** Ids of the amendments that the store has and the copy has not; none where nothing was copied. */
export function addedAmendments(
  db: ReadableDb,
  paths: Paths,
  manifest: Manifest,
): readonly string[] {
  const copy = copyOf(paths, manifest);
  if (copy === null) return [];
  return withCopy(db, copy, () => {
    if (!holdsOurs(db)) return [];
    return (
      db
        .prepare(
          'SELECT id FROM main.hookline_amendment WHERE id NOT IN (SELECT id FROM before.hookline_amendment)',
        )
        .all() as Row[]
    ).map(({ id }) => String(id));
  });
}

/** False for the copy of a database that had lost what we would go by. */
function holdsOurs(db: ReadableDb): boolean {
  const { n } = db
    .prepare(
      "SELECT count(*) AS n FROM before.sqlite_master WHERE name IN ('hookline_event', 'hookline_amendment')",
    )
    .get() as Row;
  return Number(n) === 2;
}

/** What came of the tables. */
export interface StoreUndo {
  readonly removed: number;
  readonly restored: number;
}

/**
 * Undoes in the store; null where there is nothing to go by, and the store stays as it is then.
 * @throws SQLite's error; nothing is changed then
 */
export function undoInStore(db: WritableDb, paths: Paths, manifest: Manifest): StoreUndo | null {
  const copy = copyOf(paths, manifest);
  const { lastSeq, lastOldRow } = manifest.database;
  if (copy === null || lastSeq === null) return null;
  return withCopy(db, copy, () =>
    transaction(db, () => {
      if (!holdsOurs(db)) return null;
      const events = undoTable(db, {
        table: 'hookline_event',
        key: 'seq',
        upTo: lastSeq,
        // The repair emptied the spool too: what came from there has no other witness.
        mayGo: `via = 'journal' OR seq IN (SELECT seq FROM before.hookline_event)`,
      });
      undoAmendments(db, manifest.database.addedAmendments);
      undoOldRows(db, lastOldRow ?? 0);
      return events;
    }),
  );
}

function copyOf(paths: Paths, { id, database }: Manifest): string | null {
  if (database.copy === null) return null;
  const path = join(snapshotFolder(paths, id), database.copy);
  return existsSync(path) ? path : null;
}

function withCopy<T>(db: ReadableDb, path: string, work: () => T): T {
  db.prepare('ATTACH DATABASE ? AS before').run(path);
  try {
    return work();
  } finally {
    db.exec('DETACH DATABASE before');
  }
}

interface KeyedTable {
  readonly table: string;
  readonly key: string;
  readonly upTo: number;
  /** Which rows of the table are ours; all where it is not given. */
  readonly where?: string;
  /** Which rows that the copy lacks may go; all where it is not given. */
  readonly mayGo?: string;
}

/** Rows up to the last one of the repair become those of the copy. */
function undoTable(
  db: WritableDb,
  { table, key, upTo, where = '1', mayGo = '1' }: KeyedTable,
): StoreUndo {
  const names = columnsOf(db, table);
  const list = names.join(', ');
  const same = names.map((name) => `a.${name} IS b.${name}`).join(' AND ');
  const differs = (from: string, other: string, also: string): Row[] =>
    db
      .prepare(
        `SELECT ${key} AS place FROM ${from}.${table} AS a WHERE ${key} <= ? AND (${where}) AND (${also})
         AND NOT EXISTS (SELECT 1 FROM ${other}.${table} AS b WHERE a.${key} = b.${key} AND ${same})`,
      )
      .all(upTo) as Row[];
  const wrong = differs('main', 'before', mayGo);
  const right = differs('before', 'main', '1');
  const remove = db.prepare(`DELETE FROM main.${table} WHERE ${key} = ?`);
  for (const { place } of wrong) remove.run(place as SqlValue);
  const insert = db.prepare(
    `INSERT OR IGNORE INTO main.${table} (${withKey(key, list)}) SELECT ${withKey(key, list)} FROM before.${table} WHERE ${key} = ?`,
  );
  for (const { place } of right) insert.run(place as SqlValue);
  return { removed: wrong.length, restored: right.length };
}

function withKey(key: string, list: string): string {
  return list.split(', ').includes(key) ? list : `${key}, ${list}`;
}

function columnsOf(db: ReadableDb, table: string): readonly string[] {
  const names = (schema: string): string[] =>
    (db.prepare(`PRAGMA ${schema}.table_info(${table})`).all() as Row[]).map(
      ({ name }) => `"${String(name).replaceAll('"', '""')}"`,
    );
  const before = new Set(names('before'));
  return names('main')
    .filter((name) => before.has(name))
    .map((name) => (/^"[a-z_]+"$/.test(name) ? name.slice(1, -1) : name));
}

function undoAmendments(db: WritableDb, added: readonly string[]): void {
  const remove = db.prepare('DELETE FROM main.hookline_amendment WHERE id = ?');
  for (const id of added) remove.run(id);
  const list = columnsOf(db, 'hookline_amendment').join(', ');
  // Whether a line was seen follows from the files, which the next run reads again.
  db.exec(
    `INSERT OR IGNORE INTO main.hookline_amendment (${list}) SELECT ${list} FROM before.hookline_amendment`,
  );
}

/** Only rows that name an event of ours: the rest of that table is not ours to touch. */
function undoOldRows(db: WritableDb, upTo: number): void {
  const hasRows = db
    .prepare(
      "SELECT 1 FROM main.sqlite_master WHERE type = 'table' AND name = 'tool_events' AND upper(sql) NOT LIKE '%WITHOUT ROWID%'",
    )
    .get();
  if (hasRows === undefined || !columnsOf(db, 'tool_events').includes('metadata')) return;
  const where = `instr(metadata, '"hookline_id":') > 0`;
  undoTable(db, { table: 'tool_events', key: 'rowid', upTo, where });
}
