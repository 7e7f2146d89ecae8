import { describe, expect, it } from 'vitest';
import { callPayload, eventOf } from '../../test/support/capture-text.ts';
import { recordOf } from '../event/record.ts';
import { hasRightSum, keyedHash, lineOf, sha256, sumOf, sumOfIntactLine } from './sum.ts';

const record = recordOf(eventOf(callPayload({})));
const written = () => JSON.parse(lineOf(record)) as Record<string, unknown>;

describe('sumOf', () => {
  it('is the beginning of SHA-256 over the record up to its sum', () => {
    expect(sumOf({ b: 1, a: 'x' })).toBe(sha256('{"b":1,"a":"x"').slice(0, 16));
  });

  it('does not depend on a sum that is there', () => {
    expect(sumOf({ ...record, sum: 'x' })).toBe(sumOf(record));
  });
});

describe('sumOfIntactLine', () => {
  it('gives the sum of a line as we write it, and nothing for one with any byte changed', () => {
    const line = Buffer.from(lineOf(record).trimEnd());
    expect(sumOfIntactLine(line)).toBe(sumOf(record));
    for (let at = 0; at < line.length; at++) {
      const changed = Buffer.from(line);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(sumOfIntactLine(changed)).toBeNull();
    }
    expect(sumOfIntactLine(Buffer.alloc(0))).toBeNull();
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
