import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { overwriteTable } from '../../test/support/damage.ts';
import { homePerTest } from '../../test/support/home.ts';
import { NOON } from '../../test/support/make-event.ts';
import { AFTERWARDS, addTree, backfillerOf } from '../../test/support/transcript-world.ts';
import { storedTotal, storedUsage } from '../../test/support/usage-world.ts';
import { salvageStore } from '../salvage/salvage.ts';

const home = homePerTest();

it('usage outlives a damaged database, though its transcripts are deleted and its sums are lost', async () => {
  home().clock.set(AFTERWARDS);
  addTree(home(), 'main');
  await backfillerOf(home()).run({ origin: 'asked' });
  const before = storedUsage(home(), 'agentType');
  rmSync(home().paths.projects, { recursive: true });
  home().withStore((db) => db.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
  overwriteTable(home().paths.database, 'hookline_usage_quarter');
  const { paths, open } = home();
  expect(salvageStore({ paths, open, now: NOON, busyMs: 20 })).toMatchObject({ kind: 'salvaged' });
  expect(storedUsage(home(), 'agentType')).toEqual(before);
  expect(storedTotal(home()).nanoUsd).toBe(285_914_000);
  await backfillerOf(home()).run({ origin: 'auto' });
  expect(home().query('SELECT count(*) AS n FROM hookline_usage_dirty')).toEqual([{ n: 0 }]);
  expect(storedUsage(home(), 'agentType')).toEqual(before);
});
