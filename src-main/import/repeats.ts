/**
 * How often programs repeated their lines. The old bridge exported its whole history again after
 * each mishap, the weekly backfill every time: then nearly all lines of a day, or of a session,
 * stand there equally often. The number in which most of them stand is the number of repetitions; a
 * line that stands there twice as often is two events in one second.
 */

import { areEqual, runsOf } from './sorted.ts';
import type { Traces } from './traces.ts';
import { variantByNumber } from './variants.ts';

/** How many events so many equal traces are. */
export type EventsOfRun = (trace: number, traces: number) => number;

const DAY_S = 86_400;

/** Learns the repetitions from all traces. */
export function learnRepeats(traces: Traces, rows: Int32Array): EventsOfRun {
  const seen = new Map<string, Map<number, number>>();
  for (const [from, to] of runsOf(rows, 0, rows.length, (a, b) => areEqual(traces, a, b))) {
    const scope = scopeOf(traces, rows[from] as number);
    if (scope === null) continue;
    const counts = seen.get(scope) ?? new Map<number, number>();
    counts.set(to - from, (counts.get(to - from) ?? 0) + 1);
    seen.set(scope, counts);
  }
  const usual = new Map([...seen].map(([scope, counts]) => [scope, mostCommon(counts)]));
  return (trace, count) => {
    const { repeats } = variantByNumber(traces.columns.variant.at(trace));
    if (repeats === 'each') return count;
    if (repeats === 'once') return 1;
    const times = usual.get(scopeOf(traces, trace) ?? '') ?? 1;
    return Math.max(1, Math.round(count / times));
  };
}

/** What is repeated together; null where nothing is repeated, or all is once. */
function scopeOf({ columns }: Traces, trace: number): string | null {
  const variant = columns.variant.at(trace);
  const { repeats } = variantByNumber(variant);
  if (repeats === 'day') return `${variant} ${Math.floor(columns.atS.at(trace) / DAY_S)}`;
  return repeats === 'session' ? `${variant} ${columns.session.at(trace)}` : null;
}

/** Of equally common ones the largest: rather one event too few than one counted twice. */
function mostCommon(counts: ReadonlyMap<number, number>): number {
  const [best] = [...counts].sort(([a, n], [b, m]) => m - n || b - a);
  return best?.[0] ?? 1;
}
