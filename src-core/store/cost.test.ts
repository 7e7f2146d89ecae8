import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTestStore, rowsOf } from '../../test/support/sqlite.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { addCost, COST_QUARTER_MS, type CostSample, readCost } from './cost.ts';

const folder = tempFolderPerTest();
const open = () => openTestStore(join(folder(), 'a.db'));
const NOW = 1_800_000_000_000;
const ALL = { fromAt: 0, toAt: Number.MAX_SAFE_INTEGER };
const stored = (...values: readonly number[]): CostSample[] =>
  values.map((ms) => ({ metric: 'stored', ms }));

describe('what capture costs', () => {
  it('is nothing where nothing was measured', () => {
    const db = open();
    addCost(db, NOW, []);
    expect(readCost(db, 'stored', ALL)).toBeNull();
    db.close();
  });

  it('gives count, sum and maximum exactly, and quantiles to the width of a bin', () => {
    const db = open();
    addCost(db, NOW, stored(...Array.from({ length: 100 }, (_, i) => i + 1)));
    const cost = readCost(db, 'stored', ALL);
    expect(cost).toMatchObject({ count: 100, totalMs: 5050, max: 100 });
    expect(cost?.p50).toBeGreaterThan(50 / 1.15);
    expect(cost?.p50).toBeLessThan(50 * 1.15);
    expect(cost?.p95).toBeGreaterThan(95 / 1.15);
    expect(cost?.p95).toBeLessThanOrEqual(100);
    db.close();
  });

  it('adds up what several runs measured, each metric for itself', () => {
    const db = open();
    addCost(db, NOW, [...stored(10), { metric: 'cpu', ms: 70 }]);
    addCost(db, NOW + 1, stored(10, 0.2));
    expect(readCost(db, 'stored', ALL)).toMatchObject({ count: 3, totalMs: 20.2 });
    expect(readCost(db, 'cpu', ALL)).toEqual({ count: 1, totalMs: 70, p50: 70, p95: 70, max: 70 });
    expect(readCost(db, 'wall', ALL)).toBeNull();
    db.close();
  });

  it('tells one day from another, and forgets what is older than a month', () => {
    const db = open();
    addCost(db, NOW, stored(1));
    addCost(db, NOW + COST_QUARTER_MS, stored(2, 3));
    const later = { fromAt: NOW + 1, toAt: NOW + 2 * COST_QUARTER_MS };
    expect(readCost(db, 'stored', later)?.count).toBe(2);
    addCost(db, NOW + 40 * 24 * 3_600_000, stored(4));
    expect(readCost(db, 'stored', ALL)?.count).toBe(1);
    db.close();
  });

  it('takes times of a clock that was set for what they can be at most', () => {
    const db = open();
    addCost(db, NOW, stored(-5000, 1e12));
    expect(readCost(db, 'stored', ALL)).toMatchObject({ count: 2, max: 24 * 3_600_000 });
    expect(rowsOf(db, 'SELECT min(bin) AS bin FROM hookline_cost')).toEqual([{ bin: 0 }]);
    db.close();
  });

  it('is not known in a file whose tables are older', () => {
    const db = open();
    db.exec('DROP TABLE hookline_cost');
    expect(readCost(db, 'stored', ALL)).toBeNull();
    db.close();
  });
});
