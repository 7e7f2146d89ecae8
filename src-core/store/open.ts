/** Opens the store of the app and the command line, with all of its tables. */
import { existsSync } from 'node:fs';
import type { ReadableDb, WritableDb } from './driver.ts';
import { refuseNewer, versionOf } from './migrate.ts';
import { MIGRATIONS } from './migrations/all.ts';
import { type OpenOptions, openWith } from './open-with.ts';
import { toStoreError } from './store-error.ts';
import { LATEST_VERSION } from './version.ts';

/**
 * Opens for reading and writing, makes the file where there is none, and brings our tables to the
 * present version.
 * @throws StoreError saying which kind of trouble it is
 */
export function openStore(options: OpenOptions): WritableDb {
  return openWith(options, MIGRATIONS);
}

/**
 * Opens for reading alone; null where there is no store yet. Tables of an earlier version are
 * brought up to date first: what they lack would read as "nothing happened".
 * @throws StoreError when there is one that cannot be read, or that a later version wrote
 */
export function openForReading(options: OpenOptions): ReadableDb | null {
  const first = openAsItIs(options);
  if (first === null || first.version === LATEST_VERSION) return first?.db ?? null;
  first.db.close();
  openStore(options).close();
  return openAsItIs(options)?.db ?? null;
}

function openAsItIs({ path, open, busyMs }: OpenOptions): {
  readonly db: ReadableDb;
  readonly version: number;
} | null {
  if (!existsSync(path)) return null;
  let db: ReadableDb | undefined;
  try {
    db = open(path, { readonly: true }) as ReadableDb;
    db.exec(`PRAGMA busy_timeout = ${Math.trunc(busyMs)}`);
    const ours = db
      .prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'hookline_event'")
      .get();
    const version = versionOf(db);
    refuseNewer(version);
    if (ours !== undefined) return { db, version };
    db.close();
    return null;
  } catch (error) {
    db?.close();
    throw toStoreError(error);
  }
}
