/**
 * The full sweep, once a day and on demand: reads all rows and all lines again, also where size and
 * time of a file say that nothing changed.
 *
 *   rows     each row's sum is made again from its columns; the ids that each stream must hold are summed
 *   streams  each line's sum is made again; a good line mends the row whose sum failed; the ids and
 *            the numbers of lines are held against the rows and against what the cursor counted
 *
 * A stream that is not as its cursor says is read from its beginning by the scan that follows, which
 * heals what one witness still knows. Where neither row nor line is right, the row stays and is told of.
 */
import { isDeepStrictEqual } from 'node:util';
import { applyAmendments } from '../../src-core/event/merge.ts';
import { eventOfRecord } from '../../src-core/event/record.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { type JournalLine, readLines } from '../../src-core/journal/read.ts';
import { STREAMS, type Stream } from '../../src-core/journal/streams.ts';
import { type Row, transaction, type WritableDb } from '../../src-core/store/driver.ts';
import { createEventWriter, EVENT_COLUMNS, type EventWriter } from '../../src-core/store/events.ts';
import { addId, compareFile, saveCursor } from './cursor.ts';
import { judgeLine, type OwnLine } from './line.ts';
import { lineOfRow } from './row-lines.ts';
import { createAmendmentReader } from './sinks.ts';
import {
  beginSweep,
  MOST_SUSPECTS,
  openSweep,
  type StreamTally,
  SWEEP,
  type SweepState,
} from './sweep-state.ts';

/** How long a tick may sweep; with what else it does it stays below the cost of an idle tick. */
const SLICE_MS = 15;
const BATCH = 500;
/** How the sum stands at the end of a line: `,"sum":"0123456789abcdef"}` and the line end. */
const SUM_FROM_END = [-19, -3] as const;
const PRIMARY_BIT: Readonly<Record<string, number>> = { tool: 1, session: 2, other: 4 };

/** A slice, or all of it at once from the beginning. */
export type SweepExtent = 'slice' | 'whole';

/** What to sweep. */
export interface SweepOptions {
  readonly db: WritableDb;
  readonly paths: Paths;
  readonly now: number;
  readonly extent: SweepExtent;
}

/** A sweep that came to its end. */
export interface SweepReport {
  readonly rows: number;
  readonly lines: number;
  /** Rows that a good line replaced. */
  readonly replacedRows: number;
  /** Rows whose sum fails and for which no good line was found. */
  readonly damagedRows: number;
  /** Streams that are read again because they are not as they were left. */
  readonly reread: readonly string[];
}

/**
 * Goes on with the day's sweep; the report when it ends with this call, else null.
 * @throws the system's or SQLite's error; the next call goes on from the last slice
 */
export function sweep({ db, paths, now, extent }: SweepOptions): SweepReport | null {
  const state = extent === 'whole' ? beginSweep(db, now) : openSweep(db, now);
  if (state === null) return null;
  const until = extent === 'whole' ? Number.POSITIVE_INFINITY : performance.now() + SLICE_MS;
  const work = createWork(db, paths, state);
  while (!state.isDone && performance.now() < until) work();
  transaction(db, () => saveCursor(db, SWEEP, state));
  if (!state.isDone) return null;
  const { rows, lines, replacedRows, suspects, reread } = state;
  return { rows, lines, replacedRows, damagedRows: suspects.length, reread };
}

/** One step: a batch of rows or of lines. */
function createWork(db: WritableDb, paths: Paths, state: SweepState): () => void {
  const select = db.prepare(
    `SELECT seq, sum, lines, ${EVENT_COLUMNS} FROM hookline_event WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ${BATCH}`,
  );
  const takeLine = createLineTaker(db, state);
  return () => {
    if (state.seq < state.upTo) {
      takeRows(select.all(state.seq, state.upTo) as Row[], state);
      return;
    }
    const tally = state.streams[state.stream];
    const stream = STREAMS.find(({ name }) => name === tally?.name);
    if (tally === undefined || stream === undefined) {
      state.isDone = true;
      return;
    }
    if (!takeLines(stream.pathIn(paths), tally, state, (line) => takeLine(line, stream, tally)))
      return;
    state.stream++;
    state.offset = 0;
  };
}

function takeRows(rows: readonly Row[], state: SweepState): void {
  state.seq = rows.length === 0 ? state.upTo : Number(rows.at(-1)?.seq);
  state.rows += rows.length;
  for (const row of rows) {
    const id = String(row.id);
    if (!isRowWhole(row) && state.suspects.length < MOST_SUSPECTS) state.suspects.push(id);
    for (const [i, { bit }] of STREAMS.entries()) {
      const tally = state.streams[i];
      if (tally !== undefined && (Number(row.lines) & bit) !== 0)
        tally.idsInRows = addId(tally.idsInRows, id);
    }
  }
}

/** True when the row's sum, made again from its columns, is the one it carries. */
export function isRowWhole(row: Row): boolean {
  // The record of what is no call has no place for these, so no sum speaks of them.
  const isCall = row.kind === 'tool';
  if (!isCall && (row.tool !== null || row.file_path !== null || row.command !== null))
    return false;
  try {
    const line = lineOfRow(row, PRIMARY_BIT[String(row.kind)] ?? 0);
    return line.slice(...SUM_FROM_END) === row.sum;
  } catch (error) {
    // A member that is kept as JSON and is none.
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** True when the stream was read as far as its cursor had come when the sweep began. */
function takeLines(
  path: string,
  tally: StreamTally,
  state: SweepState,
  take: (line: OwnLine) => void,
): boolean {
  const { cursor } = tally;
  if (cursor === null || cursor.inode === '') return true;
  const { kind } = compareFile(path, cursor);
  // The scan reads such a file from its beginning anyhow.
  if (kind === 'missing' || kind === 'replaced') return true;
  const before = state.offset;
  for (const { offset, bytes } of batchOfLines(path, state.offset, cursor.offset)) {
    state.offset = offset + bytes.length + 1;
    state.lines++;
    const line = judgeLine(bytes);
    if (line.kind === 'own') take(line);
    else if (line.kind !== 'blank') tally[line.kind]++;
  }
  // Where no whole line follows although one was read there once, the file has other bytes now.
  const isStuck = state.offset === before && state.offset < cursor.offset;
  if (state.offset < cursor.offset && !isStuck) return false;
  if (isStuck || !agrees(tally)) state.reread.push(tally.name);
  return true;
}

function* batchOfLines(path: string, from: number, end: number): Generator<JournalLine> {
  if (from >= end) return;
  let left = BATCH;
  for (const line of readLines(path, from)) {
    if (line.offset >= end || left-- === 0) return;
    yield line;
  }
}

function agrees({ cursor, ...found }: StreamTally): boolean {
  if (cursor === null) return true;
  return (
    found.damaged === cursor.damaged &&
    found.foreign + found.orphans === cursor.foreign &&
    found.own === cursor.own + cursor.duplicates &&
    // Where lines stand twice the sums differ, and the numbers must do.
    (cursor.duplicates > 0 || found.idsInLines === found.idsInRows)
  );
}

/** Counts a line of ours, and mends the row by it that waits for a witness. */
function createLineTaker(
  db: WritableDb,
  state: SweepState,
): (line: OwnLine, stream: Stream, tally: StreamTally) => void {
  const find = db.prepare('SELECT lines FROM hookline_event WHERE id = ?');
  const writer = createEventWriter(db);
  const amendmentsOf = createAmendmentReader(db);
  return (line, stream, tally) => {
    const row = find.get(line.id) as Row | undefined;
    if (row === undefined || (Number(row.lines) & stream.bit) === 0) {
      tally.orphans++;
      return;
    }
    tally.own++;
    tally.idsInLines = addId(tally.idsInLines, line.id);
    if (!stream.isPrimary || !state.suspects.includes(line.id)) return;
    const event = eventOfRecord(line.record());
    if (event === null) return;
    state.suspects = state.suspects.filter((id) => id !== line.id);
    const witnessed = applyAmendments(event, amendmentsOf(line.id));
    if (isDeepStrictEqual(storedOrNull(writer, line.id), witnessed)) return;
    transaction(db, () => {
      writer.replace(witnessed);
      saveCursor(db, SWEEP, { ...state, replacedRows: ++state.replacedRows });
    });
  };
}

/** Null for a row that cannot even be read as an event. */
function storedOrNull(writer: EventWriter, id: string): unknown {
  try {
    return writer.find(id);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
