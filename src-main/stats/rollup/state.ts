/** What the rollups were made of: definitions, zone, and how far the events were taken. */
import type { ReadableDb, WritableDb } from '../../../src-core/store/driver.ts';
import { loadCursor, saveCursor } from '../../bridge/cursor.ts';
import { ERROR_RULES_VERSION } from '../errors/class-of.ts';
import { FLOW_DEFINITION } from '../flow-fold.ts';
import { STATS_VERSION } from '../frame.ts';
import { RECOVERY_DEFINITION } from '../recovery-fold.ts';

/** Version of the rollups' own rows; raised when the same events give other rows. */
const ROLLUP_DEFINITION = 2;

/** All that decides what the same events add up to: equal text, equal rollups. */
export const DEFINITION = [
  ROLLUP_DEFINITION,
  STATS_VERSION,
  FLOW_DEFINITION,
  RECOVERY_DEFINITION,
  ERROR_RULES_VERSION,
].join('.');

/** What is kept of the rollups as a whole. */
export interface RollupState {
  readonly definition: string;
  /** Zone of the totals by local day and hour. */
  readonly timeZone: string;
  /** Events up to this one are in the rollups, or their scopes are noted as changed. */
  readonly seq: number;
  /** Grows with each change of any row. */
  readonly revision: number;
  /** Windows in the longest row of adjacent ones in flow; null while it must be counted again. */
  readonly longestFlow: number | null;
  /** False from the beginning of a rebuild to its end. */
  readonly isComplete: boolean;
}

const NAME = 'rollups';

/** The state; null before the first event was taken. */
export function readRollupState(db: ReadableDb): RollupState | null {
  return loadCursor<RollupState>(db, NAME);
}

/** Keeps it. Runs in the caller's transaction. */
export function saveRollupState(db: WritableDb, state: RollupState): void {
  saveCursor(db, NAME, state);
}
