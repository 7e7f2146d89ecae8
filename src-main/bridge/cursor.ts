/**
 * How far a file has been read, and how to know that it is still the same file. A file that only
 * grew is read on from there; one that was truncated, replaced or edited is read again from its
 * beginning.
 */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { sha256 } from '../../src-core/journal/sum.ts';
import type { ReadableDb, Row, Statement, WritableDb } from '../../src-core/store/driver.ts';

/** How many bytes before the offset are remembered by their hash. */
const TAIL_BYTES = 4096;

/** What is remembered of a file. */
export interface FileCursor {
  readonly inode: string;
  /** Behind the last complete line that was read. */
  readonly offset: number;
  /** Hash of the bytes before `offset`. */
  readonly tail: string;
  /** Size and time when it was read, to skip a file that nobody touched. */
  readonly size: number;
  readonly modifiedNs: string;
  /** Lines of ours, each event once; repeated ones; and those that are nobody's we know. */
  readonly own: number;
  readonly duplicates: number;
  readonly foreign: number;
  readonly damaged: number;
  /** Lines of ours whose event the store did not know when they were read; counted as foreign too. */
  readonly orphans: number;
  /** Set while a file that was gone is written again; no bit of these rows counts until then. */
  readonly refill: Refill | null;
  /** The part of these counts that stands in the archive; null where nothing is archived. */
  readonly archived: ArchiveCounts | null;
}

/** What was read of a stream's archive. */
export interface ArchiveCounts
  extends Pick<FileCursor, 'own' | 'duplicates' | 'foreign' | 'damaged' | 'orphans'> {
  /** The archive as it was then. */
  readonly stamp: string;
  /** Sum of the ids of `own` and `duplicates`. */
  readonly ids: number;
}

/** Rows of `seq` above `after` and up to `upTo`, whose lines are still to be written. */
export interface Refill {
  readonly after: number;
  readonly upTo: number;
}

/** How a file stands against its cursor. */
export type FileState =
  | { readonly kind: 'untouched' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'grown'; readonly from: number }
  | { readonly kind: 'replaced' };

/** Compares a file with its cursor. */
export function compareFile(path: string, cursor: FileCursor | null): FileState {
  const now = statFile(path);
  if (now === null) return { kind: 'missing' };
  if (cursor === null) return { kind: 'replaced' };
  if (now.inode !== cursor.inode) return { kind: 'replaced' };
  if (now.size === cursor.size && now.modifiedNs === cursor.modifiedNs)
    return { kind: 'untouched' };
  // Touched without growing: somebody wrote over what was read.
  if (now.size <= cursor.size) return { kind: 'replaced' };
  return hashBefore(path, cursor.offset) === cursor.tail
    ? { kind: 'grown', from: cursor.offset }
    : { kind: 'replaced' };
}

/** The identity, size and time of a file; null where there is none. */
export function statFile(path: string): Pick<FileCursor, 'inode' | 'size' | 'modifiedNs'> | null {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (stat === undefined) return null;
  return {
    inode: `${stat.dev}:${stat.ino}`,
    size: Number(stat.size),
    modifiedNs: String(stat.mtimeNs),
  };
}

/** Hash of the last bytes before `offset`. */
export function hashBefore(path: string, offset: number): string {
  const length = Math.min(TAIL_BYTES, offset);
  const bytes = Buffer.alloc(length);
  const file = openSync(path, 'r');
  try {
    const count = length === 0 ? 0 : readSync(file, bytes, 0, length, offset - length);
    return createHash('sha256').update(bytes.subarray(0, count)).digest('hex').slice(0, 16);
  } finally {
    closeSync(file);
  }
}

/** Reads a value that the bridge keeps in the store under a name; null where there is none to be read. */
export function loadCursor<T>(db: ReadableDb, name: string): T | null {
  const row = db.prepare('SELECT value FROM hookline_cursor WHERE stream = ?').get(name) as
    | Row
    | undefined;
  if (row === undefined) return null;
  try {
    return JSON.parse(String(row.value)) as T;
  } catch {
    // Whoever has no cursor reads from the beginning, which is always right.
    return null;
  }
}

/** Adds an id to a sum that does not depend on their order. */
export function addId(sum: number, id: string): number {
  return (sum + Number.parseInt(sha256(id).slice(0, 12), 16)) % 2 ** 52;
}

/** Prepared once for each connection: statements made for each of many batches pile up in memory. */
const saving = new WeakMap<WritableDb, Statement>();

/** Keeps a value under a name. Runs in the caller's transaction. */
export function saveCursor(db: WritableDb, name: string, value: unknown): void {
  let save = saving.get(db);
  if (save === undefined) {
    save = db.prepare('INSERT OR REPLACE INTO hookline_cursor VALUES (?, ?)');
    saving.set(db, save);
  }
  save.run(name, JSON.stringify(value));
}
