/** Taking turns with capture and the bridge: the lock is held for one batch, then everybody may. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Paths } from '../../src-core/files/paths.ts';
import { takeLock } from '../../src-core/lock/lock.ts';
import type { OpenSqlite } from '../../src-core/store/driver.ts';

/** Nobody gave way in time. */
export class LockHeld extends Error {
  constructor() {
    super('Another run holds the lock; try again in a moment.');
  }
}

const LOCK_STEP_MS = 20;

/** How to wait for a turn. */
export interface TurnOptions {
  readonly paths: Paths;
  readonly open: OpenSqlite;
  readonly waitMs: number;
}

/**
 * Runs `work` under the lock.
 * @throws LockHeld when nobody gave way in time, and what `work` throws
 */
export async function takeTurn<T>({ paths, open, waitMs }: TurnOptions, work: () => T): Promise<T> {
  const until = performance.now() + waitMs;
  let lock = takeLock({ paths, open, waitMs: 0 });
  while (lock === null) {
    if (performance.now() >= until) throw new LockHeld();
    await delay(LOCK_STEP_MS);
    lock = takeLock({ paths, open, waitMs: 0 });
  }
  try {
    return work();
  } finally {
    lock.release();
  }
}
