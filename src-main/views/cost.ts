/** What capture itself takes of the machine today. */
import type { CaptureCost } from '../../src-core/contract/views.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { isOverBudget } from '../../src-core/store/budget.ts';
import { COST_QUARTER_MS, type CostMetric, readCost } from '../../src-core/store/cost.ts';
import type { ReadableDb } from '../../src-core/store/driver.ts';
import type { Zone } from '../stats/zone.ts';
import { readSelfTest } from '../upkeep/self-test.ts';

/** What the cost is computed from. */
export interface CostInput {
  readonly paths: Paths;
  readonly db: ReadableDb | null;
  readonly zone: Zone;
  readonly now: number;
  /** Messages of the hook's problems today. */
  readonly errors: readonly string[];
}

/** Computes it. */
export function captureCost({ paths, db, zone, now, errors }: CostInput): CaptureCost {
  const today = { fromAt: zone.startOfDay(now), toAt: now + COST_QUARTER_MS };
  const summary = (metric: CostMetric) => (db === null ? null : readCost(db, metric, today));
  const [wall, cpu, stored] = [summary('wall'), summary('cpu'), summary('stored')];
  const test = readSelfTest(paths);
  const calls = stored?.count ?? 0;
  return {
    calls,
    launcher: test,
    waitedMs: test === null ? null : test.medianMs * calls,
    runs: cpu?.count ?? 0,
    cpuMs: cpu?.totalMs ?? 0,
    wall: quantilesOf(wall),
    cpu: quantilesOf(cpu),
    stored: quantilesOf(stored),
    errors: errorKinds(errors),
    isOverBudget: db !== null && isOverBudget(db, now),
  };
}

function quantilesOf(summary: ReturnType<typeof readCost>): CaptureCost['wall'] {
  if (summary === null) return null;
  const { p50, p95, max } = summary;
  return { p50, p95, max };
}

/** The hook begins each message with what it is about. */
function errorKinds(messages: readonly string[]): CaptureCost['errors'] {
  const counts = new Map<string, number>();
  for (const message of messages) {
    const kind = message.startsWith('spool entry ') ? 'spool' : (message.split(':', 1)[0] ?? '');
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts]
    .map(([kind, count]) => ({ kind, count }))
    .sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1));
}
