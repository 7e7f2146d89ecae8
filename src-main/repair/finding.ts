/** Findings of a repair: their codes with what each means, and the samples that show where. */
import type { Evidence, RepairFinding } from '../../src-core/contract/repair.ts';
import { type FindingCode, WORDS } from './finding-words.ts';

/** Samples kept of one finding. */
const MOST_EVIDENCE = 5;

/** Counts what was found of one kind, and keeps the first places. */
export interface Tally {
  readonly count: number;
  readonly evidence: readonly Evidence[];
  add(evidence: Evidence | (() => Evidence)): void;
}

/** An empty tally. */
export function createTally(): Tally {
  const evidence: Evidence[] = [];
  let count = 0;
  return {
    get count() {
      return count;
    },
    evidence,
    add: (what) => {
      count++;
      if (evidence.length >= MOST_EVIDENCE) return;
      evidence.push(typeof what === 'function' ? what() : what);
    },
  };
}

/** The finding of that code; null where nothing was counted. */
export function findingOf(
  code: FindingCode,
  { count, evidence }: Pick<Tally, 'count' | 'evidence'>,
): RepairFinding | null {
  if (count === 0) return null;
  const { severity, say, part, advice } = WORDS[code];
  return {
    code,
    severity,
    sentence: say(count),
    count,
    evidence: [...evidence],
    part,
    advice,
  };
}

/** A finding that is there once. */
export function oneFinding(code: FindingCode, where: string, what: string): RepairFinding[] {
  const finding = findingOf(code, { count: 1, evidence: [{ where, what }] });
  return finding === null ? [] : [finding];
}
