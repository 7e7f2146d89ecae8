/** How much of the machine the drainer may take, and whether it took more. */
import { totalCost } from './cost.ts';
import type { ReadableDb } from './driver.ts';

/** Processor time that the drainer may take in an hour; 1.7 % of one processor. */
export const BUDGET_MS_PER_HOUR = 60_000;
/** Over budget a drainer stays for at least so long, and with it no other is started. */
export const LEAST_STAY_MS = 10_000;

/** True when the drainers of the last hour (to a quarter) took more than they may. */
export function isOverBudget(db: ReadableDb, now: number): boolean {
  return totalCost(db, 'cpu', { fromAt: now - 3_600_000, toAt: now + 1 }) > BUDGET_MS_PER_HOUR;
}
