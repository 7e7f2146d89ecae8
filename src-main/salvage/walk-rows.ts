/** Finds the rows of a damaged table that can be read, around the pages that cannot. */
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import { toStoreError } from '../../src-core/store/store-error.ts';

/** Rowids of one step; where a step fails its rows are tried one by one. */
const STEP = 500;
/** Rowids beyond are no whole numbers here. */
const LAST = Number.MAX_SAFE_INTEGER;

/** A table, and the name under which its rowid can be asked for. */
export interface RowidTable {
  /** Quoted, with its schema. */
  readonly from: string;
  readonly rowid: string;
}

/**
 * Calls `take` for ranges of rowids, both ends included, in their order. What `take` throws for
 * damage makes it be called for each rowid of the range; another error ends the walk. Returns
 * whether every row was taken.
 * @throws what `take` throws that is not damage
 */
export function walkRows(
  db: ReadableDb,
  table: RowidTable,
  take: (first: number, last: number) => void,
): boolean {
  const next = createFinder(db, table);
  // Leaps from the least number there is would not come upon the rows from 1 on.
  let isWhole = next(-LAST) !== DAMAGED;
  for (let start: number | null = isWhole ? -LAST : 0; start !== null; ) {
    const first = next(start);
    if (first === null) return isWhole;
    if (first === DAMAGED) {
      isWhole = false;
      start = nextReadable(next, start);
    } else {
      isWhole = takeStep(first, take) && isWhole;
      start = first + STEP;
    }
  }
  return isWhole;
}

/** Finds the first row from a rowid on; null where there is none. */
function createFinder(db: ReadableDb, { from, rowid }: RowidTable): (start: number) => Found {
  const find = db.prepare(
    `SELECT ${rowid} AS found FROM ${from} WHERE ${rowid} BETWEEN ? AND ${LAST} ORDER BY ${rowid} LIMIT 1`,
  );
  return (start) => {
    const row = attempt(() => find.get(start) as Row | undefined);
    if (row === DAMAGED) return DAMAGED;
    return row === undefined ? null : Number(row.found);
  };
}

/** False when a row of the step could not be taken. */
function takeStep(first: number, take: (first: number, last: number) => void): boolean {
  if (attempt(() => take(first, first + STEP - 1)) !== DAMAGED) return true;
  let isWhole = true;
  for (let at = first; at < first + STEP; at++)
    if (attempt(() => take(at, at)) === DAMAGED) isWhole = false;
  return isWhole;
}

/** Stands for what cannot be read. */
const DAMAGED = Symbol('damaged');
type Found = number | null | typeof DAMAGED;

/** Runs `work`; tells damage from other errors. */
export function attempt<T>(work: () => T): T | typeof DAMAGED {
  try {
    return work();
  } catch (error) {
    if (toStoreError(error).kind !== 'corrupt') throw error;
    return DAMAGED;
  }
}

/** True for what `attempt` returns where something cannot be read. */
export function isDamaged(value: unknown): value is typeof DAMAGED {
  return value === DAMAGED;
}

/**
 * Where rows can be read again after a damaged page: in growing leaps, then halving the last one.
 * Null where nothing after it can be read.
 */
function nextReadable(next: (start: number) => Found, start: number): number | null {
  let bad = start;
  for (let leap = 1; bad + leap <= LAST; leap *= 2) {
    if (next(bad + leap) === DAMAGED) {
      bad += leap;
      continue;
    }
    let good = bad + leap;
    while (good - bad > 1) {
      const middle = bad + Math.floor((good - bad) / 2);
      if (next(middle) === DAMAGED) bad = middle;
      else good = middle;
    }
    return good;
  }
  return null;
}
