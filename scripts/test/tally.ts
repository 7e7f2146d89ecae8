/** How many tests ended how, with the reasons of those that were not run. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly skips: readonly Skip[];
}

/** Some tests that were not run for one reason. */
export interface Skip {
  readonly reason: string;
  readonly count: number;
}

/** One test's end, or an error outside any test (a file that does not load, a hook that throws). */
export type Outcome =
  | { readonly kind: 'passed' | 'failed' }
  | { readonly kind: 'skipped'; readonly reason: string };

/** No test at all. */
export const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0, skips: [] };

/** Counts outcomes. */
export function tallyOutcomes(outcomes: readonly Outcome[]): Tally {
  const skips = outcomes.flatMap((outcome) =>
    outcome.kind === 'skipped' ? [{ reason: outcome.reason, count: 1 }] : [],
  );
  const count = (kind: Outcome['kind']): number =>
    outcomes.filter((outcome) => outcome.kind === kind).length;
  return {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    skips: mergeSkips(skips),
  };
}

/** The sum of tallies; equal reasons become one. */
export function sumTallies(tallies: readonly Tally[]): Tally {
  const sum = (key: 'passed' | 'failed' | 'skipped'): number =>
    tallies.reduce((total, tally) => total + tally[key], 0);
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    skips: mergeSkips(tallies.flatMap(({ skips }) => skips)),
  };
}

function mergeSkips(skips: readonly Skip[]): Skip[] {
  const counts = new Map<string, number>();
  for (const { reason, count } of skips) counts.set(reason, (counts.get(reason) ?? 0) + count);
  return [...counts].map(([reason, count]) => ({ reason, count }));
}

/** The line that closes a run; other programs read it. */
export function formatTally({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** The exit code of a run: a run that ran nothing proved nothing. */
export function exitCodeOf({ passed, failed }: Tally): 0 | 1 {
  return failed > 0 || passed === 0 ? 1 : 0;
}
