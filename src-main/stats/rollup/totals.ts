/**
 * What all scopes add up to, by dimension, name and part of the name. A scope that changes takes
 * away what it had brought and brings what it has now; sums are whole numbers, so nothing is lost on
 * the way.
 *
 * The first appearance of a name cannot be taken away like a sum. Where it may have been in what was
 * taken away it is forgotten, and looked up again before anything is published.
 */
import type { ReadableDb, Row, WritableDb } from '../../../src-core/store/driver.ts';
import { createDaySums } from './day-sums.ts';
import type { Columns, Replaced } from './rows.ts';

/** What is counted under which names. `first_at` is a time, a row number, or 0 where it has no use. */
export type Dimension =
  | 'tool'
  | 'model'
  | 'source'
  | 'type'
  | 'error'
  | 'program'
  | 'subcommand'
  | 'folder'
  | 'duration'
  | 'flow'
  | 'ending'
  | 'attempts'
  | 'between'
  | 'recovery'
  | 'day'
  | 'peak';

/** What one scope brings under a name. */
export interface Share {
  readonly dimension: Dimension;
  readonly name: string;
  readonly part?: string;
  readonly count: number;
  readonly total?: number;
  /** When the name appeared first in the scope. */
  readonly first?: number;
}

interface Change extends Required<Pick<Share, 'dimension' | 'name' | 'part'>> {
  count: number;
  total: number;
  /** Earliest appearance among what is brought and among what is taken away. */
  brought: number | null;
  taken: number | null;
}

/** Collects what scopes bring and take away. */
export interface Changes {
  /** Takes away what rows had brought that are gone, and adds what the new ones bring. */
  move(rows: Replaced, sharesOf: (row: Columns) => readonly Share[]): void;
  /** The same for the calls of a day (UTC). */
  moveDay(day: number, calls: Replaced): void;
  /** Stores it all. Runs in the caller's transaction. */
  apply(): void;
}

/** For a rebuild, which adds everything up at its end. */
export const NO_CHANGES: Changes = { move: () => {}, moveDay: () => {}, apply: () => {} };

/** Collects changes of the totals of this store. */
export function createChanges(db: WritableDb): Changes {
  const find = db.prepare(
    'SELECT count, total, first_at FROM hookline_rollup_total WHERE dimension = ? AND name = ? AND part = ?',
  );
  const put = db.prepare('INSERT OR REPLACE INTO hookline_rollup_total VALUES (?, ?, ?, ?, ?, ?)');
  const remove = db.prepare(
    'DELETE FROM hookline_rollup_total WHERE dimension = ? AND name = ? AND part = ?',
  );
  const days = createDaySums(db);
  const changes = new Map<string, Change>();
  const changeOf = ({ dimension, name, part = '' }: Share): Change => {
    const key = `${dimension}\0${name}\0${part}`;
    const known = changes.get(key);
    if (known !== undefined) return known;
    const change = { dimension, name, part, count: 0, total: 0, brought: null, taken: null };
    changes.set(key, change);
    return change;
  };
  const bring = (share: Share): void => {
    const change = changeOf(share);
    change.count += share.count;
    change.total += share.total ?? 0;
    change.brought = earlier(change.brought, share.first);
  };
  const take = (share: Share): void => {
    const change = changeOf(share);
    change.count -= share.count;
    change.total -= share.total ?? 0;
    change.taken = earlier(change.taken, share.first);
  };
  return {
    move: ({ taken, brought }, sharesOf) => {
      for (const row of taken) sharesOf(row).forEach(take);
      for (const row of brought) sharesOf(row).forEach(bring);
    },
    moveDay: days.move,
    apply: () => {
      days.apply();
      for (const change of changes.values()) {
        const { dimension, name, part } = change;
        const row = find.get(dimension, name, part) as Row | undefined;
        const count = Number(row?.count ?? 0) + change.count;
        if (count === 0) {
          remove.run(dimension, name, part);
          continue;
        }
        const total = Number(row?.total ?? 0) + change.total;
        put.run(dimension, name, part, count, total, firstAfter(row, change));
      }
      changes.clear();
    },
  };
}

function earlier(a: number | null, b: number | undefined): number | null {
  if (a === null || b === undefined) return b ?? a;
  return Math.min(a, b);
}

/** The first appearance after a change; null when only a look at all scopes can tell. */
function firstAfter(row: Row | undefined, { brought, taken }: Change): number | null {
  if (row === undefined) return brought ?? 0;
  if (row.first_at === null) return null;
  const first = Number(row.first_at);
  if (taken === null || taken > first) return brought === null ? first : Math.min(first, brought);
  return brought !== null && brought <= first ? brought : null;
}

/** The dimensions in which some first appearance must be looked up. */
export function forgottenFirsts(db: ReadableDb): readonly Dimension[] {
  const rows = db
    .prepare('SELECT DISTINCT dimension FROM hookline_rollup_total WHERE first_at IS NULL')
    .all() as Row[];
  return rows.map(({ dimension }) => dimension as Dimension);
}

/** One total. */
export interface Total {
  readonly name: string;
  readonly part: string;
  readonly count: number;
  readonly total: number;
  readonly first: number;
}

/** All totals of a dimension, or those of one name, in the order of their names. */
export function readTotals(db: ReadableDb, dimension: Dimension, name?: string): readonly Total[] {
  const where = name === undefined ? 'dimension = ?' : 'dimension = ? AND name = ?';
  const rows = db
    .prepare(
      `SELECT name, part, count, total, first_at FROM hookline_rollup_total WHERE ${where} ORDER BY name, part`,
    )
    .all(dimension, ...(name === undefined ? [] : [name])) as Row[];
  return rows.map((row) => ({
    name: String(row.name),
    part: String(row.part),
    count: Number(row.count),
    total: Number(row.total),
    first: Number(row.first_at),
  }));
}

/** What a name has in all its parts. */
export interface Sum {
  readonly name: string;
  readonly count: number;
  readonly first: number;
}

/** Totals added up by name, or by part, most first; equal ones in the order in which they first appeared. */
export function rank(totals: readonly Total[], by: 'name' | 'part' = 'name'): Sum[] {
  const sums = new Map<string, { name: string; count: number; first: number }>();
  for (const total of totals) {
    const known = sums.get(total[by]);
    if (known === undefined) {
      sums.set(total[by], { name: total[by], count: total.count, first: total.first });
      continue;
    }
    known.count += total.count;
    known.first = Math.min(known.first, total.first);
  }
  return [...sums.values()].sort((a, b) => b.count - a.count || a.first - b.first);
}
