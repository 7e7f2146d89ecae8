import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTestStore } from '../../test/support/sqlite.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { BUDGET_MS_PER_HOUR, isOverBudget } from './budget.ts';
import { addCost } from './cost.ts';

const folder = tempFolderPerTest();
const HOUR = 3_600_000;
const NOW = 500_000 * HOUR + HOUR - 1;

describe('the drainer’s budget', () => {
  it('is of an hour, and of processor time alone', () => {
    const db = openTestStore(join(folder(), 'a.db'));
    addCost(db, NOW, [{ metric: 'wall', ms: 2 * BUDGET_MS_PER_HOUR }]);
    expect(isOverBudget(db, NOW)).toBe(false);
    addCost(db, NOW - 2 * HOUR, [{ metric: 'cpu', ms: BUDGET_MS_PER_HOUR }]);
    addCost(db, NOW - HOUR / 2, [{ metric: 'cpu', ms: BUDGET_MS_PER_HOUR }]);
    expect(isOverBudget(db, NOW)).toBe(false);
    addCost(db, NOW, [{ metric: 'cpu', ms: 1 }]);
    expect(isOverBudget(db, NOW)).toBe(true);
    expect(isOverBudget(db, NOW + HOUR)).toBe(false);
    db.close();
  });
});
