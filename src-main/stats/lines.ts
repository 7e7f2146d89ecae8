/**
 * Lines of ours in the files of recoveries and of flow, for those who read these files line by line.
 *
 * A line is appended when what it tells can hardly change any more, and counts as written when it is
 * read back. Its id follows from what it tells of, so a run that died in between finds its lines in
 * the file, and a file that was deleted is filled again. A line that turned out wrong stays, and an
 * amendment says what is right.
 */
import { basename } from 'node:path';
import type { Amendment } from '../../src-core/event/merge.ts';
import type { JsonRecord } from '../../src-core/event/record.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { recordAmendments } from '../../src-core/journal/amendments.ts';
import { appendLines } from '../../src-core/journal/append.ts';
import { lineOf } from '../../src-core/journal/sum.ts';
import { type Row, transaction, type WritableDb } from '../../src-core/store/driver.ts';
import { foldMeasurements } from './flow.ts';
import { flowLine, recoveryLine } from './line-records.ts';
import { foldOutcomes } from './recovery.ts';
import { type LineFile, scopeOfLine, stateOfLine } from './rollup/seen-lines.ts';
import { QUARTER_MS, type Zone } from './zone.ts';

/** What is told so late changes a line only by an amendment. */
const GRACE_MS = 30 * 60_000;
/** Lines of one go; the rest follows in the same run. */
const AT_ONCE = 5000;

/** What telling works on. */
export interface LineOptions {
  readonly db: WritableDb;
  readonly paths: Paths;
  readonly zone: Zone;
  readonly now: number;
}

/** What could not be appended to. */
export type LineProblem = { readonly store: string; readonly reason: string };

/** Appends the lines that are due. The rollups must be up to date. */
export function tellLines(options: LineOptions): readonly LineProblem[] {
  const { paths } = options;
  return [
    ...tellFile(options, 'recovery', paths.journals.recoveryOutcomes),
    ...tellFile(options, 'flow', paths.journals.flowHistory),
  ];
}

function tellFile(options: LineOptions, file: LineFile, path: string): readonly LineProblem[] {
  const read = (): unknown =>
    file === 'recovery'
      ? foldOutcomes(options.db, path)
      : foldMeasurements(options.db, path, options.zone);
  try {
    read();
  } catch (error) {
    // The statistic that is made of the file meets the same and reports it.
    if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
    return [];
  }
  try {
    while (tellSome(options, file, path)) read();
    return [];
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
    return [{ store: basename(path), reason: (error as Error).message }];
  }
}

/** False when nothing was due. */
function tellSome({ db, now }: LineOptions, file: LineFile, path: string): boolean {
  const due = dueRecords(db, file, now - GRACE_MS);
  const known = db.prepare('SELECT state FROM hookline_line WHERE id = ?');
  const isNew = (record: JsonRecord): boolean => known.get(String(record.id)) === undefined;
  const fresh = due.filter(isNew);
  correct(db, file, { records: due.filter((record) => !isNew(record)), now });
  appendLines(path, fresh.map(lineOf));
  return fresh.length > 0;
}

function dueRecords(db: WritableDb, file: LineFile, until: number): readonly JsonRecord[] {
  if (file === 'flow') {
    return (
      db
        .prepare(
          `SELECT * FROM hookline_rollup_quarter WHERE score IS NOT NULL AND is_told = 0 AND quarter < ?
           ORDER BY quarter LIMIT ${AT_ONCE}`,
        )
        .all(Math.floor(until / QUARTER_MS)) as Row[]
    ).map(flowLine);
  }
  return (
    db
      .prepare(
        `SELECT * FROM hookline_rollup_episode WHERE ended_at_ms IS NOT NULL AND is_told = 0 AND ended_at_ms < ?
         ORDER BY ended_at_ms LIMIT ${AT_ONCE}`,
      )
      .all(until) as Row[]
  ).map(recoveryLine);
}

/** Amends lines that say something else than these records. */
function correct(
  db: WritableDb,
  file: LineFile,
  { records, now }: { readonly records: readonly JsonRecord[]; readonly now: number },
): void {
  if (records.length === 0) return;
  const amend = db.prepare('UPDATE hookline_line SET state = ? WHERE id = ?');
  const tell = db.prepare(
    file === 'recovery'
      ? 'UPDATE hookline_rollup_episode SET is_told = 1 WHERE event_id = ?'
      : 'UPDATE hookline_rollup_quarter SET is_told = 1 WHERE quarter = ?',
  );
  transaction(db, () => {
    for (const record of records) {
      const state = stateOfLine(file, record);
      const id = String(record.id);
      recordAmendments(db, [amendmentOf(id, state, now)]);
      amend.run(state, id);
      tell.run(scopeOfLine(file, id));
    }
  });
}

/** What the line `id` should say. */
function amendmentOf(id: string, value: string, at: number): Amendment {
  return { eventId: id, field: 'outcome', value, source: 'statistics', at };
}
