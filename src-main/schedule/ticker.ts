/** The one timer of the program: runs a job each minute, never twice at once. */
import type { Logger } from '../../src-core/base/logger.ts';

/** A running ticker. */
export interface Ticker {
  /** Runs the job now, or once more when it is running: what was asked for is always seen by a run that began later. */
  runNow(): Promise<void>;
  /** Stops ticking; resolves when a running job has ended. */
  stop(): Promise<void>;
}

/** What a ticker needs. */
export interface TickerOptions {
  readonly everyMs: number;
  readonly job: () => Promise<void>;
  readonly log: Logger;
}

/** Starts a ticker; the first run comes after `everyMs`, or when it is asked for. */
export function startTicker({ everyMs, job, log }: TickerOptions): Ticker {
  let running: Promise<void> | null = null;
  let queued: Promise<void> | null = null;
  let isStopped = false;
  const run = (): Promise<void> => {
    // A failing job is recorded and does not stop the next one.
    running = job()
      .catch((error: unknown) => log.error('ticker', 'the job failed', error))
      .finally(() => {
        running = null;
      });
    return running;
  };
  const runNow = (): Promise<void> => {
    if (isStopped) return Promise.resolve();
    // A queued run may be about to begin although none is running in this very moment.
    if (queued !== null) return queued;
    if (running === null) return run();
    queued = running.then(() => {
      queued = null;
      return isStopped ? undefined : run();
    });
    return queued;
  };
  const timer = setInterval(() => {
    // A run that takes longer than the interval is not piled upon.
    if (running === null) run().catch(() => undefined);
  }, everyMs);
  return {
    runNow,
    stop: async () => {
      isStopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
