/** Shares, counts and middles, the way the seven files give them. */
import { type OldJson, Rate, roundLikePython } from './old-json.ts';

/** Percent with one decimal, the way the old files give it; 0 for an empty sample. */
export function percent(part: number, sample: number): OldJson {
  return sample === 0 ? 0 : new Rate(roundLikePython((part / sample) * 100, 1));
}

/** Counts of a name over many rows, most first; equal ones keep the order in which they came. */
export function countNames(names: Iterable<string>): [string, number][] {
  const counts = new Map<string, number>();
  for (const name of names) countUp(counts, name);
  return mostFirst(counts);
}

/** Adds one to the count of a name. */
export function countUp(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** Counts by name, most first; equal ones keep their order. */
export function mostFirst(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].sort((a, b) => b[1] - a[1]);
}

/** The middle of the values, of an even number of them the mean of the middle two; null of none. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const low = sorted[(sorted.length - 1) >> 1];
  const high = sorted[sorted.length >> 1];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
