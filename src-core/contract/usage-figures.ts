/** A sum of usage as the pages get it. */
import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What answers of models used, and what that would have cost at list price. */
export const UsageFigures = v.object({
  answers: count,
  tokens: v.object({
    input: count,
    output: count,
    cacheRead: count,
    cacheWrite5m: count,
    cacheWrite1h: count,
  }),
  /** Searches on the server, which have a price of their own. */
  webSearches: count,
  /** US dollars, of the answers that have a price; null where none of them has. */
  usd: v.nullable(v.number()),
  /** Answers of models without a price; their tokens are in `tokens` as well. */
  unpriced: v.object({ answers: count, tokens: count }),
});
export type UsageFigures = v.InferOutput<typeof UsageFigures>;
