/**
 * List prices of models, US dollars per million tokens, as Anthropic publishes them for its own API.
 * What a subscription, a contract or another provider charges is not in here, and a model that is
 * not in here has no price: its tokens are counted and its cost is unknown, never nothing.
 *
 * A new release of this program brings a new table; a price that changed keeps its old row, so that
 * older work goes on costing what it cost then.
 */

/** The day of the newest fact in the table, `YYYY-MM-DD`. */
export const PRICES_AS_OF = '2026-11-12';

/** US dollars per million tokens. */
export interface Rates {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  /** Writing to the cache for five minutes, and for an hour. */
  readonly write5m: number;
  readonly write1h: number;
}

/** Where a price was read, and when that page said so. */
export interface PriceSource {
  readonly url: string;
  /** `YYYY-MM-DD` or `YYYY-MM`. */
  readonly asOf: string;
}

/** What a model costs from a day on. */
export interface Price {
  readonly model: string;
  /** First day of this price (UTC), `YYYY-MM-DD`; null from its release on. */
  readonly from: string | null;
  readonly rates: Rates;
  /** Other rates for each request whose prompt has more tokens than this, caches included. */
  readonly long: { readonly above: number; readonly rates: Rates } | null;
  /** How many times as much fast mode costs; null where the list has no fast mode. */
  readonly fast: number | null;
  readonly source: PriceSource;
}

const LIST: PriceSource = {
  url: 'https://platform.claude.com/docs/en/about-claude/pricing',
  asOf: '2026-09',
};
const LIST_2025: PriceSource = {
  url: 'https://docs.anthropic.com/en/docs/about-claude/pricing',
  asOf: '2025-09',
};
const OPUS_5_5: PriceSource = {
  url: 'https://platform.claude.com/docs/en/models/opus-5-5/overview',
  asOf: '2026-09-23',
};
const SONNET_5_5: PriceSource = {
  url: 'https://platform.claude.com/docs/en/models/sonnet-5-5/overview',
  asOf: '2026-09-28',
};
const HAIKU_5_5: PriceSource = {
  url: 'https://platform.claude.com/docs/en/models/haiku-5-5/overview',
  asOf: '2026-10-07',
};
/** Read by others from the list, and quoted from them: the list itself was not at hand. */
const SONNET_5_5_CUT: PriceSource = {
  url: 'https://github.com/kurofune/claudit/releases/tag/v1.9.2',
  asOf: '2026-10-24',
};
const FABLE_5_2: PriceSource = {
  url: 'https://github.com/archid21/rightsize/releases/tag/v0.10.2',
  asOf: '2026-11-12',
};

function rates(
  [input, output]: readonly [number, number],
  [cacheRead, write5m, write1h]: readonly [number, number, number],
): Rates {
  return { input, output, cacheRead, write5m, write1h };
}

function price(
  model: string,
  source: PriceSource,
  its: Rates,
  more: Partial<Pick<Price, 'from' | 'long' | 'fast'>> = {},
): Price {
  return { model, from: null, rates: its, long: null, fast: null, source, ...more };
}

const FABLE_5 = rates([10, 50], [1, 12.5, 20]);
const FABLE_5_1 = rates([10, 50], [0.25, 12.5, 20]);
const OPUS_4_5 = rates([5, 25], [0.5, 6.25, 10]);
const OPUS_3 = rates([15, 75], [1.5, 18.75, 30]);
const SONNET_3 = rates([3, 15], [0.3, 3.75, 6]);
const SONNET_5 = rates([2, 10], [0.2, 2.5, 4]);
/** The first models with a million tokens of context charged more for a long one. */
const LONG_SONNET_4 = { above: 200_000, rates: rates([6, 22.5], [0.6, 7.5, 12]) };

/** All prices; of several for one model the later ones come later. */
export const PRICES: readonly Price[] = [
  price('claude-fable-5-2', FABLE_5_2, rates([8, 40], [0.2, 10, 16]), { fast: 2 }),
  price('claude-fable-5-1', LIST, FABLE_5_1),
  price('claude-mythos-5-1', LIST, FABLE_5_1),
  price('claude-fable-5', LIST, FABLE_5),
  price('claude-mythos-5', LIST, FABLE_5),
  price('claude-opus-5-5', OPUS_5_5, rates([4, 20], [0.2, 5, 8]), { fast: 2 }),
  price('claude-opus-5', LIST, OPUS_4_5, { fast: 2 }),
  price('claude-opus-4-8', LIST, OPUS_4_5, { fast: 2 }),
  price('claude-opus-4-7', LIST, OPUS_4_5, { fast: 6 }),
  price('claude-opus-4-6', LIST, OPUS_4_5, { fast: 6 }),
  price('claude-opus-4-5', LIST, OPUS_4_5),
  price('claude-opus-4-1', LIST, OPUS_3),
  price('claude-opus-4', LIST, OPUS_3),
  price('claude-3-opus', LIST_2025, OPUS_3),
  price('claude-sonnet-5-5', SONNET_5_5, SONNET_5),
  price('claude-sonnet-5-5', SONNET_5_5_CUT, rates([2, 10], [0.1, 2.5, 4]), {
    from: '2026-10-07',
  }),
  price('claude-sonnet-5', LIST, SONNET_5),
  price('claude-sonnet-4-6', LIST, SONNET_3),
  price('claude-sonnet-4-5', LIST, SONNET_3, { long: LONG_SONNET_4 }),
  price('claude-sonnet-4', LIST_2025, SONNET_3, { long: LONG_SONNET_4 }),
  price('claude-3-7-sonnet', LIST_2025, SONNET_3),
  price('claude-3-5-sonnet', LIST_2025, SONNET_3),
  price('claude-haiku-5-5', HAIKU_5_5, rates([0.1, 0.5], [0.01, 0.125, 0.2]), {
    long: { above: 100_000, rates: rates([0.5, 2.5], [0.05, 0.625, 1]) },
  }),
  price('claude-haiku-4-5', LIST, rates([1, 5], [0.1, 1.25, 2])),
  price('claude-3-5-haiku', LIST_2025, rates([0.8, 4], [0.08, 1, 1.6])),
  price('claude-3-haiku', LIST_2025, rates([0.25, 1.25], [0.03, 0.3, 0.5])),
];

/** US dollars of one web search on Anthropic's servers; a web fetch there costs its tokens alone. */
export const WEB_SEARCH_USD = 0.01;
/** So many times as much costs a request that must stay in the United States. */
export const US_ONLY_FACTOR = 1.1;

/** A date, a context length or `latest` behind a name is no other model. */
const SUFFIX = /(?:-\d{8}|-latest)?(?:\[1m\])?$/;

/** The name under which a model stands in the list: without date and context length. */
export function listedName(model: string): string {
  const name = model.replace(SUFFIX, '');
  return name === 'claude-opus-4-0' || name === 'claude-sonnet-4-0' ? name.slice(0, -2) : name;
}

const BY_MODEL = new Map<string, Price[]>();
for (const each of PRICES) BY_MODEL.set(each.model, [...(BY_MODEL.get(each.model) ?? []), each]);

/** The price of a model at a time (epoch milliseconds); null for one that the list does not have. */
export function priceOf(model: string, at: number): Price | null {
  const prices = BY_MODEL.get(listedName(model)) ?? [];
  return prices.findLast(({ from }) => from === null || at >= Date.parse(from)) ?? null;
}
