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
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Paths } from '../files/paths.ts';
import { makePrivateFile } from '../files/private-file.ts';
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
  writeMarker(paths);
  // From here on the marker tells of us; the launcher's note of having started us is spent.
  rmSync(paths.startMarker, { force: true });
  return {
    isAfterCrash: marker !== null,
    release: () => {
      removeMarker(paths);
      forgetStart(paths);
      connection.close();
    },
  };
}

/**
 * Takes back the launcher's note of having started this process: who reads it would leave an entry
 * to us that we no longer look for.
 */
export function forgetStart(paths: Paths): void {
  if (readMarkerFile(paths.startMarker)?.pid === process.pid)
    rmSync(paths.startMarker, { force: true });
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
  makePrivateFile(path);
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
  if (present !== null && !removeStale(paths)) return null;
  if (!linkMarker(paths)) return null;
  return {
    isAfterCrash: present !== null,
    release: () => {
      removeMarker(paths);
      forgetStart(paths);
    },
  };
}

/** False when another took the lock meanwhile; the marker appears whole, or not at all. */
function linkMarker(paths: Paths): boolean {
  const draft = `${paths.drainMarker}.${process.pid}`;
  writeFileSync(draft, `${process.pid}\nalone\n`, { mode: 0o600 });
  return linkOnce(draft, paths.drainMarker);
}

/** False when the marker turned out to be a live one: of two that find a dead one, one is first. */
function removeStale(paths: Paths): boolean {
  const aside = `${paths.drainMarker}.${process.pid}`;
  try {
    renameSync(paths.drainMarker, aside);
  } catch (error) {
    if (isMissing(error)) return true;
    throw error;
  }
  if (isAlive(readMarkerFile(aside)?.pid ?? 0)) {
    linkOnce(aside, paths.drainMarker);
    return false;
  }
  rmSync(aside, { force: true });
  return true;
}

/** Gives the file the new name alone; false when that name is taken. */
function linkOnce(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(from, { force: true });
  }
}

function readMarker(paths: Paths): Marker | null {
  return readMarkerFile(paths.drainMarker);
}

function readMarkerFile(path: string): Marker | null {
  try {
    const [pid = '', kind] = readFileSync(path, 'utf8').split('\n');
    return { pid: Number.parseInt(pid, 10) || 0, isAlone: kind === 'alone' };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

function writeMarker(paths: Paths): void {
  writeFileSync(paths.drainMarker, `${process.pid}\n`, { mode: 0o600 });
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
