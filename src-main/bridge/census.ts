/**
 * What the store says of each stream of lines. Counting reads every row, so the result is kept and
 * used again for as long as nothing was added, taken away or read.
 */
import { STREAMS } from '../../src-core/journal/streams.ts';
import {
  type ReadableDb,
  type Row,
  transaction,
  type WritableDb,
} from '../../src-core/store/driver.ts';
import { loadCursor, saveCursor } from './cursor.ts';

/** One stream as the store has it. */
export interface StreamCount {
  /** Events that must have a line in the stream. */
  readonly expected: number;
  /** Events whose line was seen there. */
  readonly seen: number;
  /** Events that must have a line there and of which none was seen. */
  readonly missing: number;
}

/** All streams by name; a name that is not there stands for a stream without events. */
export type Census = Readonly<Record<string, StreamCount>>;

const NOBODY: StreamCount = { expected: 0, seen: 0, missing: 0 };

/** The counts of one stream. */
export function countsOf(census: Census, stream: string): StreamCount {
  return census[stream] ?? NOBODY;
}

interface Saved {
  readonly stamp: string;
  readonly census: Census;
}

/** The census as it was kept, where the store still has as many rows; else a new one. */
export function recallCensus(db: WritableDb): Census {
  const saved = loadCursor<Partial<Saved> | null>(db, 'census');
  return saved?.census !== undefined && saved.stamp === stampOf(db) ? saved.census : takeCensus(db);
}

/** Counts, and keeps the result for `recallCensus`. */
export function takeCensus(db: WritableDb): Census {
  const rows = db
    .prepare('SELECT lines, expected, count(*) AS n FROM hookline_event GROUP BY lines, expected')
    .all() as Row[];
  const sum = (isMeant: (lines: number, expected: number) => boolean): number =>
    rows
      .filter((row) => isMeant(Number(row.lines), Number(row.expected)))
      .reduce((total, row) => total + Number(row.n), 0);
  const streams = STREAMS.map(({ name, bit }): [string, StreamCount] => [
    name,
    {
      expected: sum((_, expected) => (expected & bit) !== 0),
      seen: sum((lines) => (lines & bit) !== 0),
      missing: sum((lines, expected) => (expected & ~lines & bit) !== 0),
    },
  ]);
  const census = Object.fromEntries([...streams, ['amendments', countAmendments(db)]]);
  const saved: Saved = { stamp: stampOf(db), census };
  if (JSON.stringify(loadCursor(db, 'census')) !== JSON.stringify(saved))
    transaction(db, () => saveCursor(db, 'census', saved));
  return census;
}

function countAmendments(db: ReadableDb): StreamCount {
  const row = db
    .prepare(
      'SELECT count(*) AS total, coalesce(sum(is_written), 0) AS seen FROM hookline_amendment',
    )
    .get() as Row;
  const [expected, seen] = [Number(row.total), Number(row.seen)];
  return { expected, seen, missing: expected - seen };
}

function stampOf(db: ReadableDb): string {
  const row = db
    .prepare(
      'SELECT (SELECT count(*) FROM hookline_event) AS events, (SELECT max(seq) FROM hookline_event) AS last, (SELECT count(*) FROM hookline_amendment) AS amendments',
    )
    .get() as Row;
  return `${row.events}/${row.last}/${row.amendments}`;
}
