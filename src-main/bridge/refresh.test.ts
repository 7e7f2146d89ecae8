import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { quarantineFile } from '../../src-core/journal/quarantine.ts';
import { takeLock } from '../../src-core/lock/lock.ts';
import { transaction } from '../../src-core/store/driver.ts';
import { changedPayload, hookPayload } from '../../test/support/claude-fixtures.ts';
import { homePerTest } from '../../test/support/home.ts';
import { readJsonLines } from '../../test/support/jsonl.ts';
import { letGo, startLockHolder } from '../../test/support/lock-holder.ts';
import { failedCall, NOON, toolCall } from '../../test/support/make-event.ts';
import { readStatus } from './status.ts';

const home = homePerTest();
const paths = () => home().paths;
const SUM_OF_FILES = 7;

/** What no run without news may change, but for the status file. */
function traces(): unknown {
  const files = [...Object.values(paths().journals), ...Object.values(paths().stats)];
  return {
    files: files.map((path) => [
      path,
      home().text(path),
      statSync(path, { throwIfNoEntry: false })?.mtimeMs,
    ]),
    tables: [
      'hookline_event',
      'hookline_amendment',
      'hookline_cursor',
      'hookline_ledger',
      'tool_events',
    ].map((table) => home().query(`SELECT * FROM ${table}`)),
    own: readdirSync(paths().own).sort(),
  };
}

describe('a refresh', () => {
  it('brings a captured event from the spool into every store, and takes its entry away', async () => {
    const entry = home().spool(hookPayload('PostToolUse-Bash'));
    const report = await home().refresh();
    expect(report).toMatchObject({
      ok: true,
      drained: 1,
      drift: 0,
      unreachable: [],
      quarantined: 0,
    });
    expect(report.statsWritten).toHaveLength(SUM_OF_FILES);
    expect(existsSync(entry)).toBe(false);
    expect(readJsonLines(paths().journals.toolUsage)).toMatchObject([{ tool: 'Bash', at: NOON }]);
    expect(home().query('SELECT tool, source, at_ms FROM hookline_event')).toEqual([
      { tool: 'Bash', source: 'spool', at_ms: NOON },
    ]);
    expect(JSON.parse(home().text(paths().stats.toolUsage))).toMatchObject({ total_calls: 1 });
  });

  it('changes no byte and no row when there is no news', async () => {
    home().spool(hookPayload('PostToolUse-Bash'));
    home().spool(hookPayload('SessionStart-resume'));
    home().add(failedCall());
    await home().refresh();
    const before = traces();
    home().clock.advance(60_000);
    expect(await home().refresh()).toMatchObject({
      ok: true,
      drained: 0,
      statsWritten: [],
      healedToSqlite: 0,
      healedToJsonl: 0,
    });
    expect(traces()).toEqual(before);
  });

  it('says in its status file when it compared the stores last', async () => {
    expect(readStatus(paths())).toBeNull();
    await home().refresh();
    home().clock.advance(60_000);
    const report = await home().refresh();
    expect(readStatus(paths())).toEqual({ checkedAt: NOON + 60_000, failingSinceAt: null, report });
    expect(statSync(paths().status).mode & 0o777).toBe(0o600);
  });

  it('writes its status anew where it is damaged', async () => {
    await home().refresh();
    writeFileSync(paths().status, '{"checkedAt":');
    expect(readStatus(paths())).toBeNull();
    await home().refresh();
    expect(readStatus(paths())).toMatchObject({ checkedAt: NOON });
  });

  it('keeps what it does not understand in quarantine and is done all the same', async () => {
    home().spool('this is no JSON');
    home().spool(hookPayload('PostToolUse-Bash'));
    expect(await home().refresh()).toMatchObject({ ok: true, drained: 1, quarantined: 1 });
    expect(readJsonLines(quarantineFile(paths()))).toHaveLength(1);
  });

  it('does not record a session in a folder that the user has excluded', async () => {
    mkdirSync(dirname(paths().settings), { recursive: true });
    writeFileSync(paths().settings, JSON.stringify({ excludedFolders: ['/Users/dev/project'] }));
    home().spool(hookPayload('PostToolUse-Bash'));
    expect(await home().refresh()).toMatchObject({ ok: true, drained: 0 });
    expect(home().query('SELECT * FROM hookline_event')).toEqual([]);
  });

  it('counts days in the zone that the user chose', async () => {
    mkdirSync(dirname(paths().settings), { recursive: true });
    writeFileSync(paths().settings, JSON.stringify({ timeZone: 'Pacific/Kiritimati' }));
    home().add(toolCall({ at: NOON }));
    await home().refresh();
    expect(JSON.parse(home().text(paths().stats.activity))).toMatchObject({
      time_zone: 'Pacific/Kiritimati',
      daily_activity: { '2026-01-27': 1 },
    });
  });
});

describe('a refresh while another process holds the lock', () => {
  it('gives up after its wait, says why, and touches nothing', async () => {
    home().spool(hookPayload('PostToolUse-Bash'));
    const holder = await startLockHolder(home().folder);
    try {
      const report = await home().refresh({ waitMs: 60 });
      expect(report).toMatchObject({
        ok: false,
        drained: 0,
        unreachable: [{ store: 'lock', reason: expect.stringMatching(/another run/) }],
      });
      expect(existsSync(paths().database)).toBe(false);
      expect(readdirSync(paths().spool)).toHaveLength(1);
    } finally {
      await letGo(holder);
    }
    expect(await home().refresh()).toMatchObject({ ok: true, drained: 1 });
  });

  it('begins as soon as the other one lets go', async () => {
    home().spool(hookPayload('PostToolUse-Bash'));
    const holder = await startLockHolder(home().folder);
    const running = home().refresh({ waitMs: 30_000 });
    await letGo(holder);
    expect(await running).toMatchObject({ ok: true, drained: 1 });
  });

  it('takes over from one that was killed', async () => {
    const holder = await startLockHolder(home().folder);
    holder.kill('SIGKILL');
    expect(await home().refresh({ waitMs: 30_000 })).toMatchObject({ ok: true });
    expect(existsSync(paths().drainMarker)).toBe(false);
  });

  it('lets the next one in, also when it fails', async () => {
    mkdirSync(paths().redactionKey, { recursive: true });
    await home().refresh();
    const lock = takeLock({ paths: paths(), open: home().open, waitMs: 0 });
    expect(lock?.isAfterCrash).toBe(false);
    lock?.release();
  });
});

describe('a refresh that cannot use the database', () => {
  const spoolOne = (): string => home().spool(hookPayload('PostToolUse-Bash'));

  it.each([
    ['is no database', () => writeFileSync(paths().database, 'x'.repeat(8192)), /^corrupt: /],
    ['is a folder', () => mkdirSync(paths().database), /^unreachable: /],
  ])('says that it %s, and keeps the events in JSONL', async (_, damage, reason) => {
    mkdirSync(dirname(paths().database), { recursive: true });
    damage();
    spoolOne();
    expect(await home().refresh()).toMatchObject({
      ok: false,
      drained: 1,
      unreachable: [{ store: paths().database, reason: expect.stringMatching(reason) }],
    });
    expect(readJsonLines(paths().journals.toolUsage)).toHaveLength(1);
    rmSync(paths().database, { recursive: true });
    expect(await home().refresh()).toMatchObject({ ok: true, healedToSqlite: 1, drift: 0 });
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
    expect(report.statsWritten).toHaveLength(SUM_OF_FILES - 1);
    rmSync(paths().stats.errors, { recursive: true });
    expect(await home().refresh()).toMatchObject({ ok: true, statsWritten: ['error-stats.json'] });
  });
});

describe('what stopped or misled the old bridge', () => {
  it('loses no event of the second in which it ran before', async () => {
    home().add(toolCall({ at: NOON }));
    await home().refresh();
    home().addToStore(toolCall({ at: NOON + 1 }), toolCall({ at: NOON + 999 }));
    await home().refresh();
    expect(readJsonLines(paths().journals.toolUsage)).toHaveLength(3);
  });

  it('exports an event that is stored late, or under a clock that was set back', async () => {
    home().add(toolCall({ at: NOON }));
    await home().refresh();
    home().clock.set(NOON - 3_600_000);
    home().addToStore(toolCall({ at: NOON - 3_600_000 }));
    expect(await home().refresh()).toMatchObject({ ok: true, healedToJsonl: 4 });
    expect(readJsonLines(paths().journals.toolUsage)).toHaveLength(2);
  });

  it('is not stopped by a blank command', async () => {
    home().spool(changedPayload('PostToolUse-Bash', { tool_input: { command: '   ' } }));
    home().addToStore(toolCall());
    expect(await home().refresh()).toMatchObject({ ok: true, drift: 0 });
    expect(await home().refresh()).toMatchObject({ ok: true, healedToJsonl: 0 });
    expect(JSON.parse(home().text(paths().stats.commands))).toMatchObject({ total_commands: 2 });
  });

  it('is not stopped by rows of the old table that hold odd metadata', async () => {
    home().withStore((db) =>
      db.exec(
        `INSERT INTO tool_events (ts, tool, metadata) VALUES (1, 'Bash', '[1]'), (1, 'Bash', 'torn {'), (2, 'Read', NULL)`,
      ),
    );
    home().add(toolCall());
    expect(await home().refresh()).toMatchObject({ ok: true, drift: 0 });
  });

  it('keeps both of two edits of one file in one second, whatever the old table allows', async () => {
    mkdirSync(dirname(paths().database), { recursive: true });
    const db = home().open(paths().database);
    db.exec(
      'CREATE TABLE tool_events (id INTEGER PRIMARY KEY, ts INTEGER, tool TEXT, file_path TEXT, metadata TEXT, UNIQUE (ts, tool, file_path))',
    );
    db.close();
    const edit = { tool: 'Edit', command: null, filePath: '/a.ts' };
    home().addToJournals([toolCall({ ...edit, at: NOON }), toolCall({ ...edit, at: NOON + 5 })]);
    expect(await home().refresh()).toMatchObject({ ok: true, healedToSqlite: 2, drift: 0 });
    expect(home().query('SELECT * FROM hookline_event')).toHaveLength(2);
    expect(home().query('SELECT * FROM tool_events')).toHaveLength(1);
  });

  it('exports nothing twice when its cursor is lost', async () => {
    home().add(toolCall(), toolCall());
    await home().refresh();
    home().withStore((db) => db.exec('UPDATE hookline_cursor SET value = substr(value, 1, 5)'));
    expect(await home().refresh()).toMatchObject({ ok: true, healedToJsonl: 0, duplicates: 0 });
    expect(readJsonLines(paths().journals.toolUsage)).toHaveLength(2);
  });

  it('exports nothing twice when two of them run at once', async () => {
    home().addToStore(...Array.from({ length: 30 }, () => toolCall()));
    const reports = await Promise.all([
      home().refresh({ waitMs: 30_000 }),
      home().refresh({ waitMs: 30_000 }),
    ]);
    expect(reports.map(({ healedToJsonl }) => healedToJsonl).sort()).toEqual([0, 120]);
    expect(readJsonLines(paths().journals.toolUsage)).toHaveLength(30);
  });
});
