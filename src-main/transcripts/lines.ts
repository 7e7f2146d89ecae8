/**
 * The complete lines of a transcript, in one buffer that is used again and again: of lines that
 * nobody wants (whole requests of many megabytes) only the beginning is ever held.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { MAX_PAYLOAD_BYTES } from '../../src-core/base/limits.ts';
import { HEAD_BYTES, typeOfHead } from '../../src-core/transcript/line-type.ts';

const BLOCK = 512 * 1024;
const MOST_KEPT = 4 * BLOCK;
const NEWLINE = 0x0a;

/** A complete line. */
export interface RawLine {
  readonly offset: number;
  /** As its beginning tells; null where it does not. */
  readonly type: string | null;
  /** Its bytes, good until the next line is asked for; null for one that nobody wants or that is too long. */
  readonly bytes: Buffer | null;
  /** True for a line that would be wanted but is longer than anything that is parsed. */
  readonly isTooLong: boolean;
}

/** Reads lines; one file at a time. */
export interface LineReader {
  /**
   * The complete lines from an offset on that are wanted by their type, and the others without
   * their bytes; null is a type that only parsing tells. Returns the offset behind the last one.
   * @throws the system's error when the file cannot be read
   */
  read(
    path: string,
    from: number,
    wants: (type: string | null) => boolean,
  ): Generator<RawLine, number>;
}

/** Makes a reader with a buffer of its own. */
export function createLineReader(): LineReader {
  const window = new Window();
  return {
    read: function* read(path, from, wants) {
      const file = openSync(path, 'r');
      window.begin(from);
      // The type of a line of which no more is kept.
      let skipped: Skipped | null = null;
      try {
        for (;;) {
          const line = window.takeLine();
          if (line !== null) {
            yield rawLine(line, skipped, wants);
            skipped = null;
          } else {
            skipped ??= judgeBeginning(window, wants);
            if (skipped !== null) window.drop();
            if (!window.fill(file)) return window.lineOffset;
          }
        }
      } finally {
        closeSync(file);
        window.end();
      }
    },
  };
}

type Wants = (type: string | null) => boolean;
type Skipped = Pick<RawLine, 'type' | 'isTooLong'>;

function rawLine({ offset, bytes }: WindowLine, skipped: Skipped | null, wants: Wants): RawLine {
  if (skipped !== null) return { offset, bytes: null, ...skipped };
  const type = typeOfHead(bytes.toString('latin1', 0, HEAD_BYTES));
  return { offset, type, bytes: wants(type) ? bytes : null, isTooLong: false };
}

/** Of a line whose end is not there yet: null while it is to be kept. */
function judgeBeginning(window: Window, wants: Wants): Skipped | null {
  const bytes = window.rest();
  if (bytes.length < HEAD_BYTES) return null;
  const type = typeOfHead(bytes.toString('latin1', 0, HEAD_BYTES));
  const isTooLong = bytes.length > MAX_PAYLOAD_BYTES;
  return isTooLong || !wants(type) ? { type, isTooLong: isTooLong && wants(type) } : null;
}

interface WindowLine {
  readonly offset: number;
  readonly bytes: Buffer;
}

/** The part of a file that is in memory: from the beginning of a line on. */
class Window {
  #buffer = Buffer.allocUnsafe(BLOCK);
  #start = 0;
  #end = 0;
  /** Place in the file of what comes behind `#end`. */
  #position = 0;
  /** Where the line begins that is looked for; before `#start` when its beginning was dropped. */
  lineOffset = 0;

  begin(from: number): void {
    this.#start = 0;
    this.#end = 0;
    this.#position = from;
    this.lineOffset = from;
  }

  /** The rest of the present line without its end, and what follows becomes the present line. */
  takeLine(): WindowLine | null {
    const length = this.rest().indexOf(NEWLINE);
    if (length < 0) return null;
    const offset = this.lineOffset;
    const bytes = this.#buffer.subarray(this.#start, this.#start + length);
    this.#start += length + 1;
    this.lineOffset = this.#position - (this.#end - this.#start);
    return { offset, bytes };
  }

  rest(): Buffer {
    return this.#buffer.subarray(this.#start, this.#end);
  }

  /** Forgets what is there of the present line. */
  drop(): void {
    this.#start = this.#end;
  }

  /** Reads on; false at the end of the file. */
  fill(file: number): boolean {
    this.#buffer.copyWithin(0, this.#start, this.#end);
    this.#end -= this.#start;
    this.#start = 0;
    if (this.#end === this.#buffer.length) this.#grow();
    const room = this.#buffer.length - this.#end;
    const count = readSync(file, this.#buffer, this.#end, room, this.#position);
    this.#end += count;
    this.#position += count;
    return count > 0;
  }

  /** A line of many megabytes must not keep its memory for ever. */
  end(): void {
    if (this.#buffer.length > MOST_KEPT) this.#buffer = Buffer.allocUnsafe(BLOCK);
  }

  #grow(): void {
    const larger = Buffer.allocUnsafe(this.#buffer.length * 2);
    this.#buffer.copy(larger, 0, 0, this.#end);
    this.#buffer = larger;
  }
}
