import { describe, expect, it } from 'vitest';
import { costOf, type Priceable } from './cost.ts';

const MILLION = 1_000_000;
const NONE = { input: 0, output: 0, cacheRead: 0, write5m: 0, write1h: 0 };

function answer(change: Partial<Priceable>): Priceable {
  return {
    model: 'claude-opus-5-5',
    at: Date.parse('2026-11-20T12:00:00Z'),
    tokens: NONE,
    webSearches: 0,
    isFast: false,
    isUsOnly: false,
    ...change,
  };
}

function dollars(change: Partial<Priceable>): number | null {
  const cost = costOf(answer(change));
  return cost === null ? null : cost / 1e9;
}

describe('the cost of an answer', () => {
  it('is what each kind of token costs by the list', () => {
    expect(dollars({ tokens: { ...NONE, input: MILLION } })).toBe(4);
    expect(dollars({ tokens: { ...NONE, output: MILLION } })).toBe(20);
    expect(dollars({ tokens: { ...NONE, cacheRead: MILLION } })).toBe(0.2);
    expect(dollars({ tokens: { ...NONE, write5m: MILLION } })).toBe(5);
    expect(dollars({ tokens: { ...NONE, write1h: MILLION } })).toBe(8);
    expect(dollars({ webSearches: 3 })).toBe(0.03);
  });

  it('is exact to the billionth of a dollar for a single token', () => {
    expect(costOf(answer({ model: 'claude-haiku-5-5', tokens: { ...NONE, cacheRead: 1 } }))).toBe(
      10,
    );
    expect(costOf(answer({ model: 'claude-haiku-5-5', tokens: { ...NONE, write5m: 1 } }))).toBe(
      125,
    );
  });

  it('is unknown, not nothing, for a model without a price', () => {
    expect(costOf(answer({ model: 'somebody-elses-model' }))).toBeNull();
  });

  it('is higher in fast mode, and unknown where the list has none', () => {
    const tokens = { ...NONE, output: MILLION };
    expect(dollars({ tokens, isFast: true })).toBe(40);
    expect(dollars({ model: 'claude-sonnet-5-5', tokens, isFast: true })).toBeNull();
  });

  it('is a tenth higher for a request that stays in the United States, but not for its searches', () => {
    const tokens = { ...NONE, input: MILLION };
    expect(dollars({ tokens, isUsOnly: true, webSearches: 1 })).toBe(4.41);
  });

  it('goes by the length of the prompt, caches included, where the list does', () => {
    const model = 'claude-haiku-5-5';
    const output = MILLION;
    expect(dollars({ model, tokens: { ...NONE, cacheRead: 100_000, output } })).toBe(0.501);
    expect(dollars({ model, tokens: { ...NONE, cacheRead: 100_001, output } })).toBe(2.50500005);
  });
});
