/**
 * Appends to a JSONL file that others append to as well: whole records in each write with O_APPEND,
 * so that records never interleave, and a torn last line is ended first, so that it never swallows
 * the next record. The file is looked up by name each time, so that a rotated file is left alone.
 */
import { closeSync, constants, fstatSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const NEWLINE = 0x0a;

/**
 * Appends whole lines (each ending in a line end), in their order.
 * @throws the system's error when the file cannot be opened or a line cannot be written whole; the
 * lines before it are written then
 */
export function appendLines(path: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  const file = openForAppend(path);
  try {
    if (endsTorn(file)) writeWhole(file, '\n');
    for (const block of blocksOf(lines)) writeWhole(file, block);
  } finally {
    closeSync(file);
  }
}

/** Lines of one write: enough that a rebuild of millions does not consist of system calls. */
const BLOCK_CHARACTERS = 128 * 1024;

function* blocksOf(lines: readonly string[]): Generator<string> {
  let block = '';
  for (const line of lines) {
    if (block !== '' && block.length + line.length > BLOCK_CHARACTERS) {
      yield block;
      block = '';
    }
    block += line;
  }
  if (block !== '') yield block;
}

/**
 * Opens the file for reading and appending, and makes it (0600, its folder 0700) where there is none.
 * @throws the system's error when it cannot be opened
 */
export function openForAppend(path: string): number {
  // O_RDWR, because the last byte must be read; a new file is private from birth.
  const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT;
  try {
    return openSync(path, flags, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return openSync(path, flags, 0o600);
  }
}

function endsTorn(file: number): boolean {
  const { size } = fstatSync(file);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  return readSync(file, last, 0, 1, size - 1) === 1 && last[0] !== NEWLINE;
}

function writeWhole(file: number, text: string): void {
  const bytes = Buffer.from(text);
  const written = writeSync(file, bytes);
  // A short write (full disk, file size limit) leaves a torn line: the next append ends it, the
  // bridge finds it and writes the record again.
  if (written !== bytes.length) throw new Error(`short write: ${written} of ${bytes.length} bytes`);
}
