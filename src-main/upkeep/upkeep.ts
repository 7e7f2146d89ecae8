/** What the app does once a day for the installed hook, outside of any session. */
import type { Clock } from '../../src-core/base/clock.ts';
import type { Logger } from '../../src-core/base/logger.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { testLauncher } from './self-test.ts';

const EVERY_MS = 24 * 3_600_000;

/** What upkeep needs. */
export interface UpkeepOptions {
  readonly paths: Paths;
  readonly clock: Clock;
  readonly log: Logger;
  /** Looks again at the installed hook; says in words what it could not set right. */
  readonly recheck: () => Promise<{ readonly problems: readonly string[] }>;
}

/** Does what is due; true when it did something. Never rejects. */
export type Upkeep = () => Promise<boolean>;

/** Builds the upkeep: due at once, then daily. */
export function createUpkeep({ paths, clock, log, recheck }: UpkeepOptions): Upkeep {
  let doneAt: number | null = null;
  return async () => {
    const now = clock.now();
    if (doneAt !== null && Math.abs(now - doneAt) < EVERY_MS) return false;
    doneAt = now;
    try {
      const { problems } = await recheck();
      for (const problem of problems) log.warn('upkeep', problem);
      testLauncher(paths, clock);
    } catch (error) {
      log.warn('upkeep', 'the hook could not be looked at', error);
    }
    return true;
  };
}
