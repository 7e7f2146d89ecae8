/**
 * Decides when the page reads again. The first change after quiet is read at once, so an event shows
 * as soon as it can; a stream of changes is read at most once a gap; while nobody can see the page
 * nothing is read, and it is read once when it is shown again. A read is never started over a
 * running one, and the longer a read takes the longer it rests, so a slow main process cannot be
 * starved by a fast stream.
 */

/** What a refresher needs from its surroundings; made up in tests. */
export interface RefresherOptions {
  /** Reads again what is shown; settles when done and does not reject. */
  readonly refresh: () => Promise<void>;
  /** At least this long between the starts of two reads. */
  readonly gapMs: number;
  readonly isVisible: () => boolean;
  /** Milliseconds that only ever grow. */
  readonly monotonic: () => number;
  /** Calls back once after a delay; the returned function calls it off. */
  readonly later: (run: () => void, delayMs: number) => () => void;
}

/** Reads may take a tenth of the time; they begin at most so far apart, or figures would seem to stand. */
const SHARE = 10;
const LONGEST_GAP_MS = 10_000;

/** Turns changes into reads. */
export interface Refresher {
  /** Something changed in main. */
  changed(): void;
  /** The page became visible. */
  shown(): void;
  stop(): void;
}

/** Builds a refresher; it does nothing until `changed` or `shown` is called. */
export function createRefresher(options: RefresherOptions): Refresher {
  let startedAt = Number.NEGATIVE_INFINITY;
  let tookMs = 0;
  let isRunning = false;
  let isWanted = false;
  let isStopped = false;
  let callOff: (() => void) | null = null;

  const run = async (): Promise<void> => {
    isWanted = false;
    isRunning = true;
    startedAt = options.monotonic();
    try {
      await options.refresh();
    } finally {
      isRunning = false;
      tookMs = options.monotonic() - startedAt;
      if (isWanted) consider();
    }
  };

  const consider = (): void => {
    if (isStopped || isRunning || callOff !== null || !options.isVisible()) return;
    const gapMs = Math.max(options.gapMs, Math.min(tookMs * SHARE, LONGEST_GAP_MS));
    const waitMs = startedAt + gapMs - options.monotonic();
    if (waitMs <= 0) {
      void run();
      return;
    }
    callOff = options.later(() => {
      callOff = null;
      if (isWanted) consider();
    }, waitMs);
  };

  return {
    changed: () => {
      isWanted = true;
      consider();
    },
    shown: () => {
      isWanted = true;
      startedAt = Number.NEGATIVE_INFINITY;
      callOff?.();
      callOff = null;
      consider();
    },
    stop: () => {
      isStopped = true;
      callOff?.();
      callOff = null;
    },
  };
}
