/** Whether the database is whole, and ours in it is all there. Reads alone. */
import type { RepairFinding } from '../../src-core/contract/repair.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { STREAMS } from '../../src-core/journal/streams.ts';
import type { OpenSqlite, ReadableDb } from '../../src-core/store/driver.ts';
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
  const diagnosis = diagnoseStore({ path: paths.database, open, busyMs });
  if (diagnosis.kind === 'partial') return tell('database-partly-damaged', diagnosis.complaints);
  if (diagnosis.kind === 'unusable') return tell('database-damaged', diagnosis.complaints);
  return diagnosis.kind === 'refused'
    ? oneFinding('database-unreachable', paths.database, diagnosis.error.message)
    : [];
}

function checkSchema(db: ReadableDb, { open, paths }: StoreOptions): RepairFinding[] {
  const missing = missingObjects(db, open);
  const evidence = missing.slice(0, 5).map(({ type, name }) => ({
    where: paths.database,
    what: `${type} ${name}`,
  }));
  return [findingOf('schema', { count: missing.length, evidence }) ?? []].flat();
}
