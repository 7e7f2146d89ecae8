import { mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { entryBytes, spoolEntry } from '../../test/support/spool.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { MAX_PAYLOAD_BYTES } from '../base/limits.ts';
import { createPaths } from '../files/paths.ts';
import { listSpool, markTried, parseEntry, readEntry, type SpoolFile, stateOf } from './entry.ts';

const folder = tempFolderPerTest();
const paths = () => createPaths({ home: folder() });
const list = () => listSpool(paths().spool);
const only = (): SpoolFile => {
  const [file, ...others] = list();
  if (!file || others.length > 0) throw new Error('not one entry');
  return file;
};

describe('parseEntry', () => {
  it('reads header and payload', () => {
    const entry = parseEntry(entryBytes('{"a":1}\n', { project: '/w/p', entrypoint: 'sdk-cli' }));
    expect(entry).toEqual({
      isFinished: true,
      launcherVersion: '1',
      project: '/w/p',
      entrypoint: 'sdk-cli',
      payload: Buffer.from('{"a":1}\n'),
    });
  });

  it.each([
    ['NULs', Buffer.from('a\0b\0\0')],
    ['our own marks', Buffer.from('hookline-spool 1\0x\0hookline-end\nhookline-spool 1\0')],
    ['invalid UTF-8', Buffer.from([0xff, 0xfe, 0x00, 0x0a])],
    ['nothing', Buffer.alloc(0)],
  ])('keeps a payload with %s byte for byte', (_, payload) => {
    const entry = parseEntry(entryBytes(payload));
    expect(entry.payload).toEqual(payload);
    expect(entry.isFinished).toBe(true);
  });

  it('keeps a project whose name holds anything but NUL', () => {
    const project = '/w/a b\n"é\u0001';
    expect(parseEntry(entryBytes('x', { project })).project).toBe(project);
  });

  it('knows no project and entrypoint where the client told none', () => {
    const entry = parseEntry(entryBytes('x', { project: '', entrypoint: '' }));
    expect(entry).toMatchObject({ project: null, entrypoint: null });
  });

  it('knows an unfinished entry, cut at any byte, for what it is', () => {
    const whole = entryBytes('{"a":1}\n');
    for (let size = 0; size < whole.length; size++) {
      const entry = parseEntry(whole.subarray(0, size));
      expect(entry.isFinished).toBe(false);
      if (entry.payload.length > 0 && size > 50) {
        expect(whole.includes(entry.payload)).toBe(true);
      }
    }
  });

  it('takes bytes without our header for a payload', () => {
    expect(parseEntry(Buffer.from('{"a":1}'))).toMatchObject({
      isFinished: false,
      launcherVersion: '',
      project: null,
      payload: Buffer.from('{"a":1}'),
    });
  });
});

describe('listSpool', () => {
  it('is empty where there is no spool', () => {
    expect(list()).toEqual([]);
  });

  it('gives entries in the order of their times, then names', () => {
    spoolEntry(paths(), 'x', { name: '30-0.event', at: 1000 });
    spoolEntry(paths(), 'x', { name: '20-0.event', at: 2000 });
    spoolEntry(paths(), 'x', { name: '10-1.event', at: 2000 });
    spoolEntry(paths(), 'x', { name: '10-0.event', at: 3000 });
    const names = list().map(({ name }) => name);
    expect(names).toEqual(['30-0.event', '10-1.event', '20-0.event', '10-0.event']);
  });

  it('tells time, size and the process that wrote it', () => {
    spoolEntry(paths(), 'abc', { name: '123-4.event', at: 1_800_000_000_500 });
    const size = entryBytes('abc').length;
    expect(only()).toMatchObject({ at: 1_800_000_000_500, sizeBytes: size, pid: 123 });
    rmSync(only().path);
    spoolEntry(paths(), 'abc', { name: 'from-elsewhere.event' });
    expect(only().pid).toBeNull();
  });

  it('takes only files for entries', () => {
    mkdirSync(join(paths().spool, 'folder.event'), { recursive: true });
    writeFileSync(join(paths().spool, 'note.txt'), '');
    writeFileSync(join(folder(), 'secret'), '');
    symlinkSync(join(folder(), 'secret'), join(paths().spool, 'link.event'));
    expect(list()).toEqual([]);
  });

  it('throws where the spool is no folder', () => {
    mkdirSync(paths().own, { recursive: true });
    writeFileSync(paths().spool, '');
    expect(list).toThrow('ENOTDIR');
  });
});

describe('readEntry', () => {
  it('is null for an entry that somebody else drained meanwhile', () => {
    spoolEntry(paths(), 'x');
    const file = only();
    rmSync(file.path);
    expect(readEntry(file)).toBeNull();
  });

  it('reads of an entry that is too long only what anybody would parse', () => {
    spoolEntry(paths(), Buffer.alloc(MAX_PAYLOAD_BYTES, 'x'));
    const entry = readEntry(only());
    expect(entry?.isFinished).toBe(false);
    expect(entry?.payload.length).toBeLessThan(MAX_PAYLOAD_BYTES);
  });
});

describe('stateOf', () => {
  it('changes when the entry is written to, and only then', () => {
    const path = spoolEntry(paths(), 'x', { isFinished: false, at: 5000 });
    const before = stateOf(only());
    expect(stateOf(only())).toBe(before);
    writeFileSync(path, '\0hookline-end\n', { flag: 'a' });
    expect(stateOf(only())).not.toBe(before);
    utimesSync(path, 5, 5);
    expect(stateOf(only())).not.toBe(before);
  });
});

describe('markTried', () => {
  it('is seen by the next one, and keeps what makes the id', () => {
    spoolEntry(paths(), 'x', { at: 5000 });
    const file = only();
    expect(file.wasTried).toBe(false);
    markTried(file);
    expect(only()).toEqual({ ...file, wasTried: true });
  });
});
