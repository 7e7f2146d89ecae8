import type { Argument, Bridge, CallName, Result } from '../../src-core/contract/ipc.ts';
import { mainClock } from './clock.ts';

/** A call that main answered with a failure; `sinceAt` is when the first of an unbroken row failed. */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly kind: string;
  readonly sinceAt: number;

  constructor(kind: string, message: string, sinceAt: number) {
    super(message);
    this.kind = kind;
    this.sinceAt = sinceAt;
  }
}

/** The page's bridge to main. @throws when the page was opened without its preload. */
export function bridge(): Bridge {
  if (window.hookline === undefined) {
    throw new Error('window.hookline is missing: this page needs its preload');
  }
  return window.hookline;
}

const failingSince = new Map<string, number>();

/**
 * Calls main and returns its value; replies that carry main's clock set the page's.
 * @throws CallError when main could not answer.
 */
export async function callMain<N extends CallName>(
  name: N,
  argument: Argument<N>,
): Promise<Result<N>> {
  const reply = await bridge().call(name, argument);
  if (!reply.ok) {
    const sinceAt = failingSince.get(name) ?? mainClock.estimate();
    failingSince.set(name, sinceAt);
    throw new CallError(reply.error.kind, reply.error.message, sinceAt);
  }
  failingSince.delete(name);
  const value: unknown = reply.value;
  if (hasNow(value)) mainClock.set(value.now);
  return reply.value;
}

function hasNow(value: unknown): value is { readonly now: number } {
  return (
    typeof value === 'object' && value !== null && 'now' in value && typeof value.now === 'number'
  );
}
