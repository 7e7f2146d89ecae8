import { describe, expect, it } from 'vitest';
import { createRefresher, type Refresher } from './refresher.ts';

/** A refresher whose time, timers and reads are in the test's hands. */
function setUp() {
  let now = 10_000;
  let isVisible = true;
  let timer: { run: () => void; at: number } | null = null;
  const reads: number[] = [];
  let finish: (() => void) | null = null;
  const refresher: Refresher = createRefresher({
    refresh: () => {
      reads.push(now);
      return new Promise((resolve) => {
        finish = resolve;
      });
    },
    gapMs: 1000,
    isVisible: () => isVisible,
    monotonic: () => now,
    later: (run, delayMs) => {
      timer = { run, at: now + delayMs };
      return () => {
        timer = null;
      };
    },
  });
  return {
    refresher,
    reads,
    hide: () => {
      isVisible = false;
    },
    show: () => {
      isVisible = true;
      refresher.shown();
    },
    /** The running read ends; what follows from that has happened when this resolves. */
    async end() {
      finish?.();
      finish = null;
      await Promise.resolve();
      await Promise.resolve();
    },
    pass(ms: number) {
      now += ms;
      if (timer === null || timer.at > now) return;
      const { run } = timer;
      timer = null;
      run();
    },
    hasTimer: () => timer !== null,
  };
}

describe('a refresher', () => {
  it('reads at once at the first change after quiet', () => {
    const { refresher, reads } = setUp();
    refresher.changed();
    expect(reads).toEqual([10_000]);
  });

  it('reads a stream of changes once a gap, and the last change is not lost', async () => {
    const it = setUp();
    it.refresher.changed();
    await it.end();
    for (let change = 0; change < 5; change += 1) {
      it.pass(100);
      it.refresher.changed();
    }
    expect(it.reads).toEqual([10_000]);
    it.pass(500);
    expect(it.reads).toEqual([10_000, 11_000]);
    await it.end();
    expect(it.hasTimer()).toBe(false);
  });

  it('never starts a read over a running one, and rests the longer the longer that took', async () => {
    const it = setUp();
    it.refresher.changed();
    it.pass(300);
    it.refresher.changed();
    it.refresher.changed();
    expect(it.reads).toEqual([10_000]);
    await it.end();
    it.pass(2699);
    expect(it.reads).toEqual([10_000]);
    it.pass(1);
    expect(it.reads).toEqual([10_000, 13_000]);
  });

  it('rests ten seconds at most, however slow main is', async () => {
    const it = setUp();
    it.refresher.changed();
    it.pass(4000);
    it.refresher.changed();
    await it.end();
    it.pass(6000);
    expect(it.reads).toEqual([10_000, 20_000]);
  });

  it('reads nothing while the page is hidden, and once when it is shown', async () => {
    const it = setUp();
    it.hide();
    it.refresher.changed();
    it.refresher.changed();
    expect(it.reads).toEqual([]);
    it.show();
    expect(it.reads).toEqual([10_000]);
    await it.end();
    expect(it.hasTimer()).toBe(false);
  });

  it('does not wait for the gap when the page is shown', async () => {
    const it = setUp();
    it.refresher.changed();
    await it.end();
    it.hide();
    it.pass(10);
    it.show();
    expect(it.reads).toEqual([10_000, 10_010]);
  });

  it('stays silent once it is stopped', () => {
    const it = setUp();
    it.refresher.stop();
    it.refresher.changed();
    expect(it.reads).toEqual([]);
  });
});
