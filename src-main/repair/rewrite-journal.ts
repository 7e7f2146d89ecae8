/**
 * Writes a file of lines anew without what does not belong in it, and puts it in place in one step.
 * Other programs append to some of these files without any lock: what comes while the new file is
 * made is carried over, and so is what a program appends that had opened the old file before.
 */
import {
  chmodSync,
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { makePrivateFile } from '../../src-core/files/private-file.ts';
import { appendLines } from '../../src-core/journal/append.ts';
import { linesAndTail } from './whole-file.ts';

/** What becomes of a line: it stays, goes, or is written otherwise (without its line end). */
export type Fate = 'keep' | 'remove' | { readonly text: string };

/** Decides on each line in its order. `isTail` is the rest of a file that has no line end. */
export type Decide = (
  bytes: Buffer,
  place: { readonly offset: number; readonly isTail: boolean },
) => Fate;

/** A file that was written anew. */
export interface Rewritten {
  readonly removed: number;
  readonly changed: number;
  /** Carries over what was appended to the old file by name since; to be called last. */
  close(): void;
}

const NEWLINE = Buffer.from('\n');
const BLOCK_BYTES = 1024 * 1024;

/**
 * Rewrites the file; null where nothing in it changes, and no byte is touched then.
 * @throws the system's error; the file is as it was then
 */
export function rewriteJournal(path: string, decide: Decide): Rewritten | null {
  const draft = `${path}.repair`;
  rmSync(draft, { force: true });
  const old = openSync(path, 'r');
  let isKept = false;
  try {
    makePrivateFile(draft);
    const out = openSync(draft, 'w');
    let written: Written;
    try {
      written = writeKept(path, out, decide);
      if (written.removed === 0 && written.changed === 0) return null;
      written.upTo = copyRest(old, out, written.upTo);
      fsyncSync(out);
    } finally {
      closeSync(out);
    }
    chmodSync(draft, fstatSync(old).mode & 0o777);
    renameSync(draft, path);
    isKept = true;
    const { removed, changed, upTo } = written;
    return { removed, changed, close: () => carryOver(old, path, upTo) };
  } finally {
    rmSync(draft, { force: true });
    if (!isKept) closeSync(old);
  }
}

interface Written {
  removed: number;
  changed: number;
  /** Behind what was judged; what a program is still writing begins there. */
  upTo: number;
}

function writeKept(path: string, out: number, decide: Decide): Written {
  const written: Written = { removed: 0, changed: 0, upTo: 0 };
  const writer = createBlockWriter(out);
  for (const { bytes, offset, isTail } of linesAndTail(path)) {
    const fate = decide(bytes, { offset, isTail });
    if (fate !== 'remove' || !isTail) written.upTo = offset + bytes.length + (isTail ? 0 : 1);
    if (fate === 'remove') {
      written.removed++;
      continue;
    }
    // A tail that is good was a line but for its end.
    if (fate !== 'keep' || isTail) written.changed++;
    writer.add(fate === 'keep' ? bytes : Buffer.from(fate.text));
  }
  writer.flush();
  return written;
}

/** Gathers lines, so that a file of millions does not consist of system calls. */
function createBlockWriter(out: number) {
  let block: Buffer[] = [];
  let size = 0;
  const flush = (): void => {
    writeAll(out, Buffer.concat(block));
    block = [];
    size = 0;
  };
  return {
    flush,
    add: (line: Buffer): void => {
      block.push(line, NEWLINE);
      size += line.length;
      if (size >= BLOCK_BYTES) flush();
    },
  };
}

/** Whole lines that were appended behind what was judged; returns where they end. */
function copyRest(old: number, out: number, from: number): number {
  const rest = wholeLines(readFrom(old, from));
  writeAll(out, rest);
  return from + rest.length;
}

function carryOver(old: number, path: string, from: number): void {
  try {
    const rest = wholeLines(readFrom(old, from)).toString('utf8');
    appendLines(path, rest === '' ? [] : rest.split(/(?<=\n)/));
  } finally {
    closeSync(old);
  }
}

function readFrom(file: number, from: number): Buffer {
  const bytes = Buffer.alloc(Math.max(0, fstatSync(file).size - from));
  return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, from));
}

function wholeLines(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
}

/** @throws where a full disk takes only a part */
function writeAll(file: number, bytes: Buffer): void {
  if (bytes.length > 0 && writeSync(file, bytes) !== bytes.length)
    throw Object.assign(new Error('the disk is full'), { code: 'ENOSPC', syscall: 'write' });
}
