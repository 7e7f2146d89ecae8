import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { startSupport } from '../../test/support/child.ts';
import { DRIVERS, openByAddon, openByNode } from '../../test/support/sqlite.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { createPaths } from '../files/paths.ts';
import { forgetStart, isAlive, isLockHeld, type Lock, takeLock } from './lock.ts';

const folder = tempFolderPerTest();
const paths = () => createPaths({ home: folder() });
const take = (open: typeof openByNode | null = openByNode, waitMs = 0) =>
  takeLock({ paths: paths(), open, waitMs });
const taken = (lock: Lock | null): Lock => {
  if (lock === null) throw new Error('the lock was refused');
  return lock;
};
const marker = () => readFileSync(paths().drainMarker, 'utf8');
/** No process has this id: Linux and macOS give smaller ones. */
const DEAD = 99_999_999;

describe.each([...DRIVERS, { name: 'no SQLite', open: null }])(
  'takeLock with $name',
  ({ open }) => {
    it('is refused to a second one until it is released', () => {
      const first = taken(take(open));
      expect(take(open)).toBeNull();
      expect(isLockHeld(paths())).toBe(true);
      first.release();
      expect(isLockHeld(paths())).toBe(false);
      const second = taken(take(open));
      expect(second.isAfterCrash).toBe(false);
      second.release();
    });

    it('leaves a marker that the launcher can read: the process id on a line of its own', () => {
      const lock = taken(take(open));
      expect(marker().split('\n')[0]).toBe(String(process.pid));
      lock.release();
      expect(existsSync(paths().drainMarker)).toBe(false);
    });

    it('is refused while another process holds it, and granted when that one lets go', async () => {
      const kind = open === null ? 'alone' : 'sqlite';
      const holder = startSupport('lock-child.ts', [folder(), kind]);
      expect(await holder.nextLine()).toBe('held');
      expect(isLockHeld(paths())).toBe(true);
      expect(take(open)).toBeNull();
      await holder.finish();
      const lock = taken(take(open));
      expect(lock.isAfterCrash).toBe(false);
      lock.release();
    });

    it('is granted at once when its holder was killed, and says so', async () => {
      const holder = startSupport('lock-child.ts', [folder(), open === null ? 'alone' : 'sqlite']);
      expect(await holder.nextLine()).toBe('held');
      await holder.kill();
      expect(isLockHeld(paths())).toBe(false);
      const lock = taken(take(open));
      expect(lock.isAfterCrash).toBe(true);
      lock.release();
      taken(take(open)).release();
    });

    it('makes its folder and files for nobody else', () => {
      const umask = process.umask(0o022);
      const lock = taken(take(open));
      process.umask(umask);
      expect(statSync(paths().own).mode & 0o777).toBe(0o700);
      for (const name of readdirSync(paths().own)) {
        expect(statSync(`${paths().own}/${name}`).mode & 0o777).toBe(0o600);
      }
      lock.release();
    });

    it('takes a marker that says nothing for a crash', () => {
      mkdirSync(paths().own, { recursive: true });
      writeFileSync(paths().drainMarker, '');
      const lock = taken(take(open));
      expect(lock.isAfterCrash).toBe(true);
      lock.release();
    });

    it('leaves nothing but its database behind', () => {
      taken(take(open)).release();
      expect(readdirSync(paths().own)).toEqual(open === null ? [] : ['lock.db']);
    });
  },
);

describe('takeLock', () => {
  it('does not mind which library the other process uses', async () => {
    const holder = startSupport('lock-child.ts', [folder(), 'sqlite']);
    expect(await holder.nextLine()).toBe('held');
    expect(take(openByAddon)).toBeNull();
    await holder.finish();
  });

  it('is refused while a program without SQLite holds it, and the other way round', async () => {
    const alone = startSupport('lock-child.ts', [folder(), 'alone']);
    expect(await alone.nextLine()).toBe('held');
    expect(take(openByNode)).toBeNull();
    await alone.finish();
    const lock = taken(take(openByNode));
    expect(take(null)).toBeNull();
    lock.release();
  });

  it('does not believe the marker of a dead process whose id another one has', () => {
    mkdirSync(paths().own, { recursive: true });
    writeFileSync(paths().drainMarker, `${process.ppid}\n`);
    expect(isLockHeld(paths())).toBe(true);
    const lock = taken(take(openByNode));
    expect(lock.isAfterCrash).toBe(true);
    lock.release();
  });

  it.each(DRIVERS)('makes a damaged lock.db again with $name', ({ open }) => {
    mkdirSync(paths().own, { recursive: true });
    writeFileSync(paths().lockDatabase, Buffer.alloc(8192, 'garbage '));
    const lock = taken(take(open));
    expect(take(open)).toBeNull();
    lock.release();
  });

  it('throws where a folder stands in the place of lock.db', () => {
    mkdirSync(paths().lockDatabase, { recursive: true });
    expect(() => take()).toThrow();
  });

  it('waits for a holder that lets go in time', async () => {
    const lock = taken(take());
    const waiting = startSupport('lock-child.ts', [folder(), 'sqlite', '20000']);
    expect(await waiting.nextLine()).toBe('waiting');
    lock.release();
    expect(await waiting.nextLine()).toBe('held');
    await waiting.finish();
  });
});

describe('the note of a start', () => {
  it('is spent once the lock is held', () => {
    mkdirSync(paths().own, { recursive: true });
    writeFileSync(paths().startMarker, `${DEAD}\n`);
    const lock = taken(take());
    expect(existsSync(paths().startMarker)).toBe(false);
    // A launcher that is late writes it only now.
    writeFileSync(paths().startMarker, `${process.pid}\n`);
    lock.release();
    expect(existsSync(paths().startMarker)).toBe(false);
  });

  it('is taken back by the process that it names alone', () => {
    mkdirSync(paths().own, { recursive: true });
    forgetStart(paths());
    writeFileSync(paths().startMarker, `${DEAD}\n`);
    forgetStart(paths());
    expect(existsSync(paths().startMarker)).toBe(true);
    writeFileSync(paths().startMarker, `${process.pid}\n`);
    forgetStart(paths());
    expect(existsSync(paths().startMarker)).toBe(false);
  });
});

describe('isAlive', () => {
  it('knows a process of ours, of another user, and none', () => {
    expect([isAlive(process.pid), isAlive(1), isAlive(DEAD)]).toEqual([true, true, false]);
    expect([isAlive(0), isAlive(-1), isAlive(Number.NaN)]).toEqual([false, false, false]);
  });
});
