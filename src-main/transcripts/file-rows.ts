/** What the store remembers of each transcript: how far it was read, and how to know it again. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadableDb, Row, WritableDb } from '../../src-core/store/driver.ts';
import { hashBefore } from '../bridge/cursor.ts';
import type { TranscriptFile } from './files.ts';
import type { FileProgress } from './read-file.ts';

/** A file as the disk shows it. */
export interface FileLook {
  readonly inode: string;
  readonly size: number;
  readonly modifiedMs: number;
  /** When it was made, as far as the file system tells. */
  readonly bornMs: number;
}

/** What is remembered of a file. */
export interface FileRow extends TranscriptFile, Omit<FileLook, 'bornMs'> {
  readonly id: number;
  readonly project: string | null;
  readonly tail: string;
  readonly readTo: number;
  readonly pin: number;
  readonly taken: number;
  readonly promptId: string | null;
  /** When there is something to look at again although the file has not changed; null for never. */
  readonly againAt: number | null;
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  readonly damaged: number;
  readonly unknown: Readonly<Record<string, number>>;
  readonly goneAt: number | null;
}

/** The file as it is now; null where there is none. */
export function lookAt(projects: string, path: string): FileLook | null {
  const stat = statSync(join(projects, path), { throwIfNoEntry: false });
  if (stat === undefined) return null;
  const { dev, ino, size, mtimeMs, birthtimeMs } = stat;
  // A copy is younger than what it holds, and some file systems know no birth.
  const bornMs = birthtimeMs > 0 ? Math.min(birthtimeMs, mtimeMs) : mtimeMs;
  return { inode: `${dev}:${ino}`, size, modifiedMs: mtimeMs, bornMs };
}

/** True for a file that nobody has touched since it was read. */
export function isUntouched(row: FileRow, look: FileLook): boolean {
  return row.inode === look.inode && row.size === look.size && row.modifiedMs === look.modifiedMs;
}

/**
 * True where what was read of a file still stands at its beginning.
 * @throws the system's error when the file cannot be read
 */
export function isSameFile(projects: string, row: FileRow, look: FileLook): boolean {
  if (row.inode !== look.inode || look.size < row.readTo) return false;
  return hashBefore(join(projects, row.path), row.readTo) === row.tail;
}

/** All rows by path. */
export function loadFileRows(db: ReadableDb): ReadonlyMap<string, FileRow> {
  const rows = db.prepare('SELECT * FROM hookline_transcript').all();
  return new Map(rows.map(rowOf).map((row) => [row.path, row]));
}

function rowOf(value: unknown): FileRow {
  const row = value as Row;
  const text = (name: string): string | null => (row[name] == null ? null : String(row[name]));
  const number = (name: string): number | null => (row[name] == null ? null : Number(row[name]));
  return {
    id: Number(row.id),
    path: String(row.path),
    sessionId: String(row.session_id),
    agentId: text('agent_id'),
    project: text('project'),
    inode: String(row.inode),
    size: Number(row.size),
    modifiedMs: Number(row.modified_ms),
    tail: String(row.tail),
    readTo: Number(row.read_to),
    pin: Number(row.pin),
    taken: Number(row.taken),
    promptId: text('prompt_id'),
    againAt: number('again_at_ms'),
    firstAt: number('first_at_ms'),
    lastAt: number('last_at_ms'),
    damaged: Number(row.damaged),
    unknown: JSON.parse(text('unknown') ?? '{}') as Record<string, number>,
    goneAt: number('gone_at_ms'),
  };
}

/** How far a file was read in a run. */
export interface SavedProgress {
  readonly look: FileLook;
  readonly progress: FileProgress;
  readonly tail: string;
  /** Where the backfill goes on. */
  readonly taken: number;
  readonly againAt: number | null;
  /** The row as the run found it; null for a file that is new. */
  readonly before: FileRow | null;
}

/** Writes rows; statements are prepared once for its lifetime. All run in the caller's transaction. */
export interface FileRowWriter {
  /** The number of a file; makes its row, or empties it where the file is another one now. */
  begin(file: TranscriptFile, look: FileLook, isNew: boolean): number;
  save(id: number, saved: SavedProgress): void;
  /** Notes that a file is there no more; of its calls only those that the store lacks stay noted. */
  markGone(id: number, at: number): void;
  /** Lets the backfill read these files from their beginning. */
  rewind(ids: Iterable<number>): void;
}

/** Prepares the statements. */
export function createFileRowWriter(db: WritableDb): FileRowWriter {
  const find = db.prepare('SELECT id FROM hookline_transcript WHERE path = ?');
  const insert = db.prepare(
    `INSERT INTO hookline_transcript
       (path, session_id, agent_id, inode, size, modified_ms, tail, read_to, pin, taken, damaged)
     VALUES (?, ?, ?, ?, 0, 0, '', 0, 0, 0, 0)`,
  );
  const reset = db.prepare(
    `UPDATE hookline_transcript SET inode = ?, size = 0, modified_ms = 0, tail = '', read_to = 0,
       pin = 0, taken = 0, damaged = 0, unknown = NULL, gone_at_ms = NULL WHERE id = ?`,
  );
  const forgetCalls = db.prepare('DELETE FROM hookline_transcript_call WHERE file = ?');
  const update = db.prepare(
    `UPDATE hookline_transcript SET project = coalesce(?, project), inode = ?, size = ?,
       modified_ms = ?, tail = ?, read_to = ?, pin = ?, taken = ?, prompt_id = ?, again_at_ms = ?,
       first_at_ms = ?, last_at_ms = ?, damaged = ?, unknown = ?, gone_at_ms = NULL WHERE id = ?`,
  );
  const gone = db.prepare('UPDATE hookline_transcript SET gone_at_ms = ? WHERE id = ?');
  const forgetStored = db.prepare(
    `DELETE FROM hookline_transcript_call
     WHERE file = ? AND id IN (SELECT id FROM hookline_event)`,
  );
  const rewind = db.prepare(
    'UPDATE hookline_transcript SET taken = 0, again_at_ms = 0 WHERE id = ?',
  );
  return {
    begin: (file, look, isNew) => {
      const present = find.get(file.path) as Row | undefined;
      if (present === undefined) {
        const { path, sessionId, agentId } = file;
        return Number(insert.run(path, sessionId, agentId, look.inode).lastInsertRowid);
      }
      const id = Number(present.id);
      if (isNew) {
        reset.run(look.inode, id);
        forgetCalls.run(id);
      }
      return id;
    },
    save: (id, { look, progress, tail, taken, againAt, before }) => {
      // A file that was not read to its end counts as touched, so that the next run goes on.
      const { size, modifiedMs } = progress.isAtEnd ? look : { size: -1, modifiedMs: 0 };
      // What is read once more has been counted, and is not the last that was read.
      const isBehind = before !== null && progress.readTo < before.readTo;
      const last = isBehind ? before : { ...progress, tail };
      update.run(
        progress.project,
        look.inode,
        size,
        modifiedMs,
        last.tail,
        last.readTo,
        last.pin,
        Math.min(taken, last.pin),
        last.promptId,
        againAt,
        least([before?.firstAt, progress.firstAt]),
        greatest([before?.lastAt, progress.lastAt]),
        progress.damaged + (before?.damaged ?? 0),
        unknownText(before, progress),
        id,
      );
    },
    markGone: (id, at) => {
      gone.run(at, id);
      forgetStored.run(id);
    },
    rewind: (ids) => {
      for (const id of ids) rewind.run(id);
    },
  };
}

type Times = readonly (number | null | undefined)[];

function least(times: Times): number | null {
  const known = times.filter((at) => at != null);
  return known.length === 0 ? null : Math.min(...known);
}

function greatest(times: Times): number | null {
  const known = times.filter((at) => at != null);
  return known.length === 0 ? null : Math.max(...known);
}

function unknownText(before: FileRow | null, progress: FileProgress): string | null {
  const unknown = { ...before?.unknown };
  for (const [type, count] of progress.unknown) unknown[type] = (unknown[type] ?? 0) + count;
  return Object.keys(unknown).length === 0 ? null : JSON.stringify(unknown);
}
