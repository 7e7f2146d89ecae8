/**
 * What the store says of each stream of lines. Counting reads every row, so the result is kept: where
 * no row was taken away and no file read from its beginning, only the rows that came since are counted.
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

interface Stamp {
  readonly events: number;
  readonly last: number;
  readonly amendments: number;
}

interface Saved {
  readonly stamp: Stamp;
  readonly census: Census;
}

/**
 * The census as it was kept, with what came since; a new one where more than that has changed.
 * @param isStoreUntouched nobody wrote in the database since, so that its rows need not be counted
 */
export function recallCensus(db: WritableDb, isStoreUntouched = false): Census {
  const saved = loadCursor<Partial<Saved> | null>(db, 'census');
  if (saved?.census === undefined || typeof saved.stamp !== 'object') return takeCensus(db);
  if (isStoreUntouched && lastSeq(db) === saved.stamp.last) return saved.census;
  const stamp = stampOf(db);
  const isWhole = Object.values(saved.census).every(({ missing }) => missing === 0);
  if (!isWhole || stamp.amendments !== saved.stamp.amendments) return takeCensus(db);
  const fresh = countStreams(db, saved.stamp.last);
  if (stamp.events !== saved.stamp.events + fresh.events) return takeCensus(db);
  const census = addCensus(saved.census, fresh.census);
  // Rows that lack a line now are counted again as soon as they have it.
  const isFreshWhole = Object.values(fresh.census).every(({ missing }) => missing === 0);
  if (fresh.events > 0 && isFreshWhole) keepCensus(db, { stamp, census });
  return census;
}

/** Counts, and keeps the result for `recallCensus`. */
export function takeCensus(db: WritableDb): Census {
  const census = { ...countStreams(db, 0).census, amendments: countAmendments(db) };
  keepCensus(db, { stamp: stampOf(db), census });
  return census;
}

function keepCensus(db: WritableDb, saved: Saved): void {
  if (JSON.stringify(loadCursor(db, 'census')) !== JSON.stringify(saved))
    transaction(db, () => saveCursor(db, 'census', saved));
}

/** The streams as the rows behind `after` tell of them, and how many these are. */
function countStreams(db: ReadableDb, after: number): { events: number; census: Census } {
  const rows = db
    .prepare(
      'SELECT lines, expected, count(*) AS n FROM hookline_event WHERE seq > ? GROUP BY lines, expected',
    )
    .all(after) as Row[];
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
  return { events: sum(() => true), census: Object.fromEntries(streams) };
}

function addCensus(census: Census, more: Census): Census {
  const added = Object.entries(census).map(([name, before]): [string, StreamCount] => {
    const { expected, seen, missing } = countsOf(more, name);
    return [
      name,
      {
        expected: before.expected + expected,
        seen: before.seen + seen,
        missing: before.missing + missing,
      },
    ];
  });
  return Object.fromEntries(added);
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

function stampOf(db: ReadableDb): Stamp {
  const row = db
    .prepare(
      'SELECT (SELECT count(*) FROM hookline_event) AS events, (SELECT count(*) FROM hookline_amendment) AS amendments',
    )
    .get() as Row;
  return {
    events: Number(row.events),
    last: lastSeq(db),
    amendments: Number(row.amendments),
  };
}

/** `seq` of the last row; 0 where there is none. */
export function lastSeq(db: ReadableDb): number {
  const { last } = db.prepare('SELECT max(seq) AS last FROM hookline_event').get() as Row;
  return Number(last ?? 0);
}
