import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Logger, silentLogger } from '../../src-core/base/logger.ts';
import { startTicker, type Ticker } from './ticker.ts';

/** A job that runs until the test ends it, and a record of what ran. */
function createJob() {
  const runs: { end: () => void; fail: (error: Error) => void }[] = [];
  let atOnce = 0;
  let most = 0;
  return {
    runs,
    most: () => most,
    job: async (): Promise<void> => {
      atOnce++;
      most = Math.max(most, atOnce);
      try {
        await new Promise<void>((resolve, reject) => {
          runs.push({ end: resolve, fail: reject });
        });
      } finally {
        atOnce--;
      }
    },
  };
}

/** Lets everything run that is ready to. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const NEVER = 2 ** 31 - 1;
const start = (job: () => Promise<void>, everyMs = NEVER, log: Logger = silentLogger): Ticker =>
  startTicker({ everyMs, job, log });

describe('a ticker', () => {
  it('runs when it is asked to, and says when that is done', async () => {
    const { job, runs } = createJob();
    const ticker = start(job);
    let isDone = false;
    const asked = ticker.runNow().then(() => {
      isDone = true;
    });
    await settle();
    expect([runs.length, isDone]).toEqual([1, false]);
    runs[0]?.end();
    await asked;
    await ticker.stop();
  });

  it('answers all who ask while it runs with one more run, that begins afterwards', async () => {
    const { job, runs, most } = createJob();
    const ticker = start(job);
    const first = ticker.runNow();
    const asked = [ticker.runNow(), ticker.runNow(), ticker.runNow()];
    await settle();
    expect(runs).toHaveLength(1);
    runs[0]?.end();
    await first;
    await settle();
    expect(runs).toHaveLength(2);
    runs[1]?.end();
    await Promise.all(asked);
    await settle();
    expect([runs.length, most()]).toEqual([2, 1]);
    await ticker.stop();
  });

  it('never runs twice at once, also when it is asked in the moment between two runs', async () => {
    const { job, runs, most } = createJob();
    const ticker = start(job);
    const asksAgain = ticker.runNow().then(() => ticker.runNow());
    const queued = ticker.runNow();
    runs[0]?.end();
    await settle();
    runs[1]?.end();
    await settle();
    for (const run of runs) run.end();
    await Promise.all([asksAgain, queued]);
    expect(most()).toBe(1);
    await ticker.stop();
  });

  it('ticks by itself, and piles nothing upon a run that takes longer than its interval', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const { job, runs, most } = createJob();
    const ticker = start(job, 10);
    vi.advanceTimersByTime(35);
    expect(runs.length).toBe(1);
    runs[0]?.end();
    await settle();
    vi.advanceTimersByTime(10);
    expect([runs.length, most()]).toEqual([2, 1]);
    runs[1]?.end();
    await ticker.stop();
    vi.advanceTimersByTime(100);
    expect(runs.length).toBe(2);
  });

  it('reports a job that fails, and runs the next one', async () => {
    const { job, runs } = createJob();
    const reported: unknown[] = [];
    const log = { ...silentLogger, error: (...entry: unknown[]) => reported.push(entry) };
    const ticker = start(job, NEVER, log);
    const failing = ticker.runNow();
    runs[0]?.fail(new Error('no disk'));
    await failing;
    expect(reported).toEqual([['ticker', 'the job failed', new Error('no disk')]]);
    const next = ticker.runNow();
    runs[1]?.end();
    await next;
    await ticker.stop();
  });

  it('lets a running job end when it is stopped, and starts none any more', async () => {
    const { job, runs } = createJob();
    const ticker = start(job);
    const first = ticker.runNow();
    const queued = ticker.runNow();
    let isStopped = false;
    const stopped = ticker.stop().then(() => {
      isStopped = true;
    });
    await settle();
    expect(isStopped).toBe(false);
    runs[0]?.end();
    await Promise.all([first, queued, stopped]);
    await ticker.runNow();
    expect(runs).toHaveLength(1);
  });
});
