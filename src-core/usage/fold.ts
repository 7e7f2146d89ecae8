/** Adds answers up, by who asked for them and which model gave them. */
import { costOf } from './cost.ts';
import type { Tokens, UsageMessage } from './message.ts';

/** What a sum of usage holds. All are whole numbers, so that sums of sums are exact. */
export interface UsageSum extends Tokens {
  readonly messages: number;
  readonly webSearches: number;
  /** Billionths of a dollar, of the answers that have a price. */
  readonly nanoUsd: number;
  /** Answers without a price, and all their tokens. */
  readonly unpriced: number;
  readonly unpricedTokens: number;
}

/** A sum of nothing. */
export const NO_USAGE: UsageSum = {
  messages: 0,
  input: 0,
  output: 0,
  cacheRead: 0,
  write5m: 0,
  write1h: 0,
  webSearches: 0,
  nanoUsd: 0,
  unpriced: 0,
  unpricedTokens: 0,
};

/** All tokens, of whatever kind. */
export function allTokens({ input, output, cacheRead, write5m, write1h }: Tokens): number {
  return input + output + cacheRead + write5m + write1h;
}

/** The usage of one answer as a sum. */
export function sumOf(message: UsageMessage): UsageSum {
  const { tokens, webSearches } = message;
  const cost = costOf(message);
  const isPriced = cost !== null;
  return {
    ...tokens,
    messages: 1,
    webSearches,
    nanoUsd: cost ?? 0,
    unpriced: isPriced ? 0 : 1,
    unpricedTokens: isPriced ? 0 : allTokens(tokens),
  };
}

/** Both sums together. */
export function addUsage(a: UsageSum, b: UsageSum): UsageSum {
  return {
    messages: a.messages + b.messages,
    input: a.input + b.input,
    output: a.output + b.output,
    cacheRead: a.cacheRead + b.cacheRead,
    write5m: a.write5m + b.write5m,
    write1h: a.write1h + b.write1h,
    webSearches: a.webSearches + b.webSearches,
    nanoUsd: a.nanoUsd + b.nanoUsd,
    unpriced: a.unpriced + b.unpriced,
    unpricedTokens: a.unpricedTokens + b.unpricedTokens,
  };
}

/** Sums by a key of each item. */
export function sumBy<T>(
  items: Iterable<T>,
  keyOf: (item: T) => string,
  usageIn: (item: T) => UsageSum,
): Map<string, UsageSum> {
  const sums = new Map<string, UsageSum>();
  for (const item of items) {
    const key = keyOf(item);
    sums.set(key, addUsage(sums.get(key) ?? NO_USAGE, usageIn(item)));
  }
  return sums;
}
