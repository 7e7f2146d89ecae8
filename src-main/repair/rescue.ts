/**
 * Finds good records of ours inside bytes that are no good line: two lines run into one, something
 * stands before or behind, or the file went through a program that wrote it in another encoding.
 * Only a record whose sum is right counts, so that a wrong guess gives nothing. Pure.
 */
import { MAX_PAYLOAD_BYTES } from '../../src-core/base/limits.ts';
import { judgeLine, type OwnLine } from '../bridge/line.ts';

/** A record that was found, with its bytes as a line of its own. */
export interface Rescued {
  readonly line: OwnLine;
  readonly bytes: Buffer;
}

/** Beginnings that are tried for one end; ours has one, what stands before it may look like more. */
const MOST_BEGINNINGS = 16;
const END = /,"sum":"[0-9a-f]{16}"\}/g;
const BEGINNING = /\{"(?:ts|id)":/g;

/** The good records in the bytes, in their order; each once. */
export function rescue(bytes: Buffer): readonly Rescued[] {
  if (bytes.length > MAX_PAYLOAD_BYTES) return [];
  for (const candidate of readingsOf(bytes)) {
    const found = recordsIn(candidate);
    if (found.length > 0) return found;
  }
  return [];
}

/** The bytes as they are, and as they were before somebody changed their encoding. */
function* readingsOf(bytes: Buffer): Generator<Buffer> {
  yield bytes;
  if (bytes.includes(0)) {
    // A line end of UTF-16 has two bytes, of which one stays with the line before or behind.
    for (const part of [bytes, bytes.subarray(1)]) {
      const even = part.subarray(0, part.length & ~1);
      yield Buffer.from(even.toString('utf16le'));
      yield Buffer.from(Buffer.from(even).swap16().toString('utf16le'));
    }
    yield Buffer.from(bytes.filter((byte) => byte !== 0));
  }
  if (bytes.some((byte) => byte > 0x7f)) {
    yield Buffer.from(bytes.toString('latin1'));
    yield Buffer.from(bytes.toString('utf8'), 'latin1');
  }
}

function recordsIn(bytes: Buffer): readonly Rescued[] {
  // One unit a byte, so that places in the text are places in the bytes.
  const text = bytes.toString('latin1');
  const found: Rescued[] = [];
  let from = 0;
  for (const end of text.matchAll(END)) {
    const to = end.index + end[0].length;
    const record = recordBetween(bytes, text, from, to);
    if (record === null) continue;
    found.push(record);
    from = to;
  }
  return found;
}

function recordBetween(bytes: Buffer, text: string, from: number, to: number): Rescued | null {
  const beginnings = [...text.slice(from, to).matchAll(BEGINNING)].slice(-MOST_BEGINNINGS);
  for (const { index } of beginnings.reverse()) {
    const piece = bytes.subarray(from + index, to);
    const line = judgeLine(piece);
    if (line.kind === 'own') return { line, bytes: piece };
  }
  return null;
}

/** Our id and time as far as a damaged line still tells them; null where it is not ours or does not. */
export function traceOf(bytes: Buffer): { readonly id: string; readonly at: number | null } | null {
  const text = bytes.toString('utf8', 0, Math.min(bytes.length, 64 * 1024));
  const id = /"id":"([^"\\]{1,200})","(?:v":1|sum":")/.exec(text)?.[1];
  if (id === undefined) return null;
  const milliseconds = /,"at":(\d{12,14}),/.exec(text)?.[1];
  const seconds = /"ts":(\d{9,11}),/.exec(text)?.[1];
  if (milliseconds !== undefined) return { id, at: Number(milliseconds) };
  return { id, at: seconds === undefined ? null : Number(seconds) * 1000 };
}
