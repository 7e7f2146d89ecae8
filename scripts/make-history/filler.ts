import type { Random } from './seeded-random.ts';

/** Nothing that JSON escapes: that would take most of the time of making a history. */
const WORDS =
  'const row = await store.find(id); if (!row) return missing(id); total += row.amount; ';
/** Long enough for the largest output; cutting it is much cheaper than making it. */
const FILLER = WORDS.repeat(240);

/** Text of about `median` characters that stands for content: the record keeps its size alone. */
export function fill(random: Random, median: number): string {
  return FILLER.slice(0, Math.min(FILLER.length, Math.round(random.spread(median, 1.8))));
}
