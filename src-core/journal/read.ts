/**
 * Reads the complete lines of a JSONL file from an offset, in blocks, without holding the file in
 * memory. What follows the last line end is not a line yet.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const BLOCK = 1024 * 1024;
const NEWLINE = 0x0a;

/** A complete line: its bytes without the line end, and where it begins. */
export interface JournalLine {
  readonly offset: number;
  readonly bytes: Buffer;
}

/**
 * The complete lines from `from` on. Returns the offset behind the last one.
 * @throws the system's error when the file cannot be read
 */
export function* readLines(path: string, from = 0): Generator<JournalLine, number> {
  const file = openSync(path, 'r');
  try {
    return yield* linesOf(file, from);
  } finally {
    closeSync(file);
  }
}

function* linesOf(file: number, from: number): Generator<JournalLine, number> {
  const end = fstatSync(file).size;
  // The blocks of a line that has not ended yet; joined once, since a line may be of any length.
  let rest: Buffer[] = [];
  let lineStart = from;
  let position = from;
  while (position < end) {
    const block = Buffer.allocUnsafe(Math.min(BLOCK, end - position));
    const count = readSync(file, block, 0, block.length, position);
    if (count === 0) break;
    position += count;
    const data = block.subarray(0, count);
    let begin = 0;
    for (let end = data.indexOf(NEWLINE); end >= 0; end = data.indexOf(NEWLINE, begin)) {
      const last = data.subarray(begin, end);
      const bytes = rest.length === 0 ? last : Buffer.concat([...rest, last]);
      yield { offset: lineStart, bytes };
      lineStart += bytes.length + 1;
      begin = end + 1;
      rest = [];
    }
    rest.push(data.subarray(begin));
  }
  return lineStart;
}
