import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { readLines } from './read.ts';

/** Size of the blocks in which a file is read. */
const BLOCK = 1024 * 1024;
const folder = tempFolderPerTest();
const file = () => join(folder(), 'a.jsonl');

function readAll(from?: number) {
  const lines: { offset: number; text: string }[] = [];
  const reader = readLines(file(), from);
  for (;;) {
    const next = reader.next();
    if (next.done) return { lines, end: next.value };
    lines.push({ offset: next.value.offset, text: next.value.bytes.toString() });
  }
}

/** `/dev/fd` lists this process's open files on Linux and on macOS. */
const openFiles = () => readdirSync('/dev/fd').length;

describe('readLines', () => {
  it('gives complete lines with their offsets, and where the rest begins', () => {
    writeFileSync(file(), 'a\n\nbé\nrest');
    expect(readAll()).toEqual({
      lines: [
        { offset: 0, text: 'a' },
        { offset: 2, text: '' },
        { offset: 3, text: 'bé' },
      ],
      end: 7,
    });
  });

  it('goes on where it ended before', () => {
    writeFileSync(file(), 'a\nrest');
    const { end } = readAll();
    writeFileSync(file(), ' done\nb\n', { flag: 'a' });
    expect(readAll(end)).toEqual({
      lines: [
        { offset: 2, text: 'rest done' },
        { offset: 12, text: 'b' },
      ],
      end: 14,
    });
  });

  it('gives nothing behind the end of a file that was cut short', () => {
    writeFileSync(file(), 'a\n');
    expect(readAll(100)).toEqual({ lines: [], end: 100 });
  });

  it.each([-2, -1, 0, 1, 2])('reads a line that ends %i bytes from a block border', (shift) => {
    const first = 'x'.repeat(BLOCK - 1 + shift);
    writeFileSync(file(), `${first}\nsecond\nthird`);
    const { lines, end } = readAll();
    expect(lines.map(({ text }) => text)).toEqual([first, 'second']);
    expect(lines[1]?.offset).toBe(BLOCK + shift);
    expect(end).toBe(BLOCK + shift + 7);
  });

  it('reads a line of many blocks, and a character that a border splits', () => {
    const long = `${'x'.repeat(BLOCK - 1)}é${'y'.repeat(3 * BLOCK)}`;
    writeFileSync(file(), `${long}\nb\n`);
    expect(readAll().lines.map(({ text }) => text)).toEqual([long, 'b']);
  });

  it('closes the file when its reader stops early', () => {
    writeFileSync(file(), 'a\nb\n');
    const before = openFiles();
    for (const line of readLines(file())) {
      expect(line.offset).toBe(0);
      break;
    }
    expect(openFiles()).toBe(before);
  });

  it('throws where there is no file to read', () => {
    expect(() => readAll()).toThrow('ENOENT');
    mkdirSync(file());
    expect(() => readAll()).toThrow('EISDIR');
  });
});
