/** The one timer of the tests: for what another process does, of which no event tells. */
import { setTimeout as delay } from 'node:timers/promises';

const STEP_MS = 10;

/** Waits until the condition holds; rejects, naming it, when it does not before the deadline. */
export async function until(what: string, isSo: () => boolean, deadlineMs = 30_000): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`waited ${deadlineMs} ms in vain until ${what}`);
    await delay(STEP_MS);
  }
}
