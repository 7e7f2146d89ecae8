import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { CaptureCost } from '../../src-core/contract/views.ts';
import { createPaths } from '../../src-core/files/paths.ts';
import { BUDGET_MS_PER_HOUR } from '../../src-core/store/budget.ts';
import { addCost } from '../../src-core/store/cost.ts';
import { openTestStore } from '../../test/support/sqlite.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { createZone } from '../stats/zone.ts';
import { captureCost } from './cost.ts';

const folder = tempFolderPerTest();
const zone = createZone('Europe/Berlin');
/** 09:00 in Berlin. */
const NOW = Date.UTC(2026, 10, 24, 8);
const errors: readonly string[] = [];

function setUp() {
  const paths = createPaths({ home: folder() });
  mkdirSync(paths.own, { recursive: true });
  const db = openTestStore(join(folder(), 'a.db'));
  return { paths, db, zone, now: NOW, errors };
}

describe('captureCost', () => {
  it('is of calls and runs since midnight in the zone', () => {
    const input = setUp();
    const midnight = zone.startOfDay(NOW);
    addCost(input.db, midnight - 1, [{ metric: 'stored', ms: 900 }]);
    addCost(input.db, midnight, [
      { metric: 'stored', ms: 80 },
      { metric: 'stored', ms: 80 },
      { metric: 'cpu', ms: 60 },
      { metric: 'wall', ms: 500 },
    ]);
    const cost = v.parse(CaptureCost, captureCost(input));
    expect(cost).toMatchObject({
      calls: 2,
      runs: 1,
      cpuMs: 60,
      stored: { p50: 80, p95: 80, max: 80 },
      launcher: null,
      waitedMs: null,
      isOverBudget: false,
    });
    input.db.close();
  });

  it('estimates what Claude waited for by the last self-test', () => {
    const input = setUp();
    const test = { medianMs: 4.5, measuredAt: NOW - 1000 };
    writeFileSync(input.paths.selfTest, JSON.stringify(test));
    addCost(input.db, NOW, [
      { metric: 'stored', ms: 80 },
      { metric: 'stored', ms: 90 },
    ]);
    expect(captureCost(input)).toMatchObject({ launcher: test, waitedMs: 9 });
    input.db.close();
  });

  it('says when the drainer takes more than it may', () => {
    const input = setUp();
    addCost(input.db, NOW, [{ metric: 'cpu', ms: BUDGET_MS_PER_HOUR + 1 }]);
    expect(captureCost(input).isOverBudget).toBe(true);
    input.db.close();
  });

  it('counts errors by what they are about', () => {
    const told = ['SQLite (busy): a', 'spool entry 12-0.event: b', 'SQLite (busy): c', 'spool: d'];
    const cost = captureCost({ ...setUp(), db: null, errors: [...told, 'spool entry 1: e'] });
    expect(cost.errors).toEqual([
      { kind: 'spool', count: 3 },
      { kind: 'SQLite (busy)', count: 2 },
    ]);
    expect(v.parse(CaptureCost, cost)).toMatchObject({ calls: 0, stored: null, cpuMs: 0 });
  });

  it('does not believe a damaged self-test', () => {
    const input = setUp();
    writeFileSync(input.paths.selfTest, '{"medianMs":"4"}');
    expect(captureCost(input).launcher).toBeNull();
    input.db.close();
  });
});
