/**
 * Builds the store anew beside its place when there is none and JSONL holds much: nobody waits for a
 * file that nobody sees, so it is written in one transaction and without waiting for the disk, and
 * appears whole. A run that is killed leaves a draft, which the next one throws away.
 */
import { existsSync, linkSync, rmSync, statSync } from 'node:fs';
import { flushFile } from '../../src-core/files/flush-file.ts';
import { STREAMS } from '../../src-core/journal/streams.ts';
import {
  type OpenSqlite,
  type SqliteConnection,
  transaction,
  type WritableDb,
} from '../../src-core/store/driver.ts';
import { openStore } from '../../src-core/store/open.ts';
import { type BridgeOptions, readJournals } from './bridge.ts';

/** Less than this is read into the store in its place as fast. */
const LEAST_BYTES = 8 * 1024 * 1024;
const SUFFIXES = ['', '-wal', '-shm', '-journal'] as const;

/** What is built, and from what. */
export interface BuildOptions extends Omit<BridgeOptions, 'db'> {
  readonly open: OpenSqlite;
  /** Whole records of fewer bytes are left to the bridge. */
  readonly leastBytes?: number;
}

/**
 * Puts a store that holds what JSONL tells where there is none, and returns how many events and amendments it
 * took; null when it did not. One that somebody else made meanwhile stays.
 * @throws SQLite's or the system's error; nothing is in the store's place then
 */
export function buildStore({
  open,
  leastBytes = LEAST_BYTES,
  ...options
}: BuildOptions): number | null {
  const { paths, now } = options;
  // What is left of another database beside its place would be taken for the new one's.
  if (SUFFIXES.some((suffix) => existsSync(`${paths.database}${suffix}`))) return null;
  if (bytesOfRecords(options) < leastBytes) return null;
  const draft = `${paths.database}.building`;
  removeDraft(draft);
  try {
    let events: number;
    const db = openStore({ path: draft, open, busyMs: 0, now });
    try {
      db.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -32768');
      events = transaction(db, () => readJournals({ ...options, db: withinTransaction(db) }));
      db.exec('PRAGMA journal_mode = WAL');
    } finally {
      db.close();
    }
    flushFile(draft);
    return linkOnce(draft, paths.database) ? events : null;
  } finally {
    removeDraft(draft);
  }
}

/**
 * The same connection, whose transactions are part of the one that is open: pages that it adds need no
 * journal, however often they change before it ends.
 */
function withinTransaction(db: WritableDb): WritableDb {
  const connection: SqliteConnection = {
    prepare: (sql) => db.prepare(sql),
    exec: (sql) => {
      if (sql !== 'BEGIN IMMEDIATE' && sql !== 'COMMIT') db.exec(sql);
    },
    close: () => db.close(),
  };
  return connection as WritableDb;
}

function bytesOfRecords({ paths }: Pick<BridgeOptions, 'paths'>): number {
  return STREAMS.filter(({ isPrimary }) => isPrimary).reduce((sum, stream) => {
    const stat = statSync(stream.pathIn(paths), { throwIfNoEntry: false });
    return sum + (stat?.isFile() ? stat.size : 0);
  }, 0);
}

function removeDraft(draft: string): void {
  for (const suffix of SUFFIXES) rmSync(`${draft}${suffix}`, { force: true });
}

/** False when somebody made another one meanwhile. */
function linkOnce(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
