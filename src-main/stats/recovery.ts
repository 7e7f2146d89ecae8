/**
 * recovery-stats.json: what became of errors, as our events show it, and what other programs noted.
 * Of their rows the made-up ones count, but have no part in the rate.
 */
import { textOf } from '../../src-core/base/json.ts';
import type { ReadableDb, WritableDb } from '../../src-core/store/driver.ts';
import { histogramOf } from './commands.ts';
import { mostFirst, percent } from './figures.ts';
import { isEstimated } from './foreign.ts';
import type { StatsInput } from './frame.ts';
import { type OldJson, roundLikePython } from './old-json.ts';
import { RECOVERY_DEFINITION } from './recovery-fold.ts';
import { medianMs } from './rollup/durations.ts';
import { type ForeignFold, foldForeign } from './rollup/foreign-fold.ts';
import { createSeenLines } from './rollup/seen-lines.ts';
import { type Dimension, rank, readTotals, type Total } from './rollup/totals.ts';

/** How many patterns or classes are listed. */
const LISTED = 10;

/** recovery-stats.json. */
export function recovery({ db, recoveries }: StatsInput): Record<string, OldJson> {
  const totals = readTotals(db, 'ending');
  const final = totals.filter(({ part }) => part !== 'open');
  const ended = countOf(final);
  const foreign = foldOutcomes(db, recoveries);
  const patterns = new Map(
    rank(final)
      .sort((a, b) => a.first - b.first)
      .map(({ name, count }) => [name, count]),
  );
  for (const [name, count] of foreign.patterns)
    patterns.set(name, (patterns.get(name) ?? 0) + count);
  const times = readTotals(db, 'recovery');
  return {
    total_recoveries: ended + foreign.rows,
    success_rate: percent(countOf(final, 'recovered') + foreign.good, ended + foreign.measured),
    by_pattern: new Map(mostFirst(patterns).slice(0, LISTED)),
    measured: ended + foreign.measured,
    estimated: foreign.rows - foreign.measured,
    from_other_programs: foreign.rows,
    bad_lines: foreign.bad,
    definition: RECOVERY_DEFINITION,
    ...endings(totals, times),
    attempts: named(db, 'attempts', ['1', '2', '3', '4+']),
    between: named(db, 'between', ['edit', 'command', 'both', 'neither']),
    by_class: byClass(totals, times),
  };
}

/** What other programs noted; patterns in the order in which they appeared. */
interface Outcomes extends ForeignFold {
  measured: number;
  good: number;
  readonly patterns: [pattern: string, count: number][];
}

/**
 * What other programs noted; lines of ours are kept in mind as seen.
 * @throws the system's error when the file cannot be read
 */
export function foldOutcomes(db: WritableDb, path: string): Outcomes {
  return foldForeign<Outcomes>(db, {
    path,
    name: 'recovery',
    basis: '1',
    empty: () => ({ rows: 0, bad: 0, measured: 0, good: 0, patterns: [] }),
    take: (fold, row) => {
      const name = textOf(row.pattern) ?? textOf(row.category) ?? 'unknown';
      const pattern = fold.patterns.find(([known]) => known === name);
      if (pattern === undefined) fold.patterns.push([name, 1]);
      else pattern[1]++;
      if (isEstimated(row)) return;
      fold.measured++;
      if (row.success === true || row.success === 1) fold.good++;
    },
    ...createSeenLines(db, 'recovery'),
  });
}

function countOf(totals: readonly Total[], ending?: string): number {
  return totals.reduce(
    (sum, { part, count }) => (ending === undefined || part === ending ? sum + count : sum),
    0,
  );
}

function endings(totals: readonly Total[], times: readonly Total[]): Record<string, OldJson> {
  const middle = medianMs(histogramOf(times));
  return {
    recovered: countOf(totals, 'recovered'),
    abandoned: countOf(totals, 'abandoned'),
    open: countOf(totals, 'open'),
    median_ms_to_recover: middle === null ? null : roundLikePython(middle, 0),
  };
}

/** Counts under fixed names, zeros included. */
function named(db: ReadableDb, dimension: Dimension, names: readonly string[]): OldJson {
  const counts = new Map(readTotals(db, dimension).map(({ name, count }) => [name, count]));
  return new Map(names.map((name) => [name, counts.get(name) ?? 0]));
}

function byClass(totals: readonly Total[], times: readonly Total[]): OldJson {
  const of = (all: readonly Total[], wanted: string) => all.filter(({ name }) => name === wanted);
  return new Map(
    rank(totals)
      .slice(0, LISTED)
      .map(({ name }) => [name, endings(of(totals, name), of(times, name))]),
  );
}
