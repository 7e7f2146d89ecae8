import { describe, expect, it } from 'vitest';
import { interleave } from './interleave.ts';

describe('interleaved samples', () => {
  it('takes each in turn and begins each round with another one', async () => {
    const order: string[] = [];
    const sampler = (name: string) => () => order.push(name);
    await interleave(2, { a: sampler('a'), b: sampler('b'), c: sampler('c') });
    expect(order.join('')).toBe('abcbcacab');
  });

  it('leaves out the first round, in which everything is cold', async () => {
    let value = 0;
    expect(await interleave(3, { a: () => value++ })).toEqual({ a: [1, 2, 3] });
  });

  it('waits for samplers that take their time', async () => {
    const slow = (value: number) => () =>
      new Promise<number>((resolve) => setImmediate(resolve, value));
    expect(await interleave(2, { a: slow(1), b: slow(2) })).toEqual({ a: [1, 1], b: [2, 2] });
  });
});
