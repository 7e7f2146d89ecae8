/** Carries the tables of others over: their schema, their rows, their indexes, views and triggers. */
import type { Row, WritableDb } from '../../src-core/store/driver.ts';
import { toStoreError } from '../../src-core/store/store-error.ts';
import { type CopiedTable, copyTable, DAMAGED_SCHEMA, quoted } from './copy-table.ts';
import { attempt, isDamaged } from './walk-rows.ts';

/** Something of the schema that could not be carried over. */
export interface LostObject {
  readonly type: string;
  readonly name: string;
  readonly reason: string;
}

/** What came of the foreign part of a database. */
export interface CopiedForeign {
  readonly tables: readonly CopiedTable[];
  readonly lost: readonly LostObject[];
}

interface SchemaObject {
  readonly type: string;
  readonly name: string;
  readonly sql: string;
}

/** Carries over in two steps, since ours are made between them. */
export interface ForeignCopier {
  /** The tables and their rows; what came of each. */
  copyTables(): readonly CopiedTable[];
  /** Indexes, views and triggers: last, so that no trigger fires for a row that is copied. */
  copyRest(): CopiedForeign;
}

/** Reads the schema of the attached database; `isOurs` tells what is made anew instead. */
export function createForeignCopier(
  db: WritableDb,
  isOurs: (name: string) => boolean,
): ForeignCopier {
  const objects = readSchema(db).filter(({ name }) => !isOurs(name));
  const tables: CopiedTable[] = [];
  const lost: LostObject[] = [];
  const carry = (object: SchemaObject, work: () => void): void => {
    try {
      work();
    } catch (error) {
      const { message } = toStoreError(error);
      lost.push({ type: object.type, name: object.name, reason: message });
    }
  };
  return {
    copyTables: () => {
      const shadows = shadowTables(db);
      for (const object of objects) {
        // The tables behind a virtual one are made and filled by itself.
        if (object.type !== 'table' || shadows.has(object.name)) continue;
        carry(object, () => {
          db.exec(object.sql);
          tables.push(copyTable(db, object.name));
        });
      }
      attempt(() => copySequences(db, isOurs));
      return tables;
    },
    copyRest: () => {
      for (const type of ['index', 'view', 'trigger'])
        for (const object of objects.filter((one) => one.type === type))
          carry(object, () => db.exec(object.sql));
      return { tables, lost };
    },
  };
}

/** What makes each thing, in the order in which they were made. Automatic indexes have no text. */
function readSchema(db: WritableDb): readonly SchemaObject[] {
  const rows = db
    .prepare(
      `SELECT type, name, sql FROM ${DAMAGED_SCHEMA}.sqlite_master
       WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid`,
    )
    .all() as Row[];
  return rows.map((row) => ({
    type: String(row.type),
    name: String(row.name),
    sql: String(row.sql),
  }));
}

function shadowTables(db: WritableDb): ReadonlySet<string> {
  const rows = attempt(() =>
    db
      .prepare("SELECT name FROM pragma_table_list WHERE schema = ? AND type = 'shadow'")
      .all(DAMAGED_SCHEMA),
  );
  return new Set(isDamaged(rows) ? [] : rows.map((row) => String((row as Row).name)));
}

/** The highest number that each table with AUTOINCREMENT ever gave: a number must not come again. */
function copySequences(db: WritableDb, isOurs: (name: string) => boolean): void {
  const exists = db
    .prepare(`SELECT 1 FROM ${DAMAGED_SCHEMA}.sqlite_master WHERE name = 'sqlite_sequence'`)
    .get();
  if (exists === undefined) return;
  const present = db.prepare("SELECT 1 FROM main.sqlite_master WHERE type = 'table' AND name = ?");
  const remove = db.prepare('DELETE FROM main.sqlite_sequence WHERE name = ?');
  const insert = db.prepare('INSERT INTO main.sqlite_sequence (name, seq) VALUES (?, ?)');
  for (const value of db.prepare(`SELECT name, seq FROM ${DAMAGED_SCHEMA}.sqlite_sequence`).all()) {
    const { name, seq } = value as Row;
    if (isOurs(String(name)) || present.get(String(name)) === undefined) continue;
    remove.run(String(name));
    insert.run(String(name), seq ?? 0);
  }
}

/** The numbers in the header that belong to whoever made the file. */
export function copyHeader(db: WritableDb): void {
  for (const name of ['user_version', 'application_id']) {
    const row = db.prepare(`PRAGMA ${DAMAGED_SCHEMA}.${name}`).get() as Row;
    db.exec(`PRAGMA main.${quoted(name)} = ${Math.trunc(Number(Object.values(row)[0]))}`);
  }
}
