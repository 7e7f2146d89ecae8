/** Reads a file of the old pipeline line by line; whatever a line holds, reading goes on. */
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { isObject } from '../../src-core/base/json.ts';
import { readLines } from '../../src-core/journal/read.ts';
import { bad, type Reading } from './observation.ts';
import type { FileWitness } from './witness.ts';

/** A line and what it turned out to be. */
export interface OldLine {
  readonly offset: number;
  readonly bytes: Buffer;
  readonly reading: Reading;
}

/**
 * All lines of the file; none where there is no file.
 * @throws the system's error when it cannot be read
 */
export function* oldLines(file: FileWitness): Generator<OldLine> {
  if (!existsSync(file.path)) return;
  const lines = readLines(file.path);
  let next = lines.next();
  for (; !next.done; next = lines.next()) {
    const { offset, bytes } = next.value;
    yield { offset, bytes, reading: readOldLine(file, bytes) };
  }
  const last = lastLine(file, next.value);
  if (last !== null) yield last;
}

/** A last line without its end may be whole, or be torn; the next writer makes it a line. */
function lastLine(file: FileWitness, offset: number): OldLine | null {
  const handle = openSync(file.path, 'r');
  const bytes = readAt(handle, offset);
  closeSync(handle);
  if (bytes.length === 0) return null;
  const reading = readOldLine(file, bytes);
  const isTorn = reading.kind === 'bad' && reading.reason === NOT_JSON;
  return { offset, bytes, reading: isTorn ? bad('last line without an end') : reading };
}

const NOT_JSON = 'not JSON';
/** A shell writes no blank after the colon, Python does. */
const COMPACT = /^\s*\{"[^"]*":\S/;

/** Reads one line's bytes; invalid UTF-8 in them becomes U+FFFD. */
export function readOldLine(file: FileWitness, bytes: Buffer): Reading {
  const text = bytes.toString('utf8');
  if (text.trim() === '') return { kind: 'blank' };
  let row: unknown;
  try {
    row = JSON.parse(text);
  } catch {
    return bad(NOT_JSON);
  }
  if (!isObject(row)) return bad('not a JSON object');
  if (typeof row.id === 'string' && typeof row.sum === 'string') return { kind: 'own' };
  return file.read(row, COMPACT.test(text));
}

/** Most lines end within the first block. */
const FIRST_BLOCK = 4096;
const NEXT_BLOCKS = 256 * 1024;

/** The line's bytes at an offset of an open file, without its end; empty behind the file's end. */
export function readAt(file: number, offset: number): Buffer {
  const parts: Buffer[] = [];
  for (let position = offset, length = FIRST_BLOCK; ; length = NEXT_BLOCKS) {
    const block = Buffer.allocUnsafe(length);
    const data = block.subarray(0, readSync(file, block, 0, length, position));
    const end = data.indexOf(0x0a);
    parts.push(end < 0 ? data : data.subarray(0, end));
    if (end >= 0 || data.length === 0) return Buffer.concat(parts);
    position += data.length;
  }
}
