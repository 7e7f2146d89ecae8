import { appendFileSync, existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../src-core/base/logger.ts';
import { quarantineFile } from '../../src-core/journal/quarantine.ts';
import { everything, morning, storedEvents } from '../../test/support/bridge-world.ts';
import { homePerTest } from '../../test/support/home.ts';
import { NOON, toolCall } from '../../test/support/make-event.ts';
import { snapshotFolder, writeManifest } from '../repair/manifest.ts';
import { readSegments } from './archive/manifest.ts';
import { isOnMains } from './mains.ts';
import { type MaintainOptions, maintain } from './maintain.ts';
import { createMaintenanceJob, noteMaintained, readMaintained } from './maintenance-job.ts';

const home = homePerTest();
const DAY_MS = 86_400_000;

const run = (more: Partial<MaintainOptions> = {}) =>
  maintain({ paths: home().paths, open: home().open, clock: home().clock, waitMs: 0, ...more });

function makeSnapshot(n: number, bytes: number): string {
  const { paths } = home();
  const id = `2026010${n}T000000Z`;
  mkdirSync(snapshotFolder(paths, id), { recursive: true });
  writeManifest(paths, {
    version: 1,
    id,
    startedAt: n,
    state: 'done',
    parts: [],
    summary: '',
    files: [],
    modes: [],
    database: { copy: null, asidePath: null, lastSeq: null, lastOldRow: null, addedAmendments: [] },
    backfillRun: null,
  });
  writeFileSync(join(snapshotFolder(paths, id), 'copy'), Buffer.alloc(bytes));
  return id;
}

describe('maintenance', () => {
  it('archives what is large and old, and changes no event', async () => {
    home().add(...morning());
    home().clock.advance(70 * DAY_MS);
    const before = storedEvents(home());
    const report = await run({ archiveAboveBytes: 0 });
    expect(report).toMatchObject({ kind: 'done', problems: [] });
    expect(readSegments(home().paths)).toHaveLength(7);
    expect(storedEvents(home())).toEqual(before);
    expect(await home().refresh()).toMatchObject({ drift: 0, healedToJsonl: 0, healedToSqlite: 0 });
  });

  it('says what it would do, and does it only then', async () => {
    home().add(...morning());
    await home().refresh();
    home().clock.advance(70 * DAY_MS);
    const [first] = [makeSnapshot(1, 10), makeSnapshot(2, 4000)];
    const caps = { snapshots: 2000, quarantine: 1, log: 1 };
    const plan = await run({ isDry: true, archiveAboveBytes: 0, caps });
    expect(readSegments(home().paths)).toEqual([]);
    expect(existsSync(snapshotFolder(home().paths, first))).toBe(true);
    const done = await run({ archiveAboveBytes: 0, caps });
    expect(plan).toMatchObject({ kind: 'planned', excess: { snapshots: [first] } });
    expect('archived' in plan && plan.archived).toEqual('archived' in done && done.archived);
  });

  it('keeps the last repairs within their size, and the newest whatever its size', async () => {
    home().add(toolCall());
    const ids = [1, 2, 3, 4].map((n) => makeSnapshot(n, n === 4 ? 9000 : 1000));
    await run({ caps: { snapshots: 5000, quarantine: 1e6, log: 1e6 } });
    const left = ids.filter((id) => existsSync(snapshotFolder(home().paths, id)));
    expect(left).toEqual([ids[3]]);
  });

  it('cuts quarantine and logs down to whole lines of their end', async () => {
    home().add(toolCall());
    const { paths } = home();
    for (const path of [quarantineFile(paths), paths.hookErrorLog]) {
      mkdirSync(dirname(path), { recursive: true });
      for (let i = 0; i < 300; i++) appendFileSync(path, `{"line":${1000 + i}}\n`);
    }
    await run({ caps: { snapshots: 1e6, quarantine: 1500, log: 3000 } });
    expect(home().text(quarantineFile(paths))).toMatch(/^(\{"line":1[0-9]{3}\}\n)+$/);
    expect(home().text(quarantineFile(paths))).toContain('{"line":1299}');
    expect(home().text(quarantineFile(paths)).length).toBeLessThanOrEqual(750);
    expect(home().text(paths.hookErrorLog).length).toBeLessThanOrEqual(1500);
  });

  it('gives pages that hold nothing back to the disk, without writing the database anew', async () => {
    const calls = Array.from({ length: 3000 }, (_, i) =>
      toolCall({ id: `toolu_${i}`, toolUseId: `toolu_${i}`, command: 'x'.repeat(400) }),
    );
    home().add(toolCall());
    await home().refresh();
    home().addToStore(...calls);
    home().withStore((db) => db.exec("DELETE FROM hookline_event WHERE id LIKE 'toolu%'"));
    const report = await run();
    expect('returnedBytes' in report && report.returnedBytes).toBeGreaterThan(500_000);
    expect(home().query('PRAGMA freelist_count')).toEqual([{ freelist_count: 0 }]);
  });

  it('writes the database anew only when asked, and says what that needs', async () => {
    home().add(toolCall());
    const plan = await run({ isDry: true });
    const room = 'room' in plan ? plan.room : null;
    expect(room?.neededBytes).toBeGreaterThan(0);
    expect(room?.freeBytes).toBeGreaterThan(0);
    expect(await run({ isVacuum: true })).toMatchObject({ kind: 'done', problems: [] });
  });

  it('changes nothing when done twice', async () => {
    home().add(...morning());
    await run({ archiveAboveBytes: 0 });
    const before = everything(home());
    home().clock.advance(1000);
    await run({ archiveAboveBytes: 0 });
    expect(everything(home())).toEqual(before);
  });

  it('is completed by the next one, wherever it was broken off', async () => {
    home().add(...morning());
    home().clock.advance(70 * DAY_MS);
    const before = storedEvents(home());
    for (const point of ['archive', 'caps', 'optimize', 'vacuum', 'checkpoint']) {
      const broken = run({
        archiveAboveBytes: 0,
        atPoint: (name) => {
          if (name === point) throw new Error('broken off');
        },
      });
      await expect(broken, point).rejects.toThrow('broken off');
      expect(await home().refresh(), point).toMatchObject({ drift: 0, ok: true });
    }
    expect(await run({ archiveAboveBytes: 0 })).toMatchObject({ kind: 'done', problems: [] });
    expect(storedEvents(home())).toEqual(before);
  });
});

describe('the weekly maintenance', () => {
  function job(onMains: boolean | null) {
    const { paths, open, clock } = home();
    return createMaintenanceJob({
      paths,
      open,
      clock,
      log: silentLogger,
      isOnMains: () => onMains,
    });
  }
  function lastWorkAt(at: number): void {
    const { paths } = home();
    home().add(toolCall({ at: NOON }));
    mkdirSync(paths.spool, { recursive: true });
    for (const path of [paths.journals.toolUsage, paths.journals.events, paths.spool])
      if (existsSync(path)) utimesSync(path, at / 1000, at / 1000);
  }

  it('runs after a week, once', async () => {
    lastWorkAt(NOON);
    noteMaintained(home().paths, NOON);
    home().clock.set(NOON + 6 * DAY_MS);
    expect(await job(true)()).toBe(false);
    home().clock.set(NOON + 8 * DAY_MS);
    const tick = job(null);
    expect([await tick(), await tick()]).toEqual([true, false]);
    expect(readMaintained(home().paths)).toBe(NOON + 8 * DAY_MS);
  });

  it('waits while somebody works or the machine runs on battery, but not for ever', async () => {
    noteMaintained(home().paths, NOON);
    home().clock.set(NOON + 8 * DAY_MS);
    lastWorkAt(NOON + 8 * DAY_MS - 1000);
    expect(await job(true)()).toBe(false);
    lastWorkAt(NOON);
    expect(await job(false)()).toBe(false);
    home().clock.set(NOON + 22 * DAY_MS);
    expect(await job(false)()).toBe(true);
  });
});

describe('mains power', () => {
  it.each([
    [{}, true],
    [{ AC: { type: 'Mains', online: '1' }, BAT0: { type: 'Battery' } }, true],
    [{ AC: { type: 'Mains', online: '0' }, BAT0: { type: 'Battery' } }, false],
    [{ BAT0: { type: 'Battery' } }, null],
  ])('is read from what Linux says: %j', (supplies, expected) => {
    const folder = join(home().folder, 'power');
    mkdirSync(folder);
    for (const [name, files] of Object.entries(supplies)) {
      mkdirSync(join(folder, name));
      for (const [file, text] of Object.entries(files as Record<string, string>))
        writeFileSync(join(folder, name, file), `${text}\n`);
    }
    expect(isOnMains('linux', folder)).toBe(expected);
    expect(isOnMains('linux', join(folder, 'none'))).toBeNull();
  });
});
