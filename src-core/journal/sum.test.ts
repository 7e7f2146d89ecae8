import { describe, expect, it } from 'vitest';
import { callPayload, eventOf } from '../../test/support/capture-text.ts';
import { recordOf } from '../event/record.ts';
import { hasRightSum, keyedHash, lineOf, sha256, sumOf } from './sum.ts';

const record = recordOf(eventOf(callPayload({})));
const written = () => JSON.parse(lineOf(record)) as Record<string, unknown>;

describe('sumOf', () => {
  it('is the beginning of SHA-256 over the sorted members', () => {
    expect(sumOf({ b: 1, a: 'x' })).toBe(sha256('[["a","x"],["b",1]]').slice(0, 16));
  });

  it('does not depend on the order of members or on a sum that is there', () => {
    const turned = Object.fromEntries(Object.entries(record).reverse());
    expect(sumOf(turned)).toBe(sumOf(record));
    expect(sumOf({ ...record, sum: 'x' })).toBe(sumOf(record));
    expect(sumOf({ facts: { a: 1, b: 2 } })).toBe(sumOf({ facts: { b: 2, a: 1 } }));
  });
});

describe('lineOf', () => {
  it('is one line that carries its right sum', () => {
    const line = lineOf({ ...record, command: 'a\nb\u2028' });
    expect(line.indexOf('\n')).toBe(line.length - 1);
    expect(hasRightSum(JSON.parse(line))).toBe(true);
  });
});

describe('hasRightSum', () => {
  it('is false for a record of which any member was changed, added or taken away', () => {
    expect(hasRightSum(written())).toBe(true);
    for (const name of Object.keys(written())) {
      expect(hasRightSum({ ...written(), [name]: 'other' })).toBe(false);
      const { [name]: _, ...rest } = written();
      expect(hasRightSum(rest)).toBe(false);
    }
    expect(hasRightSum({ ...written(), more: 1 })).toBe(false);
  });

  it('is false for a record that is nested deeper than the stack reaches', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    expect(hasRightSum({ sum: '0123456789abcdef', deep })).toBe(false);
  });
});

describe('keyedHash', () => {
  it('depends on the key and gives at least eight digits', () => {
    const [one, two] = ['a', 'b'].map((key) => keyedHash(Buffer.from(key))('text'));
    expect(one).not.toBe(two);
    expect(one).toMatch(/^[0-9a-f]{64}$/);
  });
});
