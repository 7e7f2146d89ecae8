/** Whether the database is whole, and ours in it is all there. Reads alone. */
import { existsSync } from 'node:fs';
import type { RepairFinding } from '../../src-core/contract/repair.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { STREAMS } from '../../src-core/journal/streams.ts';
import type { OpenSqlite, ReadableDb, Row } from '../../src-core/store/driver.ts';
import { quickCheck } from '../../src-core/store/integrity.ts';
import { refuseNewer, versionOf } from '../../src-core/store/migrate.ts';
import { toStoreError } from '../../src-core/store/store-error.ts';
import { diagnoseStore } from '../salvage/diagnose.ts';
import { findingOf, oneFinding } from './finding.ts';
import { missingObjects } from './schema.ts';
import { isFile } from './whole-file.ts';

/** What looking at the database gave. */
export interface StoreSurvey {
  readonly findings: readonly RepairFinding[];
  /** Open for reading where its rows can be read; the caller closes it. */
  readonly db: ReadableDb | null;
}

/** Where to look. */
export interface StoreOptions {
  readonly paths: Paths;
  readonly open: OpenSqlite;
  readonly busyMs: number;
  readonly isFull: boolean;
}

/** Looks at the database; a quick look believes the indexes. */
export function examineStore(options: StoreOptions): StoreSurvey {
  const { paths, open, busyMs } = options;
  // Even reading leaves files beside a database, so nobody's but ours is opened.
  if (!existsSync(paths.own) && !existsSync(paths.launcher)) return { findings: [], db: null };
  if (!isFile(paths.database)) return { findings: absent(paths), db: null };
  let db: ReadableDb | null = null;
  try {
    db = open(paths.database, { readonly: true }) as ReadableDb;
    db.exec(`PRAGMA busy_timeout = ${Math.trunc(busyMs)}`);
    refuseNewer(versionOf(db));
    const findings = [...checkPages(db, options), ...checkSchema(db, options)];
    const isReadable = findings.length === 0 && versionOf(db) > 0;
    // An empty file opens as well, and says nothing of what it held.
    if (findings.length === 0 && !isReadable) findings.push(...absent(paths));
    if (!isReadable) db.close();
    return { findings, db: isReadable ? db : null };
  } catch (error) {
    db?.close();
    const { kind, message } = toStoreError(error);
    return {
      findings: oneFinding(CODES[kind] ?? 'database-unreachable', paths.database, message),
      db: null,
    };
  }
}

const CODES = { corrupt: 'database-damaged', newer: 'database-newer' } as Partial<
  Record<string, 'database-damaged' | 'database-newer'>
>;

function absent(paths: Paths): RepairFinding[] {
  const withLines = STREAMS.filter(({ isPrimary, pathIn }) => isPrimary && isFile(pathIn(paths)));
  if (withLines.length === 0) return [];
  return oneFinding('database-missing', paths.database, 'no such file');
}

function checkPages(
  db: ReadableDb,
  { paths, open, busyMs, isFull }: StoreOptions,
): RepairFinding[] {
  const tell = (code: 'database-damaged' | 'database-partly-damaged', texts: readonly string[]) => {
    const evidence = texts.slice(0, 5).map((what) => ({ where: paths.database, what }));
    return [findingOf(code, { count: texts.length, evidence }) ?? []].flat();
  };
  if (!isFull) return tell('database-damaged', quickCheck(db));
  // To hold each index against its table takes longer than to read both; with millions of rows that
  // is done where a cheaper look finds something.
  const isLarge = lastRow(db) > MOST_ROWS_CHECKED;
  if (isLarge && quickCheck(db).length === 0 && !hasTornIndex(db)) return [];
  const diagnosis = diagnoseStore({ path: paths.database, open, busyMs });
  if (diagnosis.kind === 'partial') return tell('database-partly-damaged', diagnosis.complaints);
  if (diagnosis.kind === 'unusable') return tell('database-damaged', diagnosis.complaints);
  return diagnosis.kind === 'refused'
    ? oneFinding('database-unreachable', paths.database, diagnosis.error.message)
    : [];
}

/** Rows of events whose indexes are checked entry by entry. */
const MOST_ROWS_CHECKED = 50_000;

function lastRow(db: ReadableDb): number {
  if (versionOf(db) === 0) return 0;
  const table = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'hookline_event'").get();
  if (table === undefined) return 0;
  return Number(
    (db.prepare('SELECT max(rowid) AS last FROM hookline_event').get() as Row).last ?? 0,
  );
}

/** True where an index names other rows than the table has. */
function hasTornIndex(db: ReadableDb): boolean {
  const sums = (how: string): string =>
    JSON.stringify(
      db.prepare(`SELECT count(*) AS n, total(rowid) AS s FROM hookline_event ${how}`).get(),
    );
  const indexes = db
    .prepare("SELECT name FROM pragma_index_list('hookline_event') WHERE partial = 0")
    .all() as Row[];
  const right = sums('NOT INDEXED');
  return indexes.some(({ name }) => sums(`INDEXED BY "${name}"`) !== right);
}

function checkSchema(db: ReadableDb, { open, paths }: StoreOptions): RepairFinding[] {
  const missing = missingObjects(db, open);
  const evidence = missing.slice(0, 5).map(({ type, name }) => ({
    where: paths.database,
    what: `${type} ${name}`,
  }));
  return [findingOf('schema', { count: missing.length, evidence }) ?? []].flat();
}
