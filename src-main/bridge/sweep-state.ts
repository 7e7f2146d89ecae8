/** How far the present sweep is, kept in the store so that a tick does a slice of it. */
import { STREAMS } from '../../src-core/journal/streams.ts';
import type { ReadableDb } from '../../src-core/store/driver.ts';
import { lastSeq } from './census.ts';
import { type FileCursor, loadCursor } from './cursor.ts';
import { readCursor } from './scan.ts';

/** Name under which the state is kept. */
export const SWEEP = 'sweep';
const DAY_MS = 86_400_000;
/** More rows than this are not mended one by one: then the database is what is to be restored. */
export const MOST_SUSPECTS = 1000;

/** Lines of one stream, as the sweep and the cursor that it began with tell of them. */
export interface StreamTally {
  readonly name: string;
  readonly cursor: FileCursor | null;
  /** Sum of the ids that rows say to stand there. */
  idsInRows: number;
  idsInLines: number;
  own: number;
  orphans: number;
  foreign: number;
  damaged: number;
}

/** The state of a sweep. */
export interface SweepState {
  /** Day of its beginning, UTC, counted since 1970. */
  readonly day: number;
  /** Rows that came later are left to the next sweep. */
  readonly upTo: number;
  seq: number;
  readonly streams: StreamTally[];
  /** The stream that is being read, by its place among `streams`, and how far. */
  stream: number;
  offset: number;
  rows: number;
  lines: number;
  /** Ids of rows whose sum fails and for which no line has spoken yet. */
  suspects: string[];
  replacedRows: number;
  /** Streams in which something was found that their cursor does not say. */
  reread: string[];
  isDone: boolean;
}

/** The sweep to go on with; null where the day's is done. */
export function openSweep(db: ReadableDb, now: number): SweepState | null {
  const day = Math.floor(now / DAY_MS);
  const state = loadCursor<SweepState>(db, SWEEP);
  if (state === null || (state.isDone && state.day !== day)) return beginSweep(db, now);
  return state.isDone ? null : state;
}

/** A new sweep of all that is there now. */
export function beginSweep(db: ReadableDb, now: number): SweepState {
  return {
    day: Math.floor(now / DAY_MS),
    upTo: lastSeq(db),
    seq: 0,
    streams: STREAMS.map(({ name }) => beginTally(name, readCursor(db, name))),
    stream: 0,
    offset: 0,
    rows: 0,
    lines: 0,
    suspects: [],
    replacedRows: 0,
    reread: [],
    isDone: false,
  };
}

/** Lines in the archive are verified by its own sums, and taken as they were read. */
function beginTally(name: string, cursor: FileCursor | null): StreamTally {
  const { ids, own, duplicates, foreign, damaged } = cursor?.archived ?? NOTHING_ARCHIVED;
  return {
    ...{ name, cursor, idsInRows: 0, idsInLines: ids },
    ...{ own: own + duplicates, orphans: 0, foreign, damaged },
  };
}

const NOTHING_ARCHIVED = { ids: 0, own: 0, duplicates: 0, foreign: 0, damaged: 0 } as const;

/** Ids of rows that the last sweep found damaged, with no good line to mend them by. */
export function damagedIds(db: ReadableDb): ReadonlySet<string> {
  return new Set(loadCursor<SweepState>(db, SWEEP)?.suspects ?? []);
}
