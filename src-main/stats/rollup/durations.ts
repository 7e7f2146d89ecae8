/**
 * Durations as histograms, so that those of any scopes can be added up and their middle is still
 * known. Bins grow by 2 %, and each keeps the sum of what is in it: the middle is off by less than
 * 2 %, and exact where the values of its bin are equal.
 */

const BIN_GROWTH = Math.log(1.02);
/** Longer ones are a clock that was set. */
const LONGEST_MS = 30 * 24 * 3_600_000;

/** What one bin holds; sums are whole microseconds, so that they can be taken away again exactly. */
export interface Bin {
  count: number;
  totalUs: number;
}

/** Bins by their number. */
export type Histogram = Map<number, Bin>;

/** A duration in whole microseconds, within bounds. */
export function microseconds(ms: number): number {
  return Math.round(Math.min(LONGEST_MS, Math.max(0, ms)) * 1000);
}

/** The bin of a duration. */
export function binOf(us: number): number {
  return us < 1000 ? 0 : 1 + Math.floor(Math.log(us / 1000) / BIN_GROWTH);
}

/** Adds one duration. */
export function addDuration(histogram: Histogram, ms: number): void {
  const us = microseconds(ms);
  const number = binOf(us);
  const bin = histogram.get(number) ?? { count: 0, totalUs: 0 };
  histogram.set(number, bin);
  bin.count++;
  bin.totalUs += us;
}

/** How many durations there are. */
export function durationCount(histogram: Histogram): number {
  return [...histogram.values()].reduce((sum, { count }) => sum + count, 0);
}

/** The middle of the durations, milliseconds; of an even number the mean of the middle two; null of none. */
export function medianMs(histogram: Histogram): number | null {
  const count = durationCount(histogram);
  if (count === 0) return null;
  const bins = [...histogram].sort(([a], [b]) => a - b).map(([, bin]) => bin);
  return (meanAt(bins, (count - 1) >> 1) + meanAt(bins, count >> 1)) / 2000;
}

/** Mean of the bin that holds the duration of that rank, microseconds. */
function meanAt(bins: readonly Bin[], rank: number): number {
  let seen = 0;
  const bin = bins.find(({ count }) => {
    seen += count;
    return seen > rank;
  });
  return bin === undefined ? 0 : bin.totalUs / bin.count;
}

/** The histogram as text: a triple of bin, count and sum each, in the order of the bins. */
export function writeHistogram(histogram: Histogram): string {
  const bins = [...histogram].sort(([a], [b]) => a - b);
  return JSON.stringify(bins.flatMap(([bin, { count, totalUs }]) => [bin, count, totalUs]));
}

/** The histogram that `writeHistogram` wrote. */
export function readHistogram(text: string): Histogram {
  const numbers = JSON.parse(text) as number[];
  const histogram: Histogram = new Map();
  for (let i = 0; i < numbers.length; i += 3) {
    const [bin = 0, count = 0, totalUs = 0] = numbers.slice(i, i + 3);
    histogram.set(bin, { count, totalUs });
  }
  return histogram;
}
