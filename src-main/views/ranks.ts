/** Tools, classes of errors or programs over a range, and what is behind one of them. */
import type { HealthLine, Source } from '../../src-core/contract/views.ts';
import type { RankDetail, RankedBy, RanksView, ViewFilter } from '../../src-core/contract/work.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import type { Zone } from '../stats/zone.ts';
import { type Condition, conditionOf, SOURCE, spanBefore, spanOfFilter } from './filter.ts';
import { callDetail, rankCalls } from './rank-calls.ts';
import { rankErrors } from './rank-errors.ts';
import { stepsOf } from './rank-steps.ts';

const LISTED = 30;

/** What a ranked view is drawn from. `db` is null before the first event. */
export interface RanksInput {
  readonly db: ReadableDb | null;
  readonly zone: Zone;
  readonly now: number;
  readonly health: HealthLine;
}

/** What is asked for; without a name the first row's detail is given. */
export interface RanksQuestion {
  readonly by: RankedBy;
  readonly filter: ViewFilter;
  readonly chosen: string | null;
}

/** Computes the view. */
export function ranksView(input: RanksInput, { by, filter, chosen }: RanksQuestion): RanksView {
  const { db, zone, now, health } = input;
  const range = spanOfFilter(filter, input);
  const base = { now, timeZone: zone.name, health, by, range };
  const bySource: Record<Source, number> = { hook: 0, spool: 0, journal: 0, transcript: 0, old: 0 };
  if (db === null) {
    const others = { names: 0, calls: 0, errors: 0 };
    return { ...base, figures: [], rows: [], others, detail: null, bySource };
  }
  const earlier = spanBefore(filter, range, zone);
  const present = { span: range, condition: conditionOf(filter, range) };
  const before =
    earlier === null ? null : { span: earlier, condition: conditionOf(filter, earlier) };
  const steps = stepsOf(filter, range, zone);
  const errors = by === 'error' ? rankErrors(db, { now: present, before, steps }) : null;
  const { rows, figures } =
    errors ??
    rankCalls(db, by === 'tool' ? 'tool' : 'program', {
      now: present.condition,
      before: before?.condition ?? null,
      steps,
    });
  const name = rows.find((row) => row.name === chosen)?.name ?? rows[0]?.name;
  return {
    ...base,
    figures: [...figures],
    rows: rows.slice(0, LISTED),
    others: sumUp(rows.slice(LISTED)),
    detail: name === undefined ? null : detail(name),
    bySource: { ...bySource, ...sources(db, present.condition) },
  };

  function detail(of: string): RankDetail {
    if (errors !== null) return errors.detailOf(of);
    return callDetail(db as ReadableDb, by === 'tool' ? 'tool' : 'program', of, present.condition);
  }
}

function sumUp(rows: readonly { readonly calls: number; readonly errors: number }[]) {
  const sum = (key: 'calls' | 'errors'): number => rows.reduce((total, row) => total + row[key], 0);
  return { names: rows.length, calls: sum('calls'), errors: sum('errors') };
}

function sources(db: ReadableDb, { where, values }: Condition): Partial<Record<Source, number>> {
  const rows = db
    .prepare(
      `SELECT ${SOURCE} AS source, count(*) AS n FROM hookline_event
       WHERE kind = 'tool' AND ${where} GROUP BY 1`,
    )
    .all(...values) as Row[];
  return Object.fromEntries(rows.map((row) => [String(row.source), Number(row.n)]));
}
