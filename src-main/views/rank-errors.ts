/** Errors by their class: how many, and what became of them. */
import type { RankDetail, RankFigure, RankRow } from '../../src-core/contract/work.ts';
import { folderName } from '../../src-core/event/record.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import { subjectOf } from '../stats/shell/subject.ts';
import { type ClassedError, classedErrors } from './error-class.ts';
import { type KnownFate, readFates } from './fates.ts';
import type { Condition } from './filter.ts';
import { BAD, GOOD, rateOf, type Span } from './measures.ts';
import { countEnd, cutList, type Ends, endRows, quantile, type Steps } from './rank-steps.ts';
import { readRows } from './rows.ts';

const LISTED = 6;
const LATEST = 12;

/** A stretch and all that the filter asks for in it. */
export interface Stretch {
  readonly span: Span;
  readonly condition: Condition;
}

type Fates = ReadonlyMap<string, KnownFate> | null;

interface Tally {
  errors: number;
  readonly recoveredMs: number[];
  abandoned: number;
  readonly series: number[];
}

/** The errors of a stretch, ranked, and what is behind one class of them. */
export interface RankedErrors {
  readonly rows: readonly RankRow[];
  readonly figures: readonly RankFigure[];
  detailOf(name: string): RankDetail;
}

/** Ranks the errors of a stretch by class, and compares them with those of the stretch before. */
export function rankErrors(
  db: ReadableDb,
  { now, before, steps }: { now: Stretch; before: Stretch | null; steps: Steps },
): RankedErrors {
  const errors = [...classedErrors(db, now.condition)];
  const fates = readFates(db, now.span);
  const tallies = new Map<string, Tally>();
  for (const error of errors) {
    const series = Array.from({ length: steps.count }, () => 0);
    const tally = tallies.get(error.name) ?? { errors: 0, recoveredMs: [], abandoned: 0, series };
    tallies.set(error.name, tally);
    tally.errors++;
    const step = steps.stepOf(error.at);
    tally.series[step] = (tally.series[step] ?? 0) + 1;
    takeFate(tally, fates?.get(error.id));
  }
  const rows = [...tallies].map((entry) => rowOf(entry, fates !== null));
  return {
    rows: rows.sort((a, b) => b.calls - a.calls),
    figures: figuresOf(
      figuresIn(db, now, errors, fates),
      before === null
        ? null
        : figuresIn(
            db,
            before,
            [...classedErrors(db, before.condition)],
            readFates(db, before.span),
          ),
    ),
    detailOf: (name) =>
      detailOf(
        db,
        name,
        errors.filter((error) => error.name === name),
        fates,
      ),
  };
}

function takeFate(tally: Pick<Tally, 'recoveredMs' | 'abandoned'>, fate: KnownFate | undefined) {
  if (fate?.ending === 'recovered') tally.recoveredMs.push((fate.endedAt ?? fate.at) - fate.at);
  if (fate?.ending === 'abandoned') tally.abandoned++;
}

function rowOf([name, tally]: [string, Tally], isFateKnown: boolean): RankRow {
  const { errors, recoveredMs, abandoned, series } = tally;
  const sorted = recoveredMs.sort((a, b) => a - b);
  return {
    name,
    calls: errors,
    errors,
    success: null,
    recovered: isFateKnown ? rateOf(sorted.length, sorted.length + abandoned) : null,
    medianMs: quantile(sorted, 0.5),
    p95Ms: quantile(sorted, 0.95),
    series,
  };
}

type Values = Readonly<
  Record<'errors' | 'errorRate' | 'recovered' | 'timeToRecover' | 'abandoned', number | null>
>;

function figuresIn(
  db: ReadableDb,
  { condition }: Stretch,
  errors: readonly ClassedError[],
  fates: Fates,
): Values {
  const row = db
    .prepare(
      `SELECT coalesce(sum(outcome IN ${GOOD}), 0) AS good, coalesce(sum(outcome IN ${BAD}), 0) AS bad
       FROM hookline_event WHERE kind = 'tool' AND ${condition.where}`,
    )
    .get(...condition.values) as Row;
  const tally = { recoveredMs: [] as number[], abandoned: 0 };
  for (const { id } of errors) takeFate(tally, fates?.get(id));
  const sorted = tally.recoveredMs.sort((a, b) => a - b);
  return {
    errors: errors.length,
    errorRate: rateOf(Number(row.bad), Number(row.good) + Number(row.bad)),
    recovered: fates === null ? null : rateOf(sorted.length, sorted.length + tally.abandoned),
    timeToRecover: quantile(sorted, 0.5),
    abandoned: fates === null ? null : tally.abandoned,
  };
}

function figuresOf(now: Values, before: Values | null): RankFigure[] {
  const names = ['errors', 'errorRate', 'recovered', 'timeToRecover', 'abandoned'] as const;
  return names.map((name) => ({ name, value: now[name], previous: before?.[name] ?? null }));
}

function detailOf(
  db: ReadableDb,
  name: string,
  errors: readonly ClassedError[],
  fates: Fates,
): RankDetail {
  const [commands, projects, endings]: [Ends, Ends, Ends] = [new Map(), new Map(), new Map()];
  for (const { id, command, project } of errors) {
    const ending = fates?.get(id)?.ending;
    const isGood = ending === 'recovered' ? true : ending === 'abandoned' ? false : null;
    if (ending !== undefined) countEnd(endings, ending, isGood);
    if (command !== null) countEnd(commands, subjectText(command), isGood);
    if (project !== null) countEnd(projects, folderName(project), isGood);
  }
  const latest = errors.slice(-LATEST).map(({ id }) => id);
  const lists: RankDetail['lists'] = [
    { about: 'commands', ...cutList(endRows(commands), LISTED) },
    { about: 'next', ...cutList(endRows(endings), LISTED) },
    { about: 'projects', ...cutList(endRows(projects), LISTED) },
  ];
  return {
    name,
    lists: lists.filter((list) => list.rows.length > 0),
    latest: readRows(db, {
      where: 'id IN (SELECT value FROM json_each(?))',
      values: [JSON.stringify(latest)],
      limit: LATEST,
    }).map((event) => ({ event, fate: shownFate(fates?.get(event.id)) })),
    total: errors.length,
  };
}

function shownFate(fate: KnownFate | undefined): RankDetail['latest'][number]['fate'] {
  return fate === undefined ? null : { ending: fate.ending, endedAt: fate.endedAt };
}

function subjectText(command: string): string {
  const { program, subcommand } = subjectOf(command);
  return subcommand === null ? program : `${program} ${subcommand}`;
}
