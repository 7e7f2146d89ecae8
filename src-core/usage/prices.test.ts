import { describe, expect, it } from 'vitest';
import { listedName, PRICES, PRICES_AS_OF, priceOf } from './prices.ts';

const AT = Date.parse('2026-11-20T12:00:00Z');

describe('the price list', () => {
  it('states for each price where and when it was read, and no newer fact than the table', () => {
    for (const { model, source } of PRICES) {
      expect(source.url, model).toMatch(/^https:\/\//);
      expect(source.asOf, model).toMatch(/^20\d\d-\d\d(-\d\d)?$/);
      expect(source.asOf <= PRICES_AS_OF, model).toBe(true);
    }
  });

  it('never charges more for reading a cache than for input, nor less for writing it', () => {
    for (const { model, rates, long } of PRICES) {
      for (const each of [rates, long?.rates ?? rates]) {
        expect(each.cacheRead, model).toBeLessThan(each.input);
        expect(each.write5m, model).toBeGreaterThan(each.input);
        expect(each.write1h, model).toBeGreaterThan(each.write5m);
        expect(each.output, model).toBeGreaterThan(each.input);
      }
    }
  });

  it('keeps what a model cost before its price changed', () => {
    const read = (day: string) =>
      priceOf('claude-sonnet-5-5', Date.parse(`${day}T23:59:59Z`))?.rates.cacheRead;
    expect(read('2026-10-06')).toBe(0.2);
    expect(read('2026-10-07')).toBe(0.1);
  });

  it('knows a model by its dated name, its long context and its latest version', () => {
    expect(listedName('claude-sonnet-4-5-20250929')).toBe('claude-sonnet-4-5');
    expect(listedName('claude-opus-5-5[1m]')).toBe('claude-opus-5-5');
    expect(listedName('claude-3-5-haiku-latest')).toBe('claude-3-5-haiku');
    expect(listedName('claude-opus-4-0')).toBe('claude-opus-4');
    expect(priceOf('claude-opus-4-20250514', AT)?.rates.output).toBe(75);
  });

  it('has no price for a model that is not listed, nor for one whose name only begins alike', () => {
    expect(priceOf('claude-opus-5-6', AT)).toBeNull();
    expect(priceOf('claude-opus-5-5-mini', AT)).toBeNull();
    expect(priceOf('unknown', AT)).toBeNull();
    expect(priceOf('us.anthropic.claude-opus-5-5-v1:0', AT)).toBeNull();
  });
});
