import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 40;

/** What a wait is for and how long it may take at most. */
export interface WaitOptions {
  readonly what: string;
  readonly withinMs: number;
}

/**
 * Asks `probe` until it answers with a value and returns that value. For what a desktop cannot
 * announce (a window's place, a name on the bus); the deadline only bounds a broken run.
 * @throws when the deadline passes, naming what was waited for.
 */
export async function waitUntil<T>(
  probe: () => Promise<T | undefined>,
  { what, withinMs }: WaitOptions,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const value = await probe();
    if (value !== undefined) return value;
    if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms in vain for ${what}`);
    await pause(POLL_MS);
  }
}
