/**
 * Finds rows by id and marks them as seen in a stream, cheaply where lines come in the order of
 * their rows, as they do in a file that was appended to: rows ahead are read in one query, and a
 * batch is marked by one update over its range.
 */
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { type Row, transaction, type WritableDb } from '../../src-core/store/driver.ts';
import { lastSeq } from './census.ts';

/** As much of a row as a line needs. */
export interface MarkedRow {
  readonly id: string;
  readonly seq: number;
  readonly sum: string;
  /** The event must have a line in the stream; one that was amended since may have had one before. */
  readonly isExpected: boolean;
  lines: number;
}

/** Rows of one stream while its file is read. */
export interface RowMarks {
  find(id: string): MarkedRow | undefined;
  /** Told of an event that is about to get its row; returns the streams with which the row begins. */
  add(event: CapturedEvent): number;
  /** Marks the row as seen, with the next `flush`; false when it was already. */
  mark(row: MarkedRow): boolean;
  /** The same for the row of that id; undefined when there is none. */
  markById(id: string): boolean | undefined;
  /** Writes the marks. Runs in the caller's transaction. */
  flush(): void;
  /** Forgets which rows were seen in the stream. Opens its own transactions. */
  forget(): void;
  /** Forgets what was looked up or marked and not written: the rows may have changed since. */
  reset(): void;
}

/** Rows in one transaction of forgetting: few enough that other writers wait milliseconds. */
const FORGET_ROWS = 2000;
const FIRST_WINDOW = 8;
const WIDEST_WINDOW = 2000;
/** A range with more rows than this for each marked one is marked row by row. */
const SPARSE = 8;

/** Looks rows up for the stream of that bit. */
export function createRowMarks(db: WritableDb, bit: number): RowMarks {
  const findOne = db.prepare(
    'SELECT id, seq, sum, lines, expected FROM hookline_event WHERE id = ?',
  );
  const findNext = db.prepare(
    'SELECT id, seq, sum, lines, expected FROM hookline_event WHERE seq > ? AND expected & ? <> 0 ORDER BY seq LIMIT ?',
  );
  const countRange = db.prepare(
    'SELECT count(*) AS n FROM hookline_event WHERE seq BETWEEN ? AND ? AND expected & ? <> 0 AND lines & ? = 0',
  );
  const markRange = db.prepare(
    'UPDATE hookline_event SET lines = lines | ? WHERE seq BETWEEN ? AND ? AND expected & ? <> 0',
  );
  const markOne = db.prepare('UPDATE hookline_event SET lines = lines | ? WHERE seq = ?');
  let ahead = new Map<string, MarkedRow>();
  let width = FIRST_WINDOW;
  let used = 0;
  let marked = new Set<number>();
  let areAllExpected = true;

  /** Lines out of order make looking ahead a waste: the window follows how much of it was used. */
  const lookAhead = (seq: number): void => {
    width = used * 2 >= width ? Math.min(width * 4, WIDEST_WINDOW) : Math.max(1, width >> 2);
    used = 0;
    ahead = new Map(
      (findNext.all(seq, bit, width) as Row[]).map((row) => [String(row.id), markedRow(row)]),
    );
  };
  /** A row that was marked and not yet written must not look unmarked when it is read again. */
  const markedRow = (row: Row): MarkedRow => {
    const seq = Number(row.seq);
    const lines = Number(row.lines) | (marked.has(seq) ? bit : 0);
    const isExpected = (Number(row.expected) & bit) !== 0;
    return { id: String(row.id), seq, sum: String(row.sum), isExpected, lines };
  };
  const find = (id: string): MarkedRow | undefined => {
    const known = ahead.get(id);
    if (known !== undefined) {
      used++;
      return known;
    }
    const row = findOne.get(id) as Row | undefined;
    if (row === undefined) return undefined;
    const found = markedRow(row);
    lookAhead(found.seq);
    return found;
  };
  const mark = (row: MarkedRow): boolean => {
    if ((row.lines & bit) !== 0) return false;
    row.lines |= bit;
    marked.add(row.seq);
    areAllExpected &&= row.isExpected;
    return true;
  };
  return {
    find,
    mark,
    markById: (id) => {
      const row = find(id);
      return row === undefined ? undefined : mark(row);
    },
    add: () => bit,
    forget: () => forgetLines(db, bit),
    flush: () => {
      if (marked.size === 0) return;
      const [from, to] = [Math.min(...marked), Math.max(...marked)];
      const isDense = areAllExpected && to - from < marked.size * SPARSE;
      const row = isDense ? (countRange.get(from, to, bit, bit) as Row) : null;
      // Only where every row of the range was seen may the range be marked as a whole.
      if (row !== null && Number(row.n) === marked.size) markRange.run(bit, from, to, bit);
      else for (const seq of marked) markOne.run(bit, seq);
      marked = new Set();
      areAllExpected = true;
    },
    reset: () => {
      ahead = new Map();
      width = FIRST_WINDOW;
      used = 0;
      marked = new Set();
      areAllExpected = true;
    },
  };
}

/** Forgets for all of these streams in one pass over the rows behind `after`. Opens its own transactions. */
export function forgetLines(db: WritableDb, bits: number, after = 0): void {
  const last = lastSeq(db);
  const update = db.prepare(
    'UPDATE hookline_event SET lines = lines & ~? WHERE seq > ? AND seq <= ? AND lines & ? <> 0',
  );
  for (let from = after; from < last; from += FORGET_ROWS)
    transaction(db, () => update.run(bits, from, from + FORGET_ROWS, bits));
}
