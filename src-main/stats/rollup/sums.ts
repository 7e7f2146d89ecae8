/**
 * The totals from scratch: what all rows of the scopes add up to. A rebuild fills them in this way
 * at its end, first appearances that were forgotten are looked up here, and the daily check holds
 * the totals that were kept up to date against it.
 */
import type { ReadableDb, Row, WritableDb } from '../../../src-core/store/driver.ts';
import type { Zone } from '../zone.ts';
import { IN_FLOW, SCORE_UNIT } from './quarter-row.ts';
import type { Columns } from './rows.ts';
import { calendarShares, durationShares, episodeShares } from './shares.ts';
import { type Changes, createChanges, type Dimension } from './totals.ts';

const CALLS = 'sum(calls) AS count, 0 AS total, min(first_seq) AS first';

/** Sums that SQLite makes: name, part, count, total and first appearance. */
const SUMS: Readonly<Partial<Record<Dimension, string>>> = {
  tool: `SELECT tool AS name, outcome AS part, ${CALLS} FROM hookline_rollup_call GROUP BY 1, 2`,
  model: `SELECT model AS name, '' AS part, ${CALLS} FROM hookline_rollup_call GROUP BY 1`,
  source: `SELECT source AS name, '' AS part, sum(calls) AS count, 0 AS total, 0 AS first FROM hookline_rollup_call GROUP BY 1`,
  type: `SELECT * FROM (
    SELECT 'tool_use' AS name, '' AS part, ${CALLS} FROM hookline_rollup_call
    UNION ALL SELECT 'session_start', '', sum(starts), 0, min(first_start) FROM hookline_rollup_quarter
    UNION ALL SELECT 'session_end', '', sum(ends), 0, min(first_end) FROM hookline_rollup_quarter) WHERE count > 0`,
  error: `SELECT error_class AS name, json_array(tool, project) AS part, sum(errors) AS count, 0 AS total,
    min(first_at_ms) AS first FROM hookline_rollup_error GROUP BY 1, 2`,
  program: `SELECT program AS name, outcome AS part, ${CALLS} FROM hookline_rollup_command GROUP BY 1, 2`,
  subcommand: `SELECT program AS name, subcommand AS part, ${CALLS} FROM hookline_rollup_command
    WHERE subcommand <> '' GROUP BY 1, 2`,
  folder: `SELECT program AS name, project AS part, ${CALLS} FROM hookline_rollup_command
    WHERE project <> '' GROUP BY 1, 2`,
  flow: ['score', 'tempo', 'success', 'focus', 'unblocked', 'steadiness']
    .map(
      (name) =>
        `SELECT '${name}' AS name, '' AS part, count(${name}) AS count, sum(${name}) AS total, 0 AS first
         FROM hookline_rollup_quarter WHERE ${name} IS NOT NULL HAVING count(${name}) > 0`,
    )
    .join(' UNION ALL '),
};

/** The dimensions whose totals SQLite can add up. */
export const SUMMED = Object.keys(SUMS) as readonly Dimension[];

/** True when the totals of a dimension are not what its rows add up to. */
export function hasWrongTotals(db: ReadableDb, dimension: Dimension): boolean {
  const kept =
    'SELECT name, part, count, total, first_at FROM hookline_rollup_total WHERE dimension = ?';
  const summed = `SELECT name, part, count, total, first FROM (${SUMS[dimension]})`;
  const differ = (a: string, b: string): boolean =>
    db.prepare(`SELECT 1 FROM (${a} EXCEPT ${b}) LIMIT 1`).get(dimension) !== undefined;
  return differ(kept, summed) || differ(summed, kept);
}

/** Rows from which the other sums are made. */
const ROWS = {
  calendar: 'SELECT quarter, calls, starts, ends, score FROM hookline_rollup_quarter',
  durations: "SELECT program, durations FROM hookline_rollup_command WHERE durations <> '[]'",
  episodes: 'SELECT * FROM hookline_rollup_episode',
};

/** Fills the totals, which must be empty, and the sums by day. Runs in the caller's transaction. */
export function fillTotals(db: WritableDb, zone: Zone): void {
  const put = db.prepare('INSERT INTO hookline_rollup_total VALUES (?, ?, ?, ?, ?, ?)');
  for (const [dimension, query] of Object.entries(SUMS)) {
    for (const { name, part, count, total, first } of db.prepare(query).all() as Row[])
      put.run(dimension, name ?? '', part ?? '', count ?? 0, total ?? 0, first ?? 0);
  }
  const changes = createChanges(db);
  addRows(db, changes, ROWS.durations, durationShares);
  addRows(db, changes, ROWS.episodes, episodeShares);
  fillCalendar(db, changes, zone);
  db.exec(
    `INSERT INTO hookline_rollup_day SELECT quarter / 96, tool, outcome, sum(calls)
     FROM hookline_rollup_call GROUP BY 1, 2, 3`,
  );
}

/** Counts days and hours anew, in this zone. Runs in the caller's transaction. */
export function refillCalendar(db: WritableDb, zone: Zone): void {
  db.exec("DELETE FROM hookline_rollup_total WHERE dimension IN ('day', 'peak')");
  fillCalendar(db, createChanges(db), zone);
}

function fillCalendar(db: ReadableDb, changes: Changes, zone: Zone): void {
  addRows(db, changes, ROWS.calendar, (row) => calendarShares(row, Number(row.quarter), zone));
}

function addRows(
  db: ReadableDb,
  changes: Changes,
  query: string,
  sharesOf: Parameters<Changes['move']>[1],
): void {
  changes.move({ taken: [], brought: db.prepare(query).all() as Columns[] }, sharesOf);
  changes.apply();
}

/** Looks up the first appearances that were forgotten in a dimension. Runs in the caller's transaction. */
export function findFirsts(db: WritableDb, dimension: Dimension): void {
  const query = SUMS[dimension] ?? FIRST_EPISODES;
  db.prepare(
    `UPDATE hookline_rollup_total SET first_at = found.first FROM (${query}) AS found
     WHERE dimension = ? AND hookline_rollup_total.name = found.name AND hookline_rollup_total.part = found.part
       AND first_at IS NULL`,
  ).run(dimension);
}

const FIRST_EPISODES = `SELECT error_class AS name, ending AS part, min(at_ms) AS first
  FROM hookline_rollup_episode GROUP BY 1, 2`;

/** How many windows in flow the longest unbroken row of them has. */
export function longestRow(db: ReadableDb): number {
  const rows = db
    .prepare(
      'SELECT quarter FROM hookline_rollup_quarter WHERE score IS NOT NULL AND score > ? ORDER BY quarter',
    )
    .all(IN_FLOW * SCORE_UNIT) as Row[];
  let longest = 0;
  let length = 0;
  let next = Number.NaN;
  for (const row of rows) {
    const quarter = Number(row.quarter);
    length = quarter === next ? length + 1 : 1;
    next = quarter + 1;
    longest = Math.max(longest, length);
  }
  return longest;
}
