/** Reads a file of lines to its very end: also what follows the last line end. */
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { MAX_PAYLOAD_BYTES } from '../../src-core/base/limits.ts';
import { readLines } from '../../src-core/journal/read.ts';

/** A line, or the rest of a file that has no line end. */
export interface FileLine {
  readonly offset: number;
  readonly bytes: Buffer;
  readonly isTail: boolean;
}

/**
 * The lines of a file, and its tail where there is one.
 * @throws the system's error when the file cannot be read
 */
export function* linesAndTail(path: string): Generator<FileLine> {
  const lines = readLines(path);
  for (;;) {
    const next = lines.next();
    if (next.done) {
      const bytes = readRest(path, next.value);
      // What was appended while we read is whole lines, which are not judged here.
      if (bytes.length > 0 && !bytes.includes(0x0a))
        yield { offset: next.value, bytes, isTail: true };
      return;
    }
    yield { ...next.value, isTail: false };
  }
}

/** The bytes from there on; as many as anybody would judge, unless told otherwise. */
export function readRest(path: string, from: number, most = MAX_PAYLOAD_BYTES + 1): Buffer {
  const file = openSync(path, 'r');
  try {
    const length = Math.min(Math.max(0, fstatSync(file).size - from), most);
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(file, bytes, 0, length, from));
  } finally {
    closeSync(file);
  }
}

/** True where there is a regular file. */
export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
