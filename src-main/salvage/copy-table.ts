/** Copies what can be read of one table from the attached damaged database into the new one. */
import type { Row, WritableDb } from '../../src-core/store/driver.ts';
import { attempt, isDamaged, type RowidTable, walkRows } from './walk-rows.ts';

/** The name under which the damaged database is attached. */
export const DAMAGED_SCHEMA = 'damaged';

/** What came of a table. */
export interface CopiedTable {
  readonly name: string;
  readonly rows: number;
  /** False where some rows could not be read. */
  readonly isWhole: boolean;
}

/** A name as SQL takes it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * Copies the rows of a table that the new database has too, with their rowids, as far as both have
 * their columns.
 * @throws SQLite's error for anything but damage
 */
export function copyTable(db: WritableDb, name: string): CopiedTable {
  const columns = sharedColumns(db, name);
  const rowid = rowidOf(db, name, columns);
  const target = `main.${quoted(name)}`;
  const from = `${DAMAGED_SCHEMA}.${quoted(name)}`;
  const list = [...(rowid === null ? [] : [rowid]), ...columns.map(quoted)].join(', ');
  const copy = `INSERT OR IGNORE INTO ${target} (${list}) SELECT ${list} FROM ${from}`;
  // Nearly always nothing is wrong with the table, and one statement does it.
  const isWhole =
    !isDamaged(attempt(() => db.prepare(copy).run())) ||
    (rowid === null
      ? copyFromBothEnds(db, copy, primaryKey(db, name))
      : copyByRowid(db, copy, { from, rowid }));
  const { n } = db.prepare(`SELECT count(*) AS n FROM ${target}`).get() as Row;
  return { name, rows: Number(n), isWhole };
}

function copyByRowid(db: WritableDb, copy: string, table: RowidTable): boolean {
  const insert = db.prepare(`${copy} WHERE ${table.rowid} BETWEEN ? AND ?`);
  return walkRows(db, table, (first, last) => insert.run(first, last));
}

const STEP = 500;

/** A table without rowids can be read from its beginning up to the damage, and from its end. */
function copyFromBothEnds(db: WritableDb, copy: string, key: readonly string[]): boolean {
  for (const order of ['ASC', 'DESC']) {
    const by = key.map((column) => `${quoted(column)} ${order}`).join(', ');
    const insert = db.prepare(`${copy} ORDER BY ${by} LIMIT ? OFFSET ?`);
    const canTake = (count: number, offset: number): boolean =>
      !isDamaged(attempt(() => insert.run(count, offset)));
    // Only the damage ends this: the whole could not be read.
    let offset = 0;
    while (canTake(STEP, offset)) offset += STEP;
    while (canTake(1, offset)) offset++;
  }
  return false;
}

interface Column {
  readonly name: string;
  /** Place in the primary key, from 1; 0 for none. */
  readonly pk: number;
}

function columnsOf(db: WritableDb, schema: string, table: string): readonly Column[] {
  return (db.prepare(`PRAGMA ${schema}.table_xinfo(${quoted(table)})`).all() as Row[])
    .filter((row) => Number(row.hidden) === 0)
    .map((row) => ({ name: String(row.name), pk: Number(row.pk) }));
}

/** Columns that hold values of their own, and that both sides have. */
function sharedColumns(db: WritableDb, table: string): readonly string[] {
  const present = new Set(columnsOf(db, 'main', table).map(({ name }) => name));
  return columnsOf(db, DAMAGED_SCHEMA, table)
    .map(({ name }) => name)
    .filter((name) => present.has(name));
}

function primaryKey(db: WritableDb, table: string): readonly string[] {
  return columnsOf(db, DAMAGED_SCHEMA, table)
    .filter(({ pk }) => pk > 0)
    .sort((a, b) => a.pk - b.pk)
    .map(({ name }) => name);
}

/** How the rowid can be asked for; null for a table without one, or one that hides it. */
function rowidOf(db: WritableDb, table: string, columns: readonly string[]): string | null {
  const row = db
    .prepare('SELECT wr FROM pragma_table_list(?) WHERE schema = ?')
    .get(table, DAMAGED_SCHEMA) as Row | undefined;
  if (row === undefined || Number(row.wr) === 1) return null;
  const taken = new Set(columns.map((name) => name.toLowerCase()));
  return ['rowid', '_rowid_', 'oid'].find((name) => !taken.has(name)) ?? null;
}
