import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readGaps } from '../../src-core/spool/gap.ts';
import { BUDGET_MS_PER_HOUR } from '../../src-core/store/budget.ts';
import { addCost, readCost } from '../../src-core/store/cost.ts';
import { testLauncher } from '../../src-main/upkeep/self-test.ts';
import { callPayload } from '../support/capture-text.ts';
import { entriesIn, type HookHome, makeHookHome } from '../support/hook-home.ts';
import { recordsIn, spoolEntry } from '../support/spool.ts';
import { openTestStore } from '../support/sqlite.ts';
import { until } from '../support/until.ts';

const SILENT = { code: 0, signal: null, output: '' };
const ALL = { fromAt: 0, toAt: Number.MAX_SAFE_INTEGER };
let home: HookHome;
beforeEach(async () => {
  home = await makeHookHome();
});
afterEach(async () => {
  await home.quiet();
  home.remove();
});
const call = (id: string) => callPayload({ tool_use_id: id });
const ids = () => recordsIn(home.paths.journals.toolUsage).map(({ id }) => id);

/** Puts so many entries into the spool, of which the last ones may be large. */
function fill(count: number, bytes: number): void {
  for (let i = 0; i < count; i++) spoolEntry(home.paths, Buffer.alloc(bytes, 120));
}

describe('the spool, when nobody drains it', () => {
  it('is capped by its size, and what came later is a gap with its time and number', async () => {
    home.setRuntimes([]);
    const from = Date.now();
    fill(63, 4_400_000);
    expect(await home.launch(call('toolu_kept'))).toEqual(SILENT);
    expect(existsSync(home.paths.spoolFull)).toBe(true);
    for (const id of ['toolu_1', 'toolu_2']) expect(await home.launch(call(id))).toEqual(SILENT);
    expect(entriesIn(home.paths.spool)).toHaveLength(64);
    const [gap] = readGaps(home.paths);
    expect(gap).toMatchObject({ count: 2, isOpen: true });
    expect(gap?.fromAt).toBeGreaterThanOrEqual(Math.floor(from / 1000) * 1000);
    expect(gap?.toAt).toBeLessThanOrEqual(Date.now());
  });

  it('is not capped by a pile of small entries', async () => {
    home.setRuntimes([]);
    fill(63, 100);
    await home.launch(call('toolu_1'));
    expect(existsSync(home.paths.spoolFull)).toBe(false);
    expect(entriesIn(home.paths.spool)).toHaveLength(64);
  });

  it('takes events again once it was drained, and the gap is closed', async () => {
    home.setRuntimes([]);
    mkdirSync(home.paths.spool, { recursive: true, mode: 0o700 });
    writeFileSync(home.paths.spoolFull, '');
    await home.launch(call('toolu_lost'));
    home.setRuntimes([process.execPath]);
    // A full spool is a reason to start a drainer, not to leave it at that.
    await home.launch(call('toolu_lost_too'));
    await until('the spool takes events again', () => !existsSync(home.paths.spoolFull));
    await home.quiet();
    await home.launch(call('toolu_kept'));
    await home.drained();
    expect(ids()).toEqual(['toolu_kept']);
    expect(readGaps(home.paths)).toMatchObject([{ count: 2, isOpen: false }]);
  });
});

describe('the launcher, when app and runtimes are gone', () => {
  it('keeps no payload but counts', async () => {
    home.setRuntimes(['/nowhere/node']);
    writeFileSync(home.paths.hookApp, '/nowhere/Hookline.app/hook.cjs\n');
    for (const id of ['toolu_1', 'toolu_2']) expect(await home.launch(call(id))).toEqual(SILENT);
    expect(entriesIn(home.paths.spool)).toEqual([]);
    expect(readGaps(home.paths)).toMatchObject([{ count: 2, isOpen: true }]);
  });

  it('keeps it for the app where that is there still', async () => {
    home.setRuntimes(['/nowhere/node']);
    writeFileSync(home.paths.hookApp, `${join(home.paths.hookFolder, 'hook.cjs')}\n`);
    expect(await home.launch(call('toolu_1'))).toEqual(SILENT);
    expect(entriesIn(home.paths.spool)).toHaveLength(1);
    expect(readGaps(home.paths)).toEqual([]);
  });
});

describe('the hook’s own cost', () => {
  it('is kept: each call’s way to the stores, and time and processor of each run', async () => {
    await home.launch(call('toolu_1'));
    await home.launch(call('toolu_2'));
    await home.drained();
    const db = openTestStore(home.paths.database);
    const [stored, cpu, wall] = (['stored', 'cpu', 'wall'] as const).map((it) =>
      readCost(db, it, ALL),
    );
    expect(stored?.count).toBe(2);
    expect(cpu?.totalMs).toBeGreaterThan(0);
    expect(wall?.count).toBe(cpu?.count);
    expect(wall?.totalMs).toBeGreaterThan(400);
    db.close();
  });

  it('over budget makes a drainer stay, so that no other is started, and events are stored at once', async () => {
    const db = openTestStore(home.paths.database);
    addCost(db, Date.now(), [{ metric: 'cpu', ms: BUDGET_MS_PER_HOUR + 1 }]);
    await home.launch(call('toolu_1'));
    await until('the first event is stored', () => ids().length === 1);
    await home.launch(call('toolu_2'));
    await until('the second event is stored', () => ids().length === 2);
    await home.quiet();
    expect(readCost(db, 'wall', ALL)).toMatchObject({ count: 1 });
    // Within budget it lingers for less than a second.
    expect(readCost(db, 'wall', ALL)?.totalMs).toBeGreaterThan(9000);
    db.close();
  });
  it('of the launcher is measured without leaving an event, a folder or a drainer', () => {
    const clock = { now: () => 1_800_000_000_000 };
    const test = testLauncher(home.paths, clock);
    expect(test?.measuredAt).toBe(clock.now());
    expect(test?.medianMs).toBeGreaterThan(0);
    expect(entriesIn(home.paths.spool)).toEqual([]);
    expect(
      [home.paths.probe, home.paths.startMarker, home.paths.lockDatabase].map(existsSync),
    ).toEqual([false, false, false]);
  });

  it('of the launcher is not measured while capture is paused, or where there is none', () => {
    mkdirSync(home.paths.own, { recursive: true });
    writeFileSync(home.paths.pauseMarker, '');
    expect(testLauncher(home.paths, { now: Date.now })).toBeNull();
    rmSync(home.paths.pauseMarker);
    rmSync(home.paths.launcher);
    expect(testLauncher(home.paths, { now: Date.now })).toBeNull();
  });
});
