/** How the sums behind the statistics are, for whoever watches over the record. */
import type { ReadableDb } from '../../src-core/store/driver.ts';
import { readRollupState } from './rollup/state.ts';
import { readSelfCheck } from './self-check.ts';

/** What is to be told of the sums. */
export interface SumsState {
  /** True while they are made anew; the seven files stay as they are until that is done. */
  readonly isRebuilding: boolean;
  /** Scopes that the last check found other than their events say. */
  readonly mismatches: readonly string[];
}

/** The state of the sums; null before the first run. */
export function readSums(db: ReadableDb): SumsState | null {
  const state = readRollupState(db);
  if (state === null) return null;
  return { isRebuilding: !state.isComplete, mismatches: readSelfCheck(db)?.mismatches ?? [] };
}
