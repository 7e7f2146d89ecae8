/**
 * A mark of the old record: as long as it is the same, counting again gives the same. It costs a few
 * looks at file sizes and one at the newest rows, whatever the record's size.
 */
import { existsSync } from 'node:fs';
import type { Paths } from '../../src-core/files/paths.ts';
import { STREAMS } from '../../src-core/journal/streams.ts';
import { readSettings } from '../../src-core/settings/settings.ts';
import type { OpenSqlite, ReadableDb, Row } from '../../src-core/store/driver.ts';
import { type FileCursor, loadCursor, statFile } from '../bridge/cursor.ts';
import { openForeignDb } from './gather.ts';
import { listRuns } from './runs.ts';
import { witnessesOf } from './witness.ts';

/** What a count depended on. */
export interface OldMark {
  /** What the user chose and consented to, as one text. */
  readonly choices: string;
  /** How the old files are, as one text. */
  readonly files: string;
  readonly rows: RowMark | null;
  readonly own: OwnMark | null;
}

/** The old table. Rows of ours come into it all the time; they change nothing. */
interface RowMark {
  readonly last: number;
  readonly count: number;
}

/** Our own record, as far as it lies in the time of the old one. */
interface OwnMark {
  readonly seq: number;
  readonly untilAt: number;
}

/** What marking needs. */
export interface MarkOptions {
  readonly paths: Paths;
  readonly open: OpenSqlite;
  readonly db: ReadableDb | null;
}

/** Marks the present state; `untilAt`: the last moment for which our own events matter. */
export function markOldRecord(options: MarkOptions, untilAt: number): OldMark {
  const { paths, open, db } = options;
  const seq = db === null ? null : lastSeq(db);
  return {
    choices: markChoices(paths, db),
    files: markFiles(paths, db),
    rows: withRows(paths, open, (rows) => ({ last: rows.last(), count: rows.count() })),
    own: seq === null ? null : { seq, untilAt },
  };
}

/** True when nothing has happened since the mark was made that a count would show. */
export function isMarkCurrent(mark: OldMark, { paths, open, db }: MarkOptions): boolean {
  if (mark.choices !== markChoices(paths, db) || mark.files !== markFiles(paths, db)) return false;
  return areRowsCurrent(mark.rows, paths, open) && isOwnCurrent(mark.own, db);
}

/** Events that may be added before the mark should be renewed: what is new is looked through each time. */
const MARK_LASTS = 5000;

/** A current mark, brought up to where our record is now; the same one if that is near. */
export function renewMark(mark: OldMark, options: MarkOptions): OldMark {
  const { db } = options;
  if (mark.own === null || db === null || lastSeq(db) - mark.own.seq < MARK_LASTS) return mark;
  return markOldRecord(options, mark.own.untilAt);
}

/** What may change a count at once: an import, a tombstone, a folder that is left out. */
export function markChoices(paths: Paths, db: ReadableDb | null): string {
  const { excludedFolders } = readSettings(paths.settings).settings;
  return JSON.stringify([
    statFile(paths.tombstones),
    excludedFolders,
    existsSync(paths.launcher),
    db === null
      ? []
      : listRuns(db).map(({ id, finishedAt, undoneAt }) => [id, finishedAt, undoneAt]),
  ]);
}

/**
 * Our own lines come into the old files all the time and change nothing: where the bridge reads a
 * file it has counted what is not ours. Others are known by their size and time.
 */
function markFiles(paths: Paths, db: ReadableDb | null): string {
  const streams = new Map(STREAMS.map(({ name, pathIn }) => [pathIn(paths), name]));
  const marks = witnessesOf(paths)
    .map(({ path }) => path)
    .filter((path) => path !== paths.database)
    .flatMap((path) => {
      const stream = streams.get(path);
      const counted = db === null || stream === undefined ? null : countForeign(db, stream);
      return counted === null ? [statFile(path), statFile(`${path}-wal`)] : [counted];
    });
  return JSON.stringify(marks);
}

/** Null before the bridge has read the file. */
function countForeign(db: ReadableDb, stream: string): readonly unknown[] | null {
  const cursor = loadCursor<Partial<FileCursor> | null>(db, stream);
  return cursor === null ? null : [cursor.foreign, cursor.orphans, cursor.damaged];
}

function areRowsCurrent(mark: RowMark | null, paths: Paths, open: OpenSqlite): boolean {
  const current = withRows(paths, open, (rows) => {
    if (mark === null) return false;
    const added = rows.after(mark.last);
    return added === rows.ownAfter(mark.last) && rows.count() - added === mark.count;
  });
  return current ?? mark === null;
}

function isOwnCurrent(mark: OwnMark | null, db: ReadableDb | null): boolean {
  if (mark === null || db === null) return mark === null && db === null;
  const isFresh = db
    .prepare('SELECT 1 FROM hookline_event WHERE seq > ? AND at_ms <= ? LIMIT 1')
    .get(mark.seq, mark.untilAt);
  return isFresh === undefined && lastSeq(db) >= mark.seq;
}

function lastSeq(db: ReadableDb): number {
  return Number((db.prepare('SELECT max(seq) AS seq FROM hookline_event').get() as Row).seq ?? 0);
}

interface OldRows {
  last(): number;
  count(): number;
  /** How many came after that one. */
  after(last: number): number;
  /** How many of those are ours. */
  ownAfter(after: number): number;
}

/** A mark is made every minute: it rather counts anew than waits. */
const BUSY_MS = 100;

/** Null where there is no old table that can be read. */
function withRows<T>(paths: Paths, open: OpenSqlite, work: (rows: OldRows) => T): T | null {
  if (!existsSync(paths.database)) return null;
  let db: ReadableDb | null = null;
  try {
    db = openForeignDb(paths.database, open, BUSY_MS);
    const number = (sql: string, ...values: number[]): number =>
      Number((db?.prepare(sql).get(...values) as Row | undefined)?.n ?? 0);
    return work({
      last: () => number('SELECT max(rowid) AS n FROM tool_events'),
      // Without a condition the smallest index is counted, and not the table.
      count: () => number('SELECT count(*) AS n FROM tool_events'),
      after: (after) => number('SELECT count(*) AS n FROM tool_events WHERE rowid > ?', after),
      ownAfter: (after) =>
        number(
          `SELECT count(*) AS n FROM tool_events WHERE rowid > ? AND metadata LIKE '%"hookline_id"%'`,
          after,
        ),
    });
  } catch {
    // A table without these columns, or a database that cannot be read, is counted anew each time.
    return null;
  } finally {
    db?.close();
  }
}
