/**
 * The one lock of ours: whoever drains the spool or reconciles the stores holds it.
 *
 * It is a tiny SQLite file of its own, because the system frees it when its holder dies, and
 * because it works when the database itself is missing or corrupt. Beside it stands a marker with
 * the holder's process id, which the launcher can test without starting anything; until the drainer
 * that it starts holds the lock, the launcher's own start marker stands for it. A runtime without
 * SQLite has the marker alone.
 *
 * Who releases the lock looks into the spool once more: an entry that came while the lock was held
 * started no drainer of its own.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Paths } from '../files/paths.ts';
import type { OpenSqlite, SqliteConnection } from '../store/driver.ts';
import { toStoreError } from '../store/store-error.ts';

/** The lock, held. */
export interface Lock {
  /** True when the holder before died without releasing: what it did last may be half done. */
  readonly isAfterCrash: boolean;
  release(): void;
}

/** How to take the lock. */
export interface LockOptions {
  readonly paths: Paths;
  readonly open: OpenSqlite | null;
  /** How long to wait, milliseconds; the wait blocks this thread. */
  readonly waitMs: number;
}

/**
 * Takes the lock; null when somebody else holds it for longer than the wait.
 * @throws when the lock's own file can be neither opened nor made again
 */
export function takeLock({ paths, open, waitMs }: LockOptions): Lock | null {
  mkdirSync(paths.own, { recursive: true, mode: 0o700 });
  if (open === null) return takeMarkerAlone(paths);
  const connection = beginExclusive(paths.lockDatabase, open, waitMs);
  if (connection === null) return null;
  const marker = readMarker(paths);
  if (marker?.isAlone && isAlive(marker.pid)) {
    connection.close();
    return null;
  }
  writeMarker(paths, { pid: process.pid, isAlone: false });
  // From here on the marker tells of us; the launcher's note of having started us is spent.
  rmSync(paths.startMarker, { force: true });
  return {
    isAfterCrash: marker !== null,
    release: () => {
      removeMarker(paths);
      connection.close();
    },
  };
}

/** True while a live process says that it holds the lock. */
export function isLockHeld(paths: Paths): boolean {
  const marker = readMarker(paths);
  return marker !== null && isAlive(marker.pid);
}

/** Null when another holds it. */
function beginExclusive(path: string, open: OpenSqlite, waitMs: number): SqliteConnection | null {
  try {
    return tryExclusive(path, open, waitMs);
  } catch (error) {
    const { kind } = toStoreError(error);
    if (kind === 'busy') return null;
    if (kind !== 'corrupt') throw error;
    // Nothing is kept in this file; a fresh one is as good.
    rmSync(path, { force: true });
    rmSync(`${path}-journal`, { force: true });
    return tryExclusive(path, open, waitMs);
  }
}

function tryExclusive(path: string, open: OpenSqlite, waitMs: number): SqliteConnection {
  const connection = open(path);
  try {
    connection.exec(`PRAGMA busy_timeout = ${Math.trunc(waitMs)}`);
    // Reads the header too, so that a damaged file shows itself here.
    connection.exec('BEGIN EXCLUSIVE; PRAGMA schema_version');
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

interface Marker {
  readonly pid: number;
  /** The holder has no SQLite, so the marker is all the lock there is. */
  readonly isAlone: boolean;
}

function takeMarkerAlone(paths: Paths): Lock | null {
  const present = readMarker(paths);
  if (present !== null && isAlive(present.pid)) return null;
  if (present !== null) removeMarker(paths);
  try {
    writeFileSync(paths.drainMarker, `${process.pid}\nalone\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null;
    throw error;
  }
  return { isAfterCrash: present !== null, release: () => removeMarker(paths) };
}

function readMarker(paths: Paths): Marker | null {
  try {
    const [pid = '', kind] = readFileSync(paths.drainMarker, 'utf8').split('\n');
    return { pid: Number.parseInt(pid, 10) || 0, isAlone: kind === 'alone' };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function writeMarker(paths: Paths, marker: Marker): void {
  mkdirSync(dirname(paths.drainMarker), { recursive: true, mode: 0o700 });
  writeFileSync(paths.drainMarker, `${marker.pid}\n${marker.isAlone ? 'alone\n' : ''}`, {
    mode: 0o600,
  });
}

function removeMarker(paths: Paths): void {
  rmSync(paths.drainMarker, { force: true });
}

/** True when a process of that id runs, ours or anybody's. */
export function isAlive(pid: number): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
