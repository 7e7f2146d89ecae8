/** Our own tables, indexes and triggers as the migrations make them, against those that are there. */
import {
  type OpenSqlite,
  type ReadableDb,
  type Row,
  transaction,
  type WritableDb,
} from '../../src-core/store/driver.ts';
import { migrate, versionOf } from '../../src-core/store/migrate.ts';
import { MIGRATIONS } from '../../src-core/store/migrations/all.ts';

/** One of ours that is missing, with the statement that makes it. */
export interface MissingObject {
  readonly type: string;
  readonly name: string;
  readonly sql: string;
}

/**
 * What is missing of ours. A store of an earlier version lacks what its next opening brings, and
 * nothing of that is told; one whose version is not written down any more is held against the last.
 */
export function missingObjects(db: ReadableDb, open: OpenSqlite): readonly MissingObject[] {
  const present = objectsOf(db);
  if (!present.has('hookline_event') && !present.has('hookline_migration')) return [];
  const all = referenceObjects(open, MIGRATIONS.length);
  const written = versionOf(db);
  const expected = referenceObjects(open, written);
  // Tables that no written version has made: a migration is half done, or its note is lost.
  const isVersionLost = [...present.keys()].some((name) => all.has(name) && !expected.has(name));
  const wanted = isVersionLost || written === 0 ? all : expected;
  const hasContent =
    !present.has('hookline_event') || columnsOf(db).has('content') || !wanted.has(AFTER_CONTENT);
  return [
    ...[...wanted.values()].filter(({ name }) => !present.has(name)),
    ...(hasContent ? [] : [{ type: 'column', name: 'hookline_event.content', sql: ADD_CONTENT }]),
    ...(wanted === expected ? [] : [{ type: 'version', name: 'hookline_migration', sql: '' }]),
  ];
}

/** Made by the migration that comes after the one that changes a table: where it is, the column must be. */
const AFTER_CONTENT = 'hookline_import_run';
const ADD_CONTENT = 'ALTER TABLE hookline_event ADD COLUMN content TEXT';

/**
 * Makes what is missing, empty, and writes the version down. What belongs in it follows from events
 * and files, and is brought back by the runs that come next.
 * @throws SQLite's error; nothing is made then
 */
export function makeMissingObjects(db: WritableDb, open: OpenSqlite, now: number): number {
  const missing = missingObjects(db, open);
  if (missing.length === 0) return 0;
  const isVersionLost = missing.some(({ type }) => type === 'version');
  transaction(db, () => {
    for (const type of ['table', 'column', 'index', 'trigger'])
      for (const object of missing) if (object.type === type) db.exec(object.sql);
    if (isVersionLost) writeVersions(db, now);
  });
  return missing.length;
}

function writeVersions(db: WritableDb, now: number): void {
  const insert = db.prepare('INSERT OR IGNORE INTO hookline_migration VALUES (?, ?, ?)');
  for (const { version, name } of MIGRATIONS) insert.run(version, name, now);
}

function objectsOf(db: ReadableDb): ReadonlyMap<string, MissingObject> {
  const rows = db
    .prepare(
      "SELECT type, name, sql FROM sqlite_master WHERE name LIKE 'hookline\\_%' ESCAPE '\\' AND sql IS NOT NULL",
    )
    .all() as Row[];
  return new Map(
    rows.map((row) => [
      String(row.name),
      { type: String(row.type), name: String(row.name), sql: String(row.sql) },
    ]),
  );
}

function columnsOf(db: ReadableDb): ReadonlySet<string> {
  const rows = db.prepare('PRAGMA table_info(hookline_event)').all() as Row[];
  return new Set(rows.map(({ name }) => String(name)));
}

function referenceObjects(open: OpenSqlite, version: number): ReadonlyMap<string, MissingObject> {
  const db = open(':memory:') as WritableDb;
  try {
    if (version > 0) migrate(db, 0, MIGRATIONS.slice(0, version));
    return objectsOf(db);
  } finally {
    db.close();
  }
}
