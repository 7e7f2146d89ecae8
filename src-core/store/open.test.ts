import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DRIVERS, openTestStore, rowsOf } from '../../test/support/sqlite.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { CAPTURE_MIGRATIONS, versionOf } from './migrate.ts';
import { openForReading, openStore } from './open.ts';
import { openWith } from './open-with.ts';
import type { StoreErrorKind } from './store-error.ts';
import { LATEST_VERSION } from './version.ts';

const folder = tempFolderPerTest();
const file = () => join(folder(), 'storage', 'antigravity.db');
const modeOf = (path: string) => statSync(path).mode & 0o777;

describe.each(DRIVERS)('openStore with $name', ({ open }) => {
  const kindOf = (path: string): StoreErrorKind => {
    try {
      openStore({ path, open, busyMs: 0, now: 1 }).close();
    } catch (error) {
      return (error as { kind: StoreErrorKind }).kind;
    }
    throw new Error('it opened');
  };
  let umask = 0;
  beforeEach(() => {
    umask = process.umask(0o022);
  });
  afterEach(() => {
    process.umask(umask);
  });

  it('makes the file and its folder for nobody else, from birth', () => {
    const db = openTestStore(file(), open);
    expect(modeOf(dirname(file()))).toBe(0o700);
    for (const name of ['', '-wal', '-shm']) expect(modeOf(`${file()}${name}`)).toBe(0o600);
    db.close();
  });

  it('leaves the mode and the vacuum mode of a file that was there', () => {
    mkdirSync(dirname(file()));
    const foreign = open(file());
    foreign.exec('CREATE TABLE findings (a)');
    foreign.close();
    const db = openTestStore(file(), open);
    expect(modeOf(file())).toBe(0o644);
    expect(rowsOf(db, 'PRAGMA auto_vacuum')).toEqual([{ auto_vacuum: 0 }]);
    db.close();
  });

  it('sets what its users rely on', () => {
    const db = openTestStore(file(), open);
    expect(rowsOf(db, 'PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(rowsOf(db, 'PRAGMA synchronous')).toEqual([{ synchronous: 1 }]);
    expect(rowsOf(db, 'PRAGMA journal_size_limit')).toEqual([{ journal_size_limit: 16_777_216 }]);
    expect(rowsOf(db, 'PRAGMA mmap_size')).toEqual([{ mmap_size: 0 }]);
    expect(rowsOf(db, 'PRAGMA foreign_keys')).toEqual([{ foreign_keys: 0 }]);
    expect(rowsOf(db, 'PRAGMA auto_vacuum')).toEqual([{ auto_vacuum: 2 }]);
    expect(rowsOf(db, 'PRAGMA user_version')).toEqual([{ user_version: 0 }]);
    db.close();
  });

  it('calls a file that is no database corrupt, and leaves its bytes', () => {
    mkdirSync(dirname(file()));
    const garbage = Buffer.alloc(8192, 'garbage ');
    writeFileSync(file(), garbage);
    expect(kindOf(file())).toBe('corrupt');
    expect(readFileSync(file())).toEqual(garbage);
  });

  it('calls a folder in the place of the file unreachable', () => {
    mkdirSync(file(), { recursive: true });
    expect(kindOf(file())).toBe('unreachable');
  });

  it('calls a file in the place of the folder unreachable', () => {
    writeFileSync(dirname(file()), '');
    expect(kindOf(file())).toBe('unreachable');
  });

  it('calls a new database busy that another one holds', () => {
    mkdirSync(dirname(file()));
    const other = open(file());
    other.exec('CREATE TABLE a (b); BEGIN EXCLUSIVE');
    expect(kindOf(file())).toBe('busy');
    other.close();
  });
});

describe.each(DRIVERS)('openForReading with $name', ({ open }) => {
  const openToRead = () => openForReading({ path: file(), open, busyMs: 0, now: 1 });

  it('is null where there is no file, and makes none', () => {
    expect(openToRead()).toBeNull();
    expect(existsSync(dirname(file()))).toBe(false);
  });

  it('is null for a database that holds nothing of ours, and adds nothing', () => {
    mkdirSync(dirname(file()));
    const foreign = open(file());
    foreign.exec('CREATE TABLE findings (a)');
    expect(openToRead()).toBeNull();
    expect(rowsOf(foreign, 'SELECT name FROM sqlite_master')).toEqual([{ name: 'findings' }]);
    foreign.close();
  });

  it('reads a store and cannot write it', () => {
    openTestStore(file(), open).close();
    const db = openToRead();
    expect(db && rowsOf(db, 'SELECT count(*) AS n FROM hookline_event')).toEqual([{ n: 0 }]);
    expect(() => db?.exec('DELETE FROM hookline_event')).toThrow('readonly');
    db?.close();
  });

  it('brings tables of an earlier version up to date before it reads them', () => {
    openWith({ path: file(), open, busyMs: 0, now: 1 }, CAPTURE_MIGRATIONS.slice(0, 2)).close();
    const db = openToRead();
    expect(db && rowsOf(db, 'SELECT content FROM hookline_event')).toEqual([]);
    expect(db && versionOf(db)).toBe(LATEST_VERSION);
    db?.close();
  });

  it('says what hinders it when it cannot bring them up to date', () => {
    openWith({ path: file(), open, busyMs: 0, now: 1 }, CAPTURE_MIGRATIONS).close();
    const other = open(file());
    other.exec('BEGIN IMMEDIATE');
    expect(openToRead).toThrow(expect.objectContaining({ kind: 'busy' }));
    other.exec('ROLLBACK');
    other.close();
  });

  it('refuses what a later version wrote, and says what to do', () => {
    openTestStore(file(), open).close();
    const later = open(file());
    later.exec("INSERT INTO hookline_migration VALUES (9999, 'later', 0)");
    later.close();
    expect(openToRead).toThrow(
      expect.objectContaining({
        kind: 'newer',
        message: expect.stringContaining('update Hookline'),
      }),
    );
  });

  it('throws for a file that is no database', () => {
    mkdirSync(dirname(file()));
    writeFileSync(file(), Buffer.alloc(8192, 'garbage '));
    expect(openToRead).toThrow(expect.objectContaining({ kind: 'corrupt' }));
  });
});
