import { describe, expect, it } from 'vitest';
import { nextRow } from './walk-rows.ts';

describe('arrow keys', () => {
  it('enter the rows from either end', () => {
    expect([nextRow('ArrowDown', -1, 5), nextRow('ArrowUp', -1, 5)]).toEqual([0, 4]);
  });

  it('stop at the ends', () => {
    expect([nextRow('ArrowDown', 4, 5), nextRow('ArrowUp', 0, 5)]).toEqual([4, 0]);
  });

  it('reach both ends at once', () => {
    expect([nextRow('Home', 3, 5), nextRow('End', 3, 5)]).toEqual([0, 4]);
  });

  it('do nothing without rows, and other keys do nothing at all', () => {
    expect([nextRow('ArrowDown', -1, 0), nextRow('a', 1, 5)]).toEqual([null, null]);
  });
});
