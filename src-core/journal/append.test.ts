import { mkdirSync, readFileSync, renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { appendLines } from './append.ts';

const folder = tempFolderPerTest();
const file = () => join(folder(), 'data', 'a.jsonl');
const text = () => readFileSync(file(), 'utf8');
const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('appendLines', () => {
  it('makes the folder and the file, readable by nobody else', () => {
    appendLines(file(), ['{"a":1}\n', '{"a":2}\n']);
    expect(text()).toBe('{"a":1}\n{"a":2}\n');
    expect(modeOf(file())).toBe(0o600);
    expect(modeOf(join(folder(), 'data'))).toBe(0o700);
  });

  it('leaves the mode of a file that was there', () => {
    mkdirSync(join(folder(), 'data'));
    writeFileSync(file(), '', { mode: 0o644 });
    appendLines(file(), ['a\n']);
    expect(modeOf(file())).toBe(0o644);
  });

  it('ends a torn line first, so that it never swallows a record', () => {
    appendLines(file(), ['{"a":1}\n']);
    writeFileSync(file(), '{"a":2', { flag: 'a' });
    appendLines(file(), ['{"a":3}\n', '{"a":4}\n']);
    expect(text()).toBe('{"a":1}\n{"a":2\n{"a":3}\n{"a":4}\n');
  });

  it('makes no file for no lines', () => {
    appendLines(file(), []);
    expect(() => statSync(file())).toThrow('ENOENT');
  });

  it('leaves a file alone that was rotated away', () => {
    appendLines(file(), ['a\n']);
    renameSync(file(), `${file()}.1`);
    appendLines(file(), ['b\n']);
    expect(text()).toBe('b\n');
    expect(readFileSync(`${file()}.1`, 'utf8')).toBe('a\n');
  });

  it('follows a link to where the user keeps the file', () => {
    mkdirSync(join(folder(), 'data'));
    symlinkSync(join(folder(), 'elsewhere.jsonl'), file());
    appendLines(file(), ['a\n']);
    expect(readFileSync(join(folder(), 'elsewhere.jsonl'), 'utf8')).toBe('a\n');
  });

  it('throws where a folder stands in the place of the file', () => {
    mkdirSync(file(), { recursive: true });
    expect(() => appendLines(file(), ['a\n'])).toThrow('EISDIR');
  });

  it('throws where a file stands in the place of the folder', () => {
    writeFileSync(join(folder(), 'data'), '');
    expect(() => appendLines(file(), ['a\n'])).toThrow('ENOTDIR');
  });
});
