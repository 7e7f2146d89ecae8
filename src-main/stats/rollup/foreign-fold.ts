/**
 * What the lines of a shared file add up to, kept with how far the file was read, so that only what
 * was appended is read. A file that is another one, was cut or written over is read again from its
 * beginning.
 */
import type { Json } from '../../../src-core/base/json.ts';
import { readLines } from '../../../src-core/journal/read.ts';
import { type ReadableDb, transaction, type WritableDb } from '../../../src-core/store/driver.ts';
import {
  type FileCursor,
  hashBefore,
  loadCursor,
  saveCursor,
  statFile,
} from '../../bridge/cursor.ts';
import { isOwnRow, rowOf } from '../foreign.ts';

/** What is known of the lines of a shared file after some of them. Stored as JSON. */
export interface ForeignFold {
  /** Lines that are not ours. */
  rows: number;
  /** Lines that are no JSON objects. */
  bad: number;
}

/** How a shared file is read. */
export interface ForeignFile<S extends ForeignFold> {
  readonly path: string;
  /** Under which the fold is kept. */
  readonly name: string;
  /** All that the same lines' fold depends on: equal text, equal fold. */
  readonly basis: string;
  readonly empty: () => S;
  /** Adds a line of another program. */
  take(fold: S, row: Json): void;
  /** Called for each line of ours that was read. Runs in a transaction. */
  readonly takeOwn?: (row: Json) => void;
  /** Called before a file is read from its beginning. Runs in a transaction. */
  readonly forgetOwn?: () => void;
}

type Position = Pick<FileCursor, 'inode' | 'size' | 'modifiedNs' | 'offset' | 'tail'>;

interface Kept<S> {
  readonly basis: string;
  readonly position: Position | null;
  readonly fold: S;
}

/**
 * What the lines of the file add up to; those that were added since the last time are read, and the
 * result is kept. A missing file has none.
 * @throws the system's error when the file cannot be read
 */
export function foldForeign<S extends ForeignFold>(db: WritableDb, file: ForeignFile<S>): S {
  const kept = recall(db, file);
  const now = statFile(file.path);
  if (kept !== null && isUntouched(kept.position, now)) return kept.fold;
  const from = kept === null || now === null ? null : readFrom(file.path, kept.position, now);
  const fold = kept === null || from === null ? file.empty() : kept.fold;
  return transaction(db, () => {
    if (from === null) file.forgetOwn?.();
    const offset = now === null ? 0 : takeLines(file, fold, from ?? 0);
    const position = now && { ...now, offset, tail: hashBefore(file.path, offset) };
    const next: Kept<S> = { basis: file.basis, position, fold };
    saveCursor(db, nameOf(file.name), next);
    return fold;
  });
}

function recall<S extends ForeignFold>(db: ReadableDb, file: ForeignFile<S>): Kept<S> | null {
  const kept = loadCursor<Kept<S>>(db, nameOf(file.name));
  return kept?.basis === file.basis ? kept : null;
}

function nameOf(name: string): string {
  return `foreign ${name}`;
}

type Stat = ReturnType<typeof statFile>;

function isUntouched(position: Position | null, now: Stat): boolean {
  if (position === null || now === null) return position === now;
  return (
    position.inode === now.inode &&
    position.size === now.size &&
    position.modifiedNs === now.modifiedNs
  );
}

/** Where to read on; null for a file that must be read again from its beginning. */
function readFrom(path: string, position: Position | null, now: NonNullable<Stat>): number | null {
  if (position === null || position.inode !== now.inode || now.size <= position.size) return null;
  return hashBefore(path, position.offset) === position.tail ? position.offset : null;
}

/** Returns the offset behind the last whole line. */
function takeLines<S extends ForeignFold>(file: ForeignFile<S>, fold: S, from: number): number {
  const lines = readLines(file.path, from);
  for (;;) {
    const next = lines.next();
    if (next.done) return next.value;
    const row = rowOf(next.value);
    if (row === 'bad') fold.bad++;
    else if (row !== 'blank' && isOwnRow(row)) file.takeOwn?.(row);
    else if (row !== 'blank') {
      fold.rows++;
      file.take(fold, row);
    }
  }
}
