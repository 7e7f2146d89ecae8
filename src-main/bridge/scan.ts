/**
 * Reads what is new in one JSONL file and tells SQLite of it: which events have their line, and
 * which events only the file knows. Effects and cursor are committed together, batch by batch, so
 * that a crash repeats at most work, never an effect.
 */

import { basename } from 'node:path';
import { MAX_PAYLOAD_BYTES, MAX_QUARANTINE_BYTES } from '../../src-core/base/limits.ts';
import type { Rejected } from '../../src-core/journal/quarantine.ts';
import { type JournalLine, readLines } from '../../src-core/journal/read.ts';
import { type ReadableDb, transaction, type WritableDb } from '../../src-core/store/driver.ts';
import type { ArchivedLines } from '../maintain/archive/open-archive.ts';
import {
  type ArchiveCounts,
  addId,
  compareFile,
  type FileCursor,
  hashBefore,
  loadCursor,
  saveCursor,
  statFile,
} from './cursor.ts';
import { judgeLine, type Line, type OwnLine } from './line.ts';

/** Lines in one transaction: few enough that other writers wait milliseconds. */
export const BATCH_LINES = 500;

/** How to read. */
export interface ScanOptions {
  readonly now: number;
  readonly reject: Reject;
  /** Lines in one transaction, where nobody else waits for the store. */
  readonly batchLines?: number;
}

/** What reading a file gave. */
export interface Scan {
  readonly cursor: FileCursor;
  /** What was read of the file before still stands there. */
  readonly isContinued: boolean;
  readonly healedToSqlite: number;
}

/** Keeps lines that were not understood; called before the batch that read them is committed. */
export type Reject = (rejected: readonly Rejected[]) => void;

/** How lines of a file bear on the store. */
export interface LineSink {
  readonly name: string;
  readonly path: string;
  /** Lines that were taken out of the file, and count as standing there; null for none. */
  readonly archive?: ArchivedLines | null;
  /** Forgets which events have a line in this file: it is gone or another one. Opens its own transactions. */
  forget(): void;
  /** The last row that may have a line in this file, where its lines can be made from rows in bulk. */
  lastSeq?(): number;
  /** Begins a reading: nothing of an earlier one is remembered but what is in the store. */
  begin(): void;
  /** Takes a line of ours; its effect is in the store once `flush` was called. */
  take(line: OwnLine): 'seen' | 'repeated' | 'healed' | 'orphan' | 'damaged';
  /** Writes what was taken. Runs, as `take`, in the caller's transaction. */
  flush(): void;
}

const NOTHING_READ = { own: 0, duplicates: 0, foreign: 0, damaged: 0, orphans: 0 } as const;
/** The cursor of a file of which nothing was read. */
export const EMPTY_CURSOR: FileCursor = {
  inode: '',
  offset: 0,
  tail: '',
  size: 0,
  modifiedNs: '',
  ...NOTHING_READ,
  refill: null,
  archived: null,
};

/**
 * Brings the store up to date with the file.
 * @throws the system's or SQLite's error; what was committed until then stays right
 */
export function scanFile(db: WritableDb, sink: LineSink, options: ScanOptions): Scan {
  const cursor = readCursor(db, sink.name);
  if (isArchiveOther(sink, cursor)) return scanAnew(db, sink, options);
  const state = compareFile(sink.path, cursor);
  switch (state.kind) {
    case 'untouched':
      return {
        cursor: cursor ?? EMPTY_CURSOR,
        isContinued: cursor?.refill == null,
        healedToSqlite: 0,
      };
    case 'missing':
      if (cursor?.inode === '') {
        return { cursor, isContinued: cursor.refill === null, healedToSqlite: 0 };
      }
      // Which of its lines are in the archive only the archive tells.
      if (sink.archive) return scanAnew(db, sink, options);
      return { cursor: beginRefill(db, sink), isContinued: false, healedToSqlite: 0 };
    case 'replaced':
      if (isUnread(cursor)) return scanFrom(db, sink, cursor, options);
      return scanAnew(db, sink, options);
    case 'grown':
      // Somebody, or a run that was killed, wrote on: which rows have their line only the file tells.
      if (cursor?.refill) return scanAnew(db, sink, options);
      return scanFrom(db, sink, cursor ?? EMPTY_CURSOR, options);
  }
}

function isArchiveOther({ archive }: LineSink, cursor: FileCursor | null): boolean {
  return (cursor?.archived?.stamp ?? null) !== (archive?.stamp ?? null);
}

/** True for a cursor of a file that was not there: no row is marked by a line of it. */
function isUnread(cursor: FileCursor | null): cursor is FileCursor {
  return cursor?.inode === '' && cursor.refill === null;
}

function scanAnew(db: WritableDb, sink: LineSink, options: ScanOptions): Scan {
  startOver(db, sink);
  return scanFrom(db, sink, EMPTY_CURSOR, options);
}

/**
 * The file is gone: all lines are to be written again. That the rows' marks do not hold until then is
 * said once here, instead of in each row.
 */
function beginRefill(db: WritableDb, sink: LineSink): FileCursor {
  const upTo = sink.lastSeq?.() ?? 0;
  if (upTo === 0) {
    startOver(db, sink);
    return EMPTY_CURSOR;
  }
  const cursor = { ...EMPTY_CURSOR, refill: { after: 0, upTo } };
  transaction(db, () => saveCursor(db, sink.name, cursor));
  return cursor;
}

/** The file's cursor; null where there is none to be read. */
export function readCursor(db: ReadableDb, name: string): FileCursor | null {
  const saved = loadCursor<Partial<FileCursor> | null>(db, name);
  return typeof saved?.inode === 'string' ? { ...EMPTY_CURSOR, ...saved } : null;
}

/** True when another file stands in the place of one whose lines were seen. */
export function isReplaced(db: ReadableDb, name: string, path: string): boolean {
  const cursor = readCursor(db, name);
  if (cursor === null || cursor.inode === '') return false;
  return compareFile(path, cursor).kind === 'replaced';
}

/**
 * Lets the next scan read the file from its beginning. The cursor is given up last: a crash on the
 * way leaves one that the same trouble makes start over again.
 */
export function startOver(db: WritableDb, sink: LineSink): void {
  sink.forget();
  transaction(db, () => saveCursor(db, sink.name, EMPTY_CURSOR));
}

function scanFrom(
  db: WritableDb,
  sink: LineSink,
  start: FileCursor,
  { now, reject, batchLines = BATCH_LINES }: ScanOptions,
): Scan {
  sink.begin();
  const before =
    sink.archive && start.archived === null
      ? scanArchive(db, sink, sink.archive, batchLines)
      : { cursor: start, healed: 0 };
  let healedToSqlite = before.healed;
  const stat = statFile(sink.path);
  if (stat === null) return { cursor: before.cursor, isContinued: false, healedToSqlite };
  const lines = readLines(sink.path, start.offset);
  let cursor: FileCursor = { ...before.cursor, ...stat };
  for (let isDone = false; !isDone; ) {
    transaction(db, () => {
      const batch = takeBatch(lines, sink, { now, batchLines });
      sink.flush();
      isDone = batch.isDone;
      healedToSqlite += batch.healed;
      if (batch.rejected.length > 0) reject(batch.rejected);
      const offset = batch.offset ?? cursor.offset;
      cursor = { ...addCounts(cursor, batch), offset, tail: hashBefore(sink.path, offset) };
      // Only a file read to its end may be skipped next time.
      saveCursor(db, sink.name, isDone ? cursor : { ...cursor, size: offset, modifiedNs: '' });
    });
  }
  return { cursor, isContinued: start.inode !== '', healedToSqlite };
}

/** Reads what is archived, which comes before the file as it did when it stood there. */
function scanArchive(
  db: WritableDb,
  sink: LineSink,
  archive: ArchivedLines,
  batchLines: number,
): { cursor: FileCursor; healed: number } {
  const lines = archive.read();
  const counts: Counts & { healed: number } = { ...NOTHING_READ, healed: 0 };
  let ids = 0;
  for (let isDone = false; !isDone; ) {
    transaction(db, () => {
      for (let i = 0; i < batchLines && !isDone; i++) {
        const next = lines.next();
        isDone = next.done === true;
        if (next.done) break;
        const line = judgeLine(next.value);
        const known = counts.own + counts.duplicates;
        countLine(line, sink, counts);
        if (line.kind === 'own' && counts.own + counts.duplicates > known)
          ids = addId(ids, line.id);
      }
      sink.flush();
    });
  }
  const { healed, ...read } = counts;
  const archived: ArchiveCounts = { ...read, stamp: archive.stamp, ids };
  const cursor = { ...EMPTY_CURSOR, ...read, archived };
  transaction(db, () => saveCursor(db, sink.name, cursor));
  return { cursor, healed };
}

type Counts = { -readonly [Name in keyof typeof NOTHING_READ]: number };

interface Batch extends Counts {
  /** Behind the last line; null when there was none. */
  offset: number | null;
  isDone: boolean;
  healed: number;
  rejected: Rejected[];
}

function takeBatch(
  lines: Generator<JournalLine, number>,
  sink: LineSink,
  { now, batchLines }: { readonly now: number; readonly batchLines: number },
): Batch {
  const batch: Batch = { ...NOTHING_READ, offset: null, isDone: false, healed: 0, rejected: [] };
  for (let i = 0; i < batchLines; i++) {
    const next = lines.next();
    if (next.done) {
      batch.offset = next.value;
      batch.isDone = true;
      return batch;
    }
    const { offset, bytes } = next.value;
    batch.offset = offset + bytes.length + 1;
    const reason = countLine(judgeLine(bytes), sink, batch);
    if (reason === null) continue;
    const from = basename(sink.path);
    const kept = bytes.length > MAX_PAYLOAD_BYTES ? bytes.subarray(0, MAX_QUARANTINE_BYTES) : bytes;
    batch.rejected.push({ at: now, from, offset, reason, bytes: Buffer.from(kept) });
  }
  return batch;
}

/** Counts the line where it belongs; returns why it was not understood, or null. */
function countLine(line: Line, sink: LineSink, batch: Counts & { healed: number }): string | null {
  if (line.kind === 'blank') return null;
  if (line.kind === 'damaged') {
    batch.damaged++;
    return line.reason;
  }
  if (line.kind === 'foreign') {
    batch.foreign++;
    return null;
  }
  switch (sink.take(line)) {
    case 'seen':
      batch.own++;
      return null;
    case 'healed':
      batch.own++;
      batch.healed++;
      return null;
    case 'repeated':
      batch.duplicates++;
      return null;
    case 'orphan':
      batch.foreign++;
      batch.orphans++;
      return null;
    case 'damaged':
      batch.damaged++;
      return 'a record of ours that tells no event';
  }
}

function addCounts(cursor: FileCursor, counts: Counts): FileCursor {
  return {
    ...cursor,
    own: cursor.own + counts.own,
    duplicates: cursor.duplicates + counts.duplicates,
    foreign: cursor.foreign + counts.foreign,
    damaged: cursor.damaged + counts.damaged,
    orphans: cursor.orphans + counts.orphans,
  };
}
