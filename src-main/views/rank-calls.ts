/** Tools and programs, ranked by how often they were called. */
import type { RankDetail, RankFigure, RankRow } from '../../src-core/contract/work.ts';
import { folderName } from '../../src-core/event/record.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import { type Subject, subjectOf } from '../stats/shell/subject.ts';
import { classedErrors } from './error-class.ts';
import { both, type Condition } from './filter.ts';
import { BAD, GOOD, rateOf } from './measures.ts';
import { countEnd, cutList, type Ends, endRows, quantile, type Steps } from './rank-steps.ts';
import { readRows } from './rows.ts';

const LISTED = 8;
const LATEST = 12;
/** Commands repeat, and reading one takes its time; so many are remembered. */
const REMEMBERED = 20_000;

/** What calls are ranked by. */
export type CallName = 'tool' | 'program';

interface Tally {
  calls: number;
  good: number;
  bad: number;
  readonly durationsMs: number[];
  readonly series: number[];
}

/** All calls of a condition under their names. */
export interface RankedCalls {
  /** Most called first. */
  readonly rows: readonly RankRow[];
  readonly figures: readonly RankFigure[];
}

const remembered = new Map<string, Subject>();

/** The subject of a command, remembered. */
function subjectOnce(command: string): Subject {
  const known = remembered.get(command);
  if (known !== undefined) return known;
  if (remembered.size >= REMEMBERED) remembered.clear();
  const subject = subjectOf(command);
  remembered.set(command, subject);
  return subject;
}

/** Which rows have a name of this kind, and the name. */
function naming(by: CallName): {
  readonly column: string;
  readonly where: string;
  nameOf(row: Row): string;
} {
  return by === 'tool'
    ? {
        column: 'tool',
        where: "kind = 'tool'",
        nameOf: ({ tool }) => (tool === null ? 'unknown' : String(tool)),
      }
    : {
        column: 'command',
        where: "kind = 'tool' AND command IS NOT NULL",
        nameOf: ({ command }) => subjectOnce(String(command)).program,
      };
}

/** Ranks the calls of a stretch, and compares them with those of the stretch before. */
export function rankCalls(
  db: ReadableDb,
  by: CallName,
  { now, before, steps }: { now: Condition; before: Condition | null; steps: Steps },
): RankedCalls {
  const { column, where, nameOf } = naming(by);
  const tallies = new Map<string, Tally>();
  const all: number[] = [];
  // SQLite gathers what a name has in a step: a row for each call would take several times as long.
  const rows = db
    .prepare(
      `SELECT ${column}, outcome, CAST((at_ms - ?) / ? AS INTEGER) AS step, count(*) AS calls,
         json_group_array(duration_ms) FILTER (WHERE duration_ms IS NOT NULL) AS durations
       FROM hookline_event WHERE ${where} AND ${now.where} GROUP BY 1, 2, 3`,
    )
    .iterate(steps.fromAt, steps.stepMs, ...now.values) as IterableIterator<Row>;
  for (const row of rows) {
    const calls = Number(row.calls);
    const tally = tallyOf(tallies, nameOf(row), steps.count);
    tally.calls += calls;
    if (isGood(row) === true) tally.good += calls;
    if (isGood(row) === false) tally.bad += calls;
    const step = Math.min(steps.count - 1, Number(row.step));
    tally.series[step] = (tally.series[step] ?? 0) + calls;
    for (const duration of JSON.parse(String(row.durations)) as number[]) {
      tally.durationsMs.push(duration);
      all.push(duration);
    }
  }
  const good = [...tallies.values()].reduce((sum, tally) => sum + tally.good, 0);
  const ranked = [...tallies].map(rowOf).sort((a, b) => b.calls - a.calls);
  return { rows: ranked, figures: figuresOf(ranked, { good, all }, earlier(db, where, before)) };
}

function tallyOf(tallies: Map<string, Tally>, name: string, steps: number): Tally {
  let tally = tallies.get(name);
  if (tally === undefined) {
    const series = Array.from({ length: steps }, () => 0);
    tally = { calls: 0, good: 0, bad: 0, durationsMs: [], series };
    tallies.set(name, tally);
  }
  return tally;
}

/** Whether a call did what was wanted; null where its end says nothing of that. */
function isGood({ outcome }: Row): boolean | null {
  if (outcome === 'succeeded' || outcome === 'expected') return true;
  return outcome === 'failed' || outcome === 'timed_out' ? false : null;
}

function rowOf([name, { calls, good, bad, durationsMs, series }]: [string, Tally]): RankRow {
  const sorted = durationsMs.sort((a, b) => a - b);
  return {
    name,
    calls,
    errors: bad,
    success: rateOf(good, good + bad),
    recovered: null,
    medianMs: quantile(sorted, 0.5),
    p95Ms: quantile(sorted, 0.95),
    series,
  };
}

interface Earlier {
  readonly calls: number;
  readonly errors: number;
  readonly success: number | null;
}

function earlier(db: ReadableDb, where: string, before: Condition | null): Earlier | null {
  if (before === null) return null;
  const row = db
    .prepare(
      `SELECT count(*) AS calls, coalesce(sum(outcome IN ${GOOD}), 0) AS good,
         coalesce(sum(outcome IN ${BAD}), 0) AS bad
       FROM hookline_event WHERE ${where} AND ${before.where}`,
    )
    .get(...before.values) as Row;
  const good = Number(row.good);
  const errors = Number(row.bad);
  return { calls: Number(row.calls), errors, success: rateOf(good, good + errors) };
}

function figuresOf(
  rows: readonly RankRow[],
  { good, all }: { readonly good: number; readonly all: number[] },
  before: Earlier | null,
): RankFigure[] {
  const sum = (pick: (row: RankRow) => number): number =>
    rows.reduce((total, row) => total + pick(row), 0);
  const errors = sum((row) => row.errors);
  return [
    { name: 'calls', value: sum((row) => row.calls), previous: before?.calls ?? null },
    { name: 'success', value: rateOf(good, good + errors), previous: before?.success ?? null },
    { name: 'errors', value: errors, previous: before?.errors ?? null },
    {
      name: 'medianMs',
      value: quantile(
        all.sort((a, b) => a - b),
        0.5,
      ),
      previous: null,
    },
    { name: 'names', value: rows.length, previous: null },
  ];
}

/** What is behind one tool or program. */
export function callDetail(
  db: ReadableDb,
  by: CallName,
  name: string,
  condition: Condition,
): RankDetail {
  const { where, nameOf } = naming(by);
  const narrow: Condition =
    by === 'tool'
      ? both({ where: `${where} AND tool = ?`, values: [name] }, condition)
      : both({ where, values: [] }, condition);
  const { outcomes, subcommands, projects, failed } = countCalls(
    db,
    narrow,
    (row) => nameOf(row) === name,
  );
  const lists: RankDetail['lists'] = [
    by === 'tool'
      ? { about: 'outcomes', ...cutList(endRows(outcomes), LISTED) }
      : { about: 'subcommands', ...cutList(endRows(subcommands), LISTED) },
    { about: 'classes', ...cutList(classesOf(db, narrow, by, name), LISTED) },
    { about: 'projects', ...cutList(endRows(projects), LISTED) },
  ];
  return {
    name,
    lists: lists.filter((list) => list.rows.length > 0),
    latest: readRows(db, {
      where: 'seq IN (SELECT value FROM json_each(?))',
      values: [JSON.stringify(failed)],
      limit: LATEST,
    }).map((event) => ({ event, fate: null })),
    total: failed.length,
  };
}

interface CountedCalls {
  readonly outcomes: Ends;
  readonly subcommands: Ends;
  readonly projects: Ends;
  /** `seq` of the calls that failed. */
  readonly failed: readonly number[];
}

function countCalls(
  db: ReadableDb,
  { where, values }: Condition,
  isMeant: (row: Row) => boolean,
): CountedCalls {
  const rows = db
    .prepare(
      `SELECT tool, command, project, outcome, count(*) AS calls, json_group_array(seq) FILTER (WHERE outcome IN ${BAD}) AS failed
       FROM hookline_event WHERE ${where} GROUP BY 1, 2, 3, 4`,
    )
    .iterate(...values) as IterableIterator<Row>;
  const [outcomes, subcommands, projects]: [Ends, Ends, Ends] = [new Map(), new Map(), new Map()];
  const failed: number[] = [];
  for (const row of rows) {
    if (!isMeant(row)) continue;
    const end = isGood(row);
    const calls = Number(row.calls);
    countEnd(outcomes, String(row.outcome ?? 'unknown'), end, calls);
    if (row.project !== null) countEnd(projects, folderName(String(row.project)), end, calls);
    const subcommand = row.command === null ? null : subjectOnce(String(row.command)).subcommand;
    if (subcommand !== null) countEnd(subcommands, subcommand, end, calls);
    for (const seq of JSON.parse(String(row.failed)) as number[]) failed.push(seq);
  }
  return { outcomes, subcommands, projects, failed };
}

function classesOf(db: ReadableDb, condition: Condition, by: CallName, name: string) {
  const classes: Ends = new Map();
  for (const error of classedErrors(db, condition)) {
    if (by === 'program' && subjectOnce(error.command ?? '').program !== name) continue;
    countEnd(classes, error.name, null);
  }
  return endRows(classes);
}
