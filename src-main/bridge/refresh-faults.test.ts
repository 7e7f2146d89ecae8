import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { transaction } from '../../src-core/store/driver.ts';
import { hookPayload } from '../../test/support/claude-fixtures.ts';
import { overwriteLeaf, overwriteTable } from '../../test/support/damage.ts';
import { homePerTest } from '../../test/support/home.ts';
import { readJsonLines } from '../../test/support/jsonl.ts';
import { NOON, toolCall } from '../../test/support/make-event.ts';
import { listSetAside } from '../salvage/set-aside.ts';
import { readStatus } from './status.ts';

const home = homePerTest();
const paths = () => home().paths;

/** How many statistics files there are. */
const SEVEN = 7;

describe('a refresh that cannot use the database', () => {
  const spoolOne = (): string => home().spool(hookPayload('PostToolUse-Bash'));

  it('says that it is a folder, and keeps the events in JSONL', async () => {
    mkdirSync(paths().database, { recursive: true });
    spoolOne();
    expect(await home().refresh()).toMatchObject({
      ok: false,
      drained: 1,
      unreachable: [{ store: paths().database, reason: expect.stringMatching(/^unreachable: /) }],
    });
    expect(readJsonLines(paths().journals.toolUsage)).toHaveLength(1);
    rmSync(paths().database, { recursive: true });
    expect(await home().refresh()).toMatchObject({ ok: true, healedToSqlite: 1, drift: 0 });
  });

  it('puts a file aside that is no database, and rebuilds it from JSONL', async () => {
    home().addToJournals([toolCall()]);
    mkdirSync(dirname(paths().database), { recursive: true });
    writeFileSync(paths().database, 'x'.repeat(8192));
    spoolOne();
    expect(await home().refresh()).toMatchObject({ ok: true, healedToSqlite: 2, drift: 0 });
    expect(listSetAside(paths().database)).toMatchObject([{ at: NOON, bytes: 8192 }]);
  });

  it('puts one aside in whose tables it can write no more, with nothing lost', async () => {
    home().add(...Array.from({ length: 300 }, (_, i) => toolCall({ id: `toolu_${i}` })));
    await home().refresh();
    overwriteLeaf(paths().database, 'sqlite_autoindex_hookline_event_1', 1);
    overwriteLeaf(paths().database, 'tool_events', 0);
    for (let i = 0; i < 5; i++) spoolOne();
    home().spool(hookPayload('SessionEnd-clear'));
    expect(await home().refresh()).toMatchObject({ ok: true, drift: 0 });
    expect(home().query('SELECT count(*) AS n FROM hookline_event')).toEqual([{ n: 302 }]);
    expect(await home().refresh()).toMatchObject({ ok: true, healedToSqlite: 0, healedToJsonl: 0 });
  });

  it('leaves one alone in which only a table of others is damaged', async () => {
    home().withStore((db) => db.exec('CREATE TABLE findings (a); INSERT INTO findings VALUES (1)'));
    overwriteTable(paths().database, 'findings');
    spoolOne();
    expect(await home().refresh()).toMatchObject({ ok: true, drained: 1 });
    expect(listSetAside(paths().database)).toEqual([]);
  });

  it('says that another program has locked it, once, and keeps the events in JSONL', async () => {
    home().withStore(() => undefined);
    const other = home().open(paths().database);
    other.exec('BEGIN IMMEDIATE');
    spoolOne();
    const report = await home().refresh({ busyMs: 20 });
    other.exec('ROLLBACK');
    other.close();
    expect(report).toMatchObject({
      ok: false,
      drained: 1,
      unreachable: [{ store: paths().database, reason: expect.stringMatching(/^busy: /) }],
    });
    expect(await home().refresh()).toMatchObject({ ok: true, healedToSqlite: 1, drift: 0 });
  });

  it('leaves the entry in the spool when JSONL fails as well', async () => {
    mkdirSync(paths().database, { recursive: true });
    mkdirSync(paths().journals.toolUsage, { recursive: true });
    const entry = spoolOne();
    expect(await home().refresh()).toMatchObject({ ok: false });
    expect(existsSync(entry)).toBe(true);
    rmSync(paths().database, { recursive: true });
    rmSync(paths().journals.toolUsage, { recursive: true });
    expect(await home().refresh()).toMatchObject({ ok: true, drained: 1, drift: 0 });
    expect(readJsonLines(paths().journals.toolUsage)).toHaveLength(1);
  });

  it('refuses tables that a later version of the program wrote', async () => {
    home().add(toolCall());
    home().withStore((db) => {
      transaction(db, () => db.exec("INSERT INTO hookline_migration VALUES (9999, 'later', 0)"));
    });
    spoolOne();
    expect(await home().refresh()).toMatchObject({
      ok: false,
      unreachable: [
        { store: paths().database, reason: expect.stringMatching(/^newer: .*update Hookline/) },
      ],
    });
    expect(readJsonLines(paths().journals.toolUsage)).toHaveLength(2);
  });

  it('remembers since when it fails, until it does not', async () => {
    mkdirSync(paths().database, { recursive: true });
    await home().refresh();
    home().clock.advance(60_000);
    await home().refresh();
    expect(readStatus(paths())).toMatchObject({ checkedAt: NOON + 60_000, failingSinceAt: NOON });
    rmSync(paths().database, { recursive: true });
    await home().refresh();
    expect(readStatus(paths())).toMatchObject({ failingSinceAt: null });
  });
});

describe('a refresh that cannot use a file of its own', () => {
  it.each([
    ['lock', () => paths().lockDatabase],
    ['key', () => paths().redactionKey],
  ])('says so when it is the %s', async (_, path) => {
    const entry = home().spool(hookPayload('PostToolUse-Bash'));
    mkdirSync(path(), { recursive: true });
    expect(await home().refresh()).toMatchObject({ ok: false, drained: 0 });
    expect(existsSync(entry)).toBe(true);
    rmSync(path(), { recursive: true });
    expect(await home().refresh()).toMatchObject({ ok: true, drained: 1 });
  });

  it('says so when it is the status, and has done its work', async () => {
    home().spool(hookPayload('PostToolUse-Bash'));
    mkdirSync(paths().status, { recursive: true });
    expect(await home().refresh()).toMatchObject({
      ok: false,
      drained: 1,
      unreachable: [{ store: paths().status }],
    });
    expect(home().query('SELECT * FROM hookline_event')).toHaveLength(1);
  });

  it('says so when it is the spool, and compares the stores all the same', async () => {
    home().addToStore(toolCall());
    mkdirSync(paths().own, { recursive: true });
    writeFileSync(paths().spool, '');
    expect(await home().refresh()).toMatchObject({
      ok: false,
      healedToJsonl: 4,
      unreachable: [{ store: 'spool' }],
    });
  });

  it('renews the other statistics when one of them cannot be written', async () => {
    home().add(toolCall());
    mkdirSync(paths().stats.errors, { recursive: true });
    const report = await home().refresh();
    expect(report).toMatchObject({ ok: false, unreachable: [{ store: 'error-stats.json' }] });
    expect(report.statsWritten).toHaveLength(SEVEN - 1);
    rmSync(paths().stats.errors, { recursive: true });
    expect(await home().refresh()).toMatchObject({ ok: true, statsWritten: ['error-stats.json'] });
  });
});
