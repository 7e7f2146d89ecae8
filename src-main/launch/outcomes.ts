/** Outcomes in the words that the pages and the command line show. */
import type { LoginOutcome } from './login-item.ts';

/** The user's own choice, made outside of the app, stands. */
export function switchedOff(
  reason = 'it is switched off in the system settings, under Login Items',
): LoginOutcome {
  return { kind: 'disabled', reason };
}

/** Done, but the system looks at it only then. */
export function atNextLogin(reason: string): LoginOutcome {
  return { kind: 'next-login', reason };
}

/** Not done. */
export function failed(reason: string): LoginOutcome {
  return { kind: 'failed', reason };
}

/** Runs the work; what the disk throws becomes an outcome. */
export async function guarded(work: () => Promise<LoginOutcome>): Promise<LoginOutcome> {
  try {
    return await work();
  } catch (error) {
    return failed((error as Error).message);
  }
}
