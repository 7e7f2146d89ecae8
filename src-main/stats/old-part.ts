/**
 * What the old record adds to totals for as long as its import is not consented to: the same as
 * after it, so that consenting changes no total. Rates have no part of it.
 */
import type { Counts, OldTotals } from '../import/totals.ts';
import type { Sum } from './rollup/totals.ts';
import { QUARTER_MS, type Zone } from './zone.ts';

/** Sums with counts of the old record added, most first. What only that has came before all others. */
export function withOld(sums: readonly Sum[], old: Counts): Sum[] {
  const added = new Map(sums.map((sum) => [sum.name, sum]));
  for (const [name, count] of old) {
    const known = added.get(name);
    added.set(name, { name, count: count + (known?.count ?? 0), first: known?.first ?? 0 });
  }
  return [...added.values()].sort((a, b) => b.count - a.count || a.first - b.first);
}

/** Calls by model; `unknown` where no trace named it. */
export function oldModels({ models, events }: OldTotals): Counts {
  const named = models.reduce((sum, [, count]) => sum + count, 0);
  return events.calls > named ? [...models, ['unknown', events.calls - named]] : models;
}

/** Events by type, as the activity counts them. */
export function oldTypes({ events, sessionEvents }: OldTotals): Counts {
  return events.calls > 0 ? [['tool_use', events.calls], ...sessionEvents] : sessionEvents;
}

/** Calls, starts and ends of sessions by local day. */
export function oldDays({ quarters }: OldTotals, zone: Zone): Counts {
  const days = new Map<string, number>();
  for (const { quarter, calls, sessionEvents } of quarters) {
    const day = zone.day(quarter * QUARTER_MS);
    days.set(day, (days.get(day) ?? 0) + calls + sessionEvents);
  }
  return [...days];
}

/** Calls, starts and ends of sessions in a span of epoch milliseconds, by the quarters of an hour that begin in it. */
export function oldEventsIn(
  old: OldTotals | null,
  { fromAt, toAt }: { readonly fromAt: number; readonly toAt: number },
): number {
  return (old?.quarters ?? [])
    .filter(({ quarter }) => quarter * QUARTER_MS >= fromAt && quarter * QUARTER_MS < toAt)
    .reduce((sum, { calls, sessionEvents }) => sum + calls + sessionEvents, 0);
}

/** One text for one set of totals. */
export function stampOfOld(old: OldTotals | null): string {
  return old === null ? '' : JSON.stringify([old.events, old.firstAt, old.lastAt]);
}
