/** Waits for the lock without holding the thread up. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Paths } from '../../src-core/files/paths.ts';
import { type Lock, takeLock } from '../../src-core/lock/lock.ts';
import type { OpenSqlite } from '../../src-core/store/driver.ts';

const STEP_MS = 50;

/** Whose lock, and how long to wait for it. */
export interface WaitOptions {
  readonly paths: Paths;
  readonly open: OpenSqlite;
  readonly waitMs: number;
}

/**
 * Takes the lock; null when nobody gave it up in time.
 * @throws when the lock's own file can be neither opened nor made again
 */
export async function waitForLock({ paths, open, waitMs }: WaitOptions): Promise<Lock | null> {
  // The wall clock may be set meanwhile.
  const from = performance.now();
  for (;;) {
    const lock = takeLock({ paths, open, waitMs: 0 });
    if (lock !== null || performance.now() - from >= waitMs) return lock;
    await delay(STEP_MS);
  }
}
