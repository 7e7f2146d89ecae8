/** What ranked views count with: steps of a range, middles and lists cut to their first rows. */
import type { ViewFilter } from '../../src-core/contract/work.ts';
import type { Zone } from '../stats/zone.ts';
import type { Span } from './measures.ts';

const STEPS: Readonly<Record<ViewFilter['days'], number>> = { 1: 24, 7: 28, 30: 30, 90: 30, 0: 30 };

/** A range cut into steps of equal length; the last one may not be over. */
export interface Steps {
  readonly count: number;
  readonly fromAt: number;
  readonly stepMs: number;
  /** The step that holds a moment of the range. */
  stepOf(at: number): number;
}

/** Steps of a filter's range: hours of today, parts of days else. */
export function stepsOf({ days, custom }: ViewFilter, { fromAt, toAt }: Span, zone: Zone): Steps {
  const count = custom === null ? STEPS[days] : STEPS[0];
  // Today goes on until midnight, so that an hour keeps its place all day.
  const endsAt = custom === null ? zone.addDays(zone.startOfDay(toAt - 1), 1) : toAt;
  const stepMs = (endsAt - fromAt) / count;
  const stepOf = (at: number): number => Math.min(count - 1, Math.floor((at - fromAt) / stepMs));
  return { count, fromAt, stepMs, stepOf };
}

/** The value below which `share` of the sorted values lie; null of none. */
export function quantile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
}

/** The first rows of a list and what is left out of it. */
export function cutList<T extends { readonly count: number }>(
  rows: readonly T[],
  most: number,
): { rows: T[]; others: { names: number; count: number } } {
  const rest = rows.slice(most);
  const count = rest.reduce((sum, row) => sum + row.count, 0);
  return { rows: rows.slice(0, most), others: { names: rest.length, count } };
}

/** How calls of each name ended. */
export type Ends = Map<string, { good: number; bad: number; count: number }>;

/** Adds calls to a name's counts; `isGood` is null for an end that says nothing. */
export function countEnd(ends: Ends, name: string, isGood: boolean | null, calls = 1): void {
  const known = ends.get(name) ?? { good: 0, bad: 0, count: 0 };
  ends.set(name, known);
  known.count += calls;
  if (isGood === true) known.good += calls;
  if (isGood === false) known.bad += calls;
}

/** Counted ends as rows, most first, each with its share of good ends. */
export function endRows(ends: Ends): { name: string; count: number; rate: number | null }[] {
  return [...ends]
    .map(([name, { good, bad, count }]) => ({
      name,
      count,
      rate: good + bad === 0 ? null : good / (good + bad),
    }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
}
