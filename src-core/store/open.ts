/** Opens the store of the app and the command line, with all of its tables. */
import { existsSync } from 'node:fs';
import type { ReadableDb, WritableDb } from './driver.ts';
import { MIGRATIONS } from './migrations/all.ts';
import { type OpenOptions, openWith } from './open-with.ts';
import { toStoreError } from './store-error.ts';

/**
 * Opens for reading and writing, makes the file where there is none, and brings our tables to the
 * present version.
 * @throws StoreError saying which kind of trouble it is
 */
export function openStore(options: OpenOptions): WritableDb {
  return openWith(options, MIGRATIONS);
}

/**
 * Opens for reading alone; null where there is no store yet.
 * @throws StoreError when there is one that cannot be read
 */
export function openForReading({ path, open, busyMs }: OpenOptions): ReadableDb | null {
  if (!existsSync(path)) return null;
  let connection: WritableDb | undefined;
  try {
    connection = open(path, { readonly: true }) as WritableDb;
    connection.exec(`PRAGMA busy_timeout = ${Math.trunc(busyMs)}`);
    const ours = connection
      .prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'hookline_event'")
      .get();
    if (ours !== undefined) return connection;
    connection.close();
    return null;
  } catch (error) {
    connection?.close();
    throw toStoreError(error);
  }
}
