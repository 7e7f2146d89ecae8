/**
 * Opens the store for one of its writers, with pragmas chosen on purpose (docs/adr/0009):
 *
 * - WAL: readers never wait for the hook, and the hook never for readers.
 * - synchronous NORMAL: a killed program loses nothing; a power cut may lose the last commits, and
 *   JSONL and the transcripts still hold those events.
 * - busy_timeout: the caller's, because a hook can wait a quarter of a second and a bridge longer.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { makePrivateFile } from '../files/private-file.ts';
import type { OpenSqlite, WritableDb } from './driver.ts';
import { type Migration, migrate } from './migrate.ts';
import { toStoreError } from './store-error.ts';

/** How to open the store. */
export interface OpenOptions {
  readonly path: string;
  readonly open: OpenSqlite;
  /** How long a statement waits for another writer, milliseconds. */
  readonly busyMs: number;
  readonly now: number;
}

/**
 * Opens for reading and writing, makes the file (0600, its folder 0700) where there is none, and
 * applies those of `migrations` that it lacks.
 * @throws StoreError saying which kind of trouble it is
 */
export function openWith(options: OpenOptions, migrations: readonly Migration[]): WritableDb {
  const { path, open, busyMs, now } = options;
  let connection: WritableDb | undefined;
  try {
    const isNew = !existsSync(path);
    if (isNew) {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      makePrivateFile(path);
    }
    connection = open(path) as WritableDb;
    connection.exec(`PRAGMA busy_timeout = ${Math.trunc(busyMs)}`);
    // The old table's references are its maker's: one that fails at the commit would undo our rows.
    connection.exec('PRAGMA foreign_keys = OFF');
    // Only a file that is still empty takes this; a shared one keeps what its maker chose.
    if (isNew) connection.exec('PRAGMA auto_vacuum = INCREMENTAL');
    connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    // A log that one rebuild made long would stay so for as long as anybody reads.
    connection.exec('PRAGMA journal_size_limit = 16777216');
    migrate(connection, now, migrations);
    return connection;
  } catch (error) {
    connection?.close();
    throw toStoreError(error);
  }
}
