/** Shares and counts, the way the seven files give them. */
import { type OldJson, Rate, roundLikePython } from './old-json.ts';

/** Percent with one decimal, the way the old files give it; 0 for an empty sample. */
export function percent(part: number, sample: number): OldJson {
  return sample === 0 ? 0 : new Rate(roundLikePython((part / sample) * 100, 1));
}

/** Counts by name, most first; equal ones keep their order. */
export function mostFirst(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].sort((a, b) => b[1] - a[1]);
}
