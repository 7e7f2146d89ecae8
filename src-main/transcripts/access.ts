/** Opening the store for the transcripts: to read where there is one, to write where we may. */
import { existsSync } from 'node:fs';
import type { Clock } from '../../src-core/base/clock.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import type { OpenSqlite, ReadableDb, WritableDb } from '../../src-core/store/driver.ts';
import { openForReading, openStore } from '../../src-core/store/open.ts';
import { toStoreError } from '../../src-core/store/store-error.ts';
import { LockHeld } from './store-turn.ts';

/** What opening needs. */
export interface AccessOptions {
  readonly paths: Paths;
  readonly open: OpenSqlite;
  readonly clock: Clock;
}

/** Why something was not done, for a person. */
export interface Refused {
  readonly kind: 'refused';
  readonly reason: string;
}

const BUSY_MS = 5000;

/** Says why something is not done. */
export function refused(reason: string): Refused {
  return { kind: 'refused', reason };
}

/** Opens the store as it is; null where there is none of ours. The caller closes it. */
export function openReadable({ paths, open, clock }: AccessOptions): ReadableDb | null {
  // Even reading leaves files beside a database, so nobody's but ours is opened.
  if (!existsSync(paths.own) && !existsSync(paths.launcher)) return null;
  return openForReading({ path: paths.database, open, busyMs: BUSY_MS, now: clock.now() });
}

/** Works on the store as it is; null where there is none. */
export function withReading<T>(options: AccessOptions, work: (db: ReadableDb | null) => T): T {
  const db = openReadable(options);
  try {
    return work(db);
  } finally {
    db?.close();
  }
}

/** Works on the open store; refuses where nothing may be written, or cannot be. */
export async function withWriting<T>(
  { paths, open, clock }: AccessOptions,
  work: (db: WritableDb) => Promise<T>,
): Promise<T | Refused> {
  if (!existsSync(paths.launcher))
    return refused('The hook is not installed here; "hookline install" does that.');
  let db: WritableDb | null = null;
  try {
    db = openStore({ path: paths.database, open, busyMs: BUSY_MS, now: clock.now() });
    // Many rows in little time: keep their pages at hand, and write them back rarely.
    db.exec('PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 2000');
    return await work(db);
  } catch (error) {
    if (error instanceof LockHeld) return refused(error.message);
    const { kind, message } = toStoreError(error);
    if (kind === 'other') throw error;
    return refused(`${paths.database}: ${message}`);
  } finally {
    db?.close();
  }
}
