/** Reads tables that anybody may have made: their columns are asked, never assumed. */
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';

/** A row of a foreign table: its number, and its columns as text under our names. */
export interface ForeignRow {
  readonly place: number;
  readonly values: Readonly<Record<string, string | null>>;
}

/** A foreign table that has what is needed of it. */
export interface ForeignTable {
  /** All rows, one at a time; the connection can do nothing else meanwhile. */
  rows(): Generator<ForeignRow>;
  /** One row again; undefined where it is gone. */
  row(place: number): ForeignRow | undefined;
}

/** For each of our names the column names that may stand for it, best first. */
export type Wanted = Readonly<Record<string, readonly string[]>>;

/**
 * The table, or why it cannot be read: `missing` where there is none, else the wanted names for
 * which it has no column. Columns beyond the `needed` ones read as null where they are absent.
 */
export function openForeignTable(
  db: ReadableDb,
  name: string,
  wanted: Wanted,
  needed: readonly string[],
): ForeignTable | 'missing' | { readonly lacks: readonly string[] } {
  const present = columnsOf(db, name);
  if (present.length === 0) return 'missing';
  const found = Object.entries(wanted).map(([ours, candidates]): [string, string | undefined] => [
    ours,
    candidates
      .map((candidate) => present.find((column) => column.toLowerCase() === candidate))
      .find((column) => column !== undefined),
  ]);
  const lacks = needed.filter((ours) => !found.some(([key, column]) => key === ours && column));
  if (lacks.length > 0) return { lacks };
  // Cast, because nothing keeps a text out of an INTEGER column, or a blob out of a text one.
  const list = found
    .map(
      ([ours, column]) =>
        `${column === undefined ? 'NULL' : `CAST(${quoted(column)} AS TEXT)`} AS ${ours}`,
    )
    .join(', ');
  return hasRowid(db, name) ? byRowid(db, name, list) : byCounting(db, name, list);
}

function columnsOf(db: ReadableDb, name: string): readonly string[] {
  return db
    .prepare(`PRAGMA table_info(${quoted(name)})`)
    .all()
    .map((column) => String((column as Row).name));
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A view and a table WITHOUT ROWID have none. */
function hasRowid(db: ReadableDb, name: string): boolean {
  const kind = db
    .prepare('SELECT type FROM sqlite_master WHERE lower(name) = lower(?)')
    .get(name) as Row | undefined;
  if (kind?.type !== 'table') return false;
  try {
    db.prepare(`SELECT rowid FROM ${quoted(name)} LIMIT 1`);
    return true;
  } catch {
    return false;
  }
}

function byRowid(db: ReadableDb, name: string, list: string): ForeignTable {
  const from = `SELECT rowid AS place, ${list} FROM ${quoted(name)}`;
  const one = db.prepare(`${from} WHERE rowid = ?`);
  return {
    *rows() {
      for (const row of db.prepare(from).iterate()) yield foreignRow(row as Row);
    },
    row: (place) => {
      const row = one.get(place) as Row | undefined;
      return row === undefined ? undefined : foreignRow(row);
    },
  };
}

function byCounting(db: ReadableDb, name: string, list: string): ForeignTable {
  const from = `SELECT ${list} FROM ${quoted(name)}`;
  const one = db.prepare(`${from} LIMIT 1 OFFSET ?`);
  return {
    *rows() {
      let place = 0;
      for (const row of db.prepare(from).iterate())
        yield foreignRow({ ...(row as Row), place: place++ });
    },
    row: (place) => {
      const row = one.get(place) as Row | undefined;
      return row === undefined ? undefined : foreignRow({ ...row, place });
    },
  };
}

function foreignRow({ place, ...values }: Row): ForeignRow {
  return {
    place: Number(place),
    values: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, value === null ? null : String(value)]),
    ),
  };
}
