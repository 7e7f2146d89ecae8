/** What a figure of the bridge is: what is done to the home before a run, and what the run must do. */
import type { BridgeHome } from './home.ts';
import type { BridgeRun } from './run.ts';

/** One figure. */
export interface BridgeCase {
  readonly what: string;
  /** Brings the home into the state that the run finds. */
  prepare(home: BridgeHome): void;
  readonly drain: 'drain' | undefined;
  /** True when the run did what it was measured for. */
  isRight(run: BridgeRun, home: BridgeHome): boolean;
  /** Goals at a million events. */
  readonly mostMs: number;
  readonly mostRssMb: number;
  /** True where the main thread's loop is watched as well. */
  readonly isLong: boolean;
}
