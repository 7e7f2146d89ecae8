import {
  appendFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { homePerTest } from '../../test/support/home.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import {
  compareFile,
  type FileCursor,
  hashBefore,
  loadCursor,
  saveCursor,
  statFile,
} from './cursor.ts';

const folder = tempFolderPerTest();
const path = (): string => join(folder(), 'a.jsonl');

/** The cursor of somebody who has read the file to its last line end. */
function cursorOf(text: string): FileCursor {
  writeFileSync(path(), text);
  const offset = Buffer.byteLength(text.slice(0, text.lastIndexOf('\n') + 1));
  const stat = statFile(path());
  if (stat === null) throw new Error('the file is not there');
  return {
    ...stat,
    offset,
    tail: hashBefore(path(), offset),
    own: 0,
    duplicates: 0,
    foreign: 0,
    orphans: 0,
    refill: null,
    archived: null,
    damaged: 0,
  };
}

/** Writes over the file in place, at another time than before. */
function overwrite(text: string): void {
  const { mtimeMs } = statSync(path());
  writeFileSync(path(), text);
  utimesSync(path(), mtimeMs / 1000 + 5, mtimeMs / 1000 + 5);
}

describe('a file against its cursor', () => {
  it('is untouched when nobody wrote to it', () => {
    expect(compareFile(path(), cursorOf('one\ntwo\n'))).toEqual({ kind: 'untouched' });
  });

  it('has grown when lines were appended, from behind the last line that was read', () => {
    const cursor = cursorOf('one\ntwo\n');
    appendFileSync(path(), 'three\n');
    expect(compareFile(path(), cursor)).toEqual({ kind: 'grown', from: 8 });
  });

  it('has grown when a line that had begun was ended', () => {
    const cursor = cursorOf('one\ntw');
    appendFileSync(path(), 'o\n');
    expect(compareFile(path(), cursor)).toEqual({ kind: 'grown', from: 4 });
  });

  it('is another one when it was cut', () => {
    const cursor = cursorOf('one\ntwo\n');
    truncateSync(path(), 4);
    expect(compareFile(path(), cursor)).toEqual({ kind: 'replaced' });
  });

  it('is another one when it was cut and has grown past its old length since', () => {
    const cursor = cursorOf('one\ntwo\n');
    overwrite('other lines, and more of them\n');
    expect(compareFile(path(), cursor)).toEqual({ kind: 'replaced' });
  });

  it('is another one when a line was taken out and others were appended', () => {
    const cursor = cursorOf('one\ntwo\nthree\n');
    overwrite('one\nthree\nfour\nfive\n');
    expect(compareFile(path(), cursor)).toEqual({ kind: 'replaced' });
  });

  it('is another one when it was edited without changing its size', () => {
    const cursor = cursorOf('one\ntwo\n');
    overwrite('one\ntwX\n');
    expect(compareFile(path(), cursor)).toEqual({ kind: 'replaced' });
  });

  it('is another one when it was rotated away and begun anew', () => {
    const cursor = cursorOf('one\ntwo\n');
    renameSync(path(), `${path()}.1`);
    writeFileSync(path(), 'one\ntwo\nthree\n');
    expect(compareFile(path(), cursor)).toEqual({ kind: 'replaced' });
  });

  it('is another one when it was never read', () => {
    writeFileSync(path(), 'one\n');
    expect(compareFile(path(), null)).toEqual({ kind: 'replaced' });
  });

  it('is missing when it is gone', () => {
    const cursor = cursorOf('one\n');
    rmSync(path());
    expect(compareFile(path(), cursor)).toEqual({ kind: 'missing' });
  });

  it('is missing when its folder is a file', () => {
    writeFileSync(join(folder(), 'file'), '');
    expect(compareFile(join(folder(), 'file', 'a.jsonl'), null)).toEqual({ kind: 'missing' });
  });

  it('looks only at the last bytes before the offset', () => {
    const long = `${'x'.repeat(10_000)}\n`;
    writeFileSync(path(), long);
    const before = hashBefore(path(), long.length);
    overwrite(`y${long.slice(1)}`);
    expect(hashBefore(path(), long.length)).toBe(before);
    overwrite(`${long.slice(0, -2)}y\n`);
    expect(hashBefore(path(), long.length)).not.toBe(before);
  });
});

describe('a cursor in the store', () => {
  const home = homePerTest();

  it('is there again as it was saved', () => {
    home().withStore((db) => {
      saveCursor(db, 'a', { offset: 3 });
      saveCursor(db, 'a', { offset: 4 });
      expect(loadCursor(db, 'a')).toEqual({ offset: 4 });
    });
  });

  it('is none where none was saved, and where what was saved is no JSON', () => {
    home().withStore((db) => {
      db.prepare("INSERT INTO hookline_cursor VALUES ('torn', '{\"off')").run();
      expect(loadCursor(db, 'torn')).toBeNull();
      expect(loadCursor(db, 'never')).toBeNull();
    });
  });
});

describe('the state of a file', () => {
  it('tells a folder from a file by nothing, since reading it tells', () => {
    mkdirSync(path());
    expect(statFile(path())?.inode).toMatch(/^\d+:\d+$/);
  });
});
