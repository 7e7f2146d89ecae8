/** What an answer would have cost at list price. */
import type { UsageMessage } from './message.ts';
import { priceOf, type Rates, US_ONLY_FACTOR, WEB_SEARCH_USD } from './prices.ts';

/** Costs are whole billionths of a dollar, so that sums are exact and can be taken apart again. */
export const NANO = 1e9;
/** A dollar per million tokens, in billionths of a dollar per token. */
const NANO_PER_RATE = NANO / 1e6;

/** What the cost of an answer depends on. */
export type Priceable = Pick<
  UsageMessage,
  'model' | 'at' | 'tokens' | 'webSearches' | 'isFast' | 'isUsOnly'
>;

/** Billionths of a dollar; null where the list has no price for that model, or not in that mode. */
export function costOf(message: Priceable): number | null {
  const { model, at, tokens, webSearches, isFast, isUsOnly } = message;
  const price = priceOf(model, at);
  if (price === null || (isFast && price.fast === null)) return null;
  const prompt = tokens.input + tokens.cacheRead + tokens.write5m + tokens.write1h;
  const isLong = price.long !== null && prompt > price.long.above;
  const rates = isLong ? (price.long?.rates ?? price.rates) : price.rates;
  const factor = (isFast ? (price.fast ?? 1) : 1) * (isUsOnly ? US_ONLY_FACTOR : 1);
  return Math.round(atRates(tokens, rates) * factor + webSearches * WEB_SEARCH_USD * NANO);
}

function atRates(tokens: UsageMessage['tokens'], rates: Rates): number {
  const kinds = ['input', 'output', 'cacheRead', 'write5m', 'write1h'] as const;
  return kinds.reduce(
    (sum, kind) => sum + tokens[kind] * Math.round(rates[kind] * NANO_PER_RATE),
    0,
  );
}
