/**
 * Main's clock as the page knows it: the `now` of the last reply plus the time that has passed here
 * since, by a clock that never jumps. Ages are counted from it, so a figure and its age always come
 * from the same clock. One ticker serves the whole page, and only while somebody can see it.
 */
import { useSyncExternalStore } from 'react';

/** Where time, ticks and visibility come from; the page's own in the app, made up in tests. */
export interface ClockSource {
  /** Milliseconds that only ever grow. */
  monotonic(): number;
  /** Epoch milliseconds, used until main has told its time. */
  wall(): number;
  /** Calls back about once a second until the returned function is called. */
  everySecond(tick: () => void): () => void;
  isVisible(): boolean;
  onVisibility(changed: () => void): () => void;
}

/** Main's time for display; `read` changes at most once a second and with each reply. */
export interface MainClock {
  /** Main's time at the last tick or reply, in epoch milliseconds. */
  read(): number;
  /** Main's time right now, between the ticks. */
  estimate(): number;
  /** Takes over main's time from a reply. */
  set(now: number): void;
  /** Calls back whenever `read` changes; the ticker runs while anyone listens and the page shows. */
  subscribe(listener: () => void): () => void;
}

/** Builds a clock over a source. */
export function createMainClock(source: ClockSource): MainClock {
  const listeners = new Set<() => void>();
  let offset: number | null = null;
  let current = source.wall();
  let stopTicks: (() => void) | null = null;
  let stopVisibility: (() => void) | null = null;

  const estimate = (): number => (offset === null ? source.wall() : source.monotonic() + offset);
  const move = (now: number): void => {
    current = now;
    for (const listener of [...listeners]) listener();
  };
  const follow = (): void => {
    const wanted = listeners.size > 0 && source.isVisible();
    if (wanted && stopTicks === null) {
      stopTicks = source.everySecond(() => move(estimate()));
      move(estimate());
    } else if (!wanted && stopTicks !== null) {
      stopTicks();
      stopTicks = null;
    }
  };

  return {
    read: () => current,
    estimate,
    set: (now) => {
      offset = now - source.monotonic();
      move(now);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      stopVisibility ??= source.onVisibility(follow);
      follow();
      return () => {
        listeners.delete(listener);
        follow();
        if (listeners.size === 0) {
          stopVisibility?.();
          stopVisibility = null;
        }
      };
    },
  };
}

const pageSource: ClockSource = {
  monotonic: () => performance.now(),
  wall: () => Date.now(),
  everySecond: (tick) => {
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  },
  isVisible: () => document.visibilityState === 'visible',
  onVisibility: (changed) => {
    document.addEventListener('visibilitychange', changed);
    return () => document.removeEventListener('visibilitychange', changed);
  },
};

/** The page's one clock. */
export const mainClock: MainClock = createMainClock(pageSource);

/** Whether a moment is longer ago than `ageMs`; renders the component again only when that changes. */
export function useIsOlder(at: number, ageMs: number): boolean {
  return useSyncExternalStore(mainClock.subscribe, () => mainClock.read() - at > ageMs);
}

/** Main's time in epoch milliseconds; renders the component again about once a second. */
export function useNow(): number {
  return useSyncExternalStore(mainClock.subscribe, mainClock.read);
}
