/** Repairs that are killed, meet another one, or a disk that has no room. */
import { execFile } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeLock } from '../../src-core/lock/lock.ts';
import { createRepairer, type Repairer } from '../../src-main/repair/repairer.ts';
import { morning } from '../support/bridge-world.ts';
import { type Home, makeHome } from '../support/home.ts';
import { NOON, toolCall } from '../support/make-event.ts';
import { canMount, mountSmallDisk } from '../support/small-disk.ts';
import { removeFolder } from '../support/temp-folder.ts';
import { backfillerOf } from '../support/transcript-world.ts';

const run = promisify(execFile);
const CHILD = join(import.meta.dirname, '..', 'support', 'repair-child.ts');
const POINTS = [
  'snapshot',
  'permissions',
  'tails',
  'reconcile',
  'rows',
  'rescue',
  'rewrite-tool-usage',
  'rewrite-events',
  'settle',
  'note',
  'proof',
] as const;

let home: Home;
let repairer: Repairer;
const events = morning();
beforeEach(async () => {
  home = makeHome();
  const backfiller = backfillerOf(home);
  repairer = createRepairer({ ...home, backfiller, waitMs: 0, busyMs: 500 });
  home.add(...events);
  await home.refresh();
});
afterEach(() => removeFolder(home.folder));

/** Damage to which all kinds of steps have something to do. */
function damage(): void {
  const { paths } = home;
  const text = home.text(paths.journals.toolUsage);
  const lines = text.split('\n');
  writeFileSync(
    paths.journals.toolUsage,
    `${lines[0]}${lines[1]}\n${lines.slice(2).join('\n')}torn`,
  );
  appendFileSync(paths.journals.events, `${home.text(paths.journals.events).split('\n')[0]}\n`);
  home.withStore((db) =>
    db.exec("UPDATE hookline_event SET hook_event = 'X' WHERE kind = 'other'"),
  );
}

const ids = () =>
  home.query('SELECT id FROM hookline_event ORDER BY id').map(({ id }) => String(id));
const wanted = events.map(({ id }) => id).sort();

async function child(point = ''): Promise<string> {
  try {
    return (await run(process.execPath, [CHILD, home.folder, point])).stdout;
  } catch (error) {
    return String((error as { signal?: string }).signal);
  }
}

describe('a repair', () => {
  it.each(POINTS)('that is killed before "%s" is completed by the next one', async (point) => {
    damage();
    if (point === 'permissions') rmSync(home.paths.status);
    const how = await child(point);
    // Where the step is not needed the repair runs to its end.
    expect(how === 'SIGKILL' || JSON.parse(how).state === 'done').toBe(true);
    const result = await repairer.apply();
    if (result.kind === 'repaired')
      expect(result.report).toMatchObject({ isProven: true, left: [] });
    expect(ids()).toEqual(wanted);
    expect(existsSync(`${home.paths.journals.toolUsage}.repair`)).toBe(false);
    expect((await repairer.apply()).kind).toBe('nothing-to-do');
  });

  it('beside another one waits for it, and both together do what one does', async () => {
    damage();
    const [first, second] = await Promise.all([child(), child()]);
    const kinds = [first, second].map((text) => JSON.parse(text).kind ?? JSON.parse(text).state);
    expect(kinds.sort()).toEqual(['done', 'nothing-to-do']);
    expect(ids()).toEqual(wanted);
  });

  it('is refused while somebody else holds the lock, and changes nothing', async () => {
    damage();
    const before = home.text(home.paths.journals.toolUsage);
    const lock = takeLock({ ...home, waitMs: 0 });
    expect(await repairer.apply()).toMatchObject({ kind: 'refused' });
    lock?.release();
    expect(home.text(home.paths.journals.toolUsage)).toBe(before);
    expect(repairer.list()).toEqual([]);
  });

  it('that is cancelled keeps what was done, and the next one goes on', async () => {
    damage();
    const stop = new AbortController();
    const result = await repairer.apply({
      signal: stop.signal,
      atPoint: (name) => {
        if (name === 'rows') stop.abort();
      },
    });
    expect(result).toMatchObject({
      kind: 'repaired',
      report: { state: 'cancelled', isProven: false },
    });
    expect(await repairer.apply()).toMatchObject({ kind: 'repaired', report: { state: 'done' } });
    expect(ids()).toEqual(wanted);
  });

  it.skipIf(!canMount())(
    'on a disk without room is refused before anything is changed',
    async () => {
      damage();
      const disk = mountSmallDisk(home.paths.backups, 64);
      try {
        const before = readFileSync(home.paths.journals.toolUsage);
        writeFileSync(join(home.paths.backups, 'ballast'), Buffer.alloc(40_000));
        expect(await repairer.apply()).toMatchObject({ kind: 'refused' });
        expect(readFileSync(home.paths.journals.toolUsage)).toEqual(before);
      } finally {
        disk.unmount();
      }
    },
  );

  it('is undone with what was captured since kept in both stores', async () => {
    damage();
    const damaged = readFileSync(home.paths.journals.toolUsage, 'utf8');
    expect(await repairer.apply()).toMatchObject({ kind: 'repaired' });
    const later = toolCall({ id: 'toolu_later', at: NOON + 90_000 });
    home.add(later);
    await home.refresh();
    expect(await repairer.undo(null)).toMatchObject({ kind: 'undone' });
    const text = home.text(home.paths.journals.toolUsage);
    expect(text.startsWith(damaged)).toBe(true);
    expect(text).toContain('"toolu_later"');
    expect(ids()).toContain('toolu_later');
    expect(home.query("SELECT hook_event FROM hookline_event WHERE kind = 'other'")).toEqual([
      { hook_event: 'X' },
      { hook_event: 'X' },
    ]);
  });
});
