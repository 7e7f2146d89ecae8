/** command-stats.json: what was run in a shell, by the program that each command is about. */
import type { ReadableDb } from '../../src-core/store/driver.ts';
import { percent } from './figures.ts';
import { counts, type StatsInput } from './frame.ts';
import { type OldJson, roundLikePython } from './old-json.ts';
import { durationCount, type Histogram, medianMs } from './rollup/durations.ts';
import { type Dimension, rank, readTotals, type Total } from './rollup/totals.ts';

/** How many programs are listed. */
const LISTED = 15;
/** How many subcommands and projects are listed of each. */
const LISTED_OF_EACH = 5;

/** command-stats.json: commands by program. */
export function commands({ db }: StatsInput): Record<string, OldJson> {
  const totals = readTotals(db, 'program');
  const ranked = rank(totals);
  const listed = ranked.slice(0, LISTED);
  return {
    total_commands: ranked.reduce((sum, { count }) => sum + count, 0),
    top_commands: counts(listed),
    distinct_programs: ranked.length,
    programs: new Map(
      listed.map(({ name, count }) => [
        name,
        { calls: count, ...programMembers(db, name, totals) },
      ]),
    ),
  };
}

function programMembers(
  db: ReadableDb,
  program: string,
  totals: readonly Total[],
): Record<string, OldJson> {
  const outcomes = totals.filter(({ name }) => name === program);
  const of = (...names: readonly string[]): number =>
    outcomes.reduce((sum, { part, count }) => (names.includes(part) ? sum + count : sum), 0);
  const [good, bad] = [of('succeeded', 'expected'), of('failed', 'timed_out')];
  const durations = histogramOf(readTotals(db, 'duration', program));
  const middle = medianMs(durations);
  const top = (dimension: Dimension) =>
    counts(rank(readTotals(db, dimension, program), 'part'), LISTED_OF_EACH);
  return {
    success_rate: percent(good, good + bad),
    sample: good + bad,
    median_ms: middle === null ? null : roundLikePython(middle, 0),
    timed: durationCount(durations),
    subcommands: top('subcommand'),
    projects: top('folder'),
  };
}

/** Totals whose parts are bins, as one histogram. */
export function histogramOf(totals: readonly Total[]): Histogram {
  const histogram: Histogram = new Map();
  for (const { part, count, total } of totals) {
    const bin = histogram.get(Number(part)) ?? { count: 0, totalUs: 0 };
    histogram.set(Number(part), bin);
    bin.count += count;
    bin.totalUs += total;
  }
  return histogram;
}
