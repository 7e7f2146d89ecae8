import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toolCall } from '../../test/support/make-event.ts';
import { DRIVERS, openTestStore, rowsOf } from '../../test/support/sqlite.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import type { SqliteConnection } from './driver.ts';
import { createEventWriter } from './events.ts';
import { CAPTURE_MIGRATIONS, versionOf } from './migrate.ts';
import { MIGRATIONS } from './migrations/all.ts';
import { openWith } from './open-with.ts';
import { LATEST_VERSION } from './version.ts';

const folder = tempFolderPerTest();
const file = () => join(folder(), 'antigravity.db');
const OWN = ['event', 'amendment', 'running', 'cursor', 'ledger', 'cost', 'migration'].map(
  (name) => `hookline_${name}`,
);

function schemaOf(db: SqliteConnection): readonly (readonly [string, unknown])[] {
  return rowsOf(db, 'SELECT name, sql FROM sqlite_master ORDER BY name').map(
    ({ name, sql }) => [String(name), sql] as const,
  );
}

describe('MIGRATIONS', () => {
  it('are numbered without a gap', () => {
    expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, i) => i + 1));
    expect(MIGRATIONS.at(-1)?.version).toBe(LATEST_VERSION);
  });
});

describe.each(DRIVERS)('the tables that capture makes, with $name', ({ open }) => {
  const openAsHook = () =>
    openWith({ path: file(), open, busyMs: 1000, now: 5 }, CAPTURE_MIGRATIONS);

  it('become the whole store when the app opens it, and keep what was captured', () => {
    const hook = openAsHook();
    const event = toolCall();
    createEventWriter(hook).insert(event, 'direct');
    hook.close();
    const db = openTestStore(file(), open);
    expect(versionOf(db)).toBe(LATEST_VERSION);
    expect(createEventWriter(db).find(event.id)).toEqual(event);
    db.close();
  });

  it('are enough to store an event in the whole store, which stays as it is', () => {
    const app = openTestStore(file(), open);
    const schema = schemaOf(app);
    app.close();
    const hook = openAsHook();
    expect(createEventWriter(hook).insert(toolCall(), 'direct')).toBe(true);
    expect(schemaOf(hook)).toEqual(schema);
    hook.close();
  });

  it('refuse a store of a later version of the program', () => {
    const app = openTestStore(file(), open);
    app.exec(`INSERT INTO hookline_migration VALUES (${LATEST_VERSION + 1}, 'later', 0)`);
    app.close();
    expect(openAsHook).toThrow(/update Hookline/);
  });
});

describe.each(DRIVERS)('migrate with $name', ({ open }) => {
  it('makes our tables and the old one in an empty file', () => {
    const db = openTestStore(file(), open);
    const names = schemaOf(db).map(([name]) => name);
    expect(names).toEqual(expect.arrayContaining([...OWN, 'tool_events', 'idx_tool_events_ts']));
    expect(rowsOf(db, 'SELECT version, name FROM hookline_migration')).toEqual(
      MIGRATIONS.map(({ version, name }) => ({ version, name })),
    );
    const columns = rowsOf(db, 'PRAGMA table_info(tool_events)').map(({ name }) => name);
    expect(columns).toEqual(['id', 'ts', 'tool', 'file_path', 'session_pwd', 'metadata']);
    db.close();
  });

  it('changes nothing when it runs again', () => {
    openTestStore(file(), open).close();
    const before = open(file());
    const schema = schemaOf(before);
    before.close();
    const db = openTestStore(file(), open);
    expect(schemaOf(db)).toEqual(schema);
    db.close();
  });

  it.each([
    [
      'the recommended schema',
      'CREATE TABLE tool_events (id INTEGER PRIMARY KEY, ts INTEGER NOT NULL, tool TEXT NOT NULL, file_path TEXT, metadata TEXT, UNIQUE(ts, tool, file_path))',
    ],
    [
      'a table without the time column',
      'CREATE TABLE tool_events (id INTEGER PRIMARY KEY, tool TEXT)',
    ],
    ['a table in capitals', 'CREATE TABLE TOOL_EVENTS (id INTEGER PRIMARY KEY, ts INTEGER)'],
    ['a view of that name', 'CREATE VIEW tool_events AS SELECT 1 AS ts, 2 AS tool'],
  ])('leaves %s and every foreign table as they are', (_, sql) => {
    const foreign = open(file());
    foreign.exec(`${sql}; CREATE TABLE findings (a TEXT); INSERT INTO findings VALUES ('x');
      CREATE TRIGGER t AFTER INSERT ON findings BEGIN SELECT 1; END; PRAGMA user_version = 7`);
    const schema = schemaOf(foreign);
    foreign.close();
    const db = openTestStore(file(), open);
    const later = new Map(schemaOf(db));
    for (const [name, text] of schema) expect(later.get(name)).toBe(text);
    const added = [...later.keys()].filter((name) => !schema.some(([known]) => known === name));
    expect(added.filter((name) => !/^(sqlite_|hookline_)/.test(name))).toEqual([]);
    expect(rowsOf(db, 'SELECT a FROM findings')).toEqual([{ a: 'x' }]);
    expect(rowsOf(db, 'PRAGMA user_version')).toEqual([{ user_version: 7 }]);
    db.close();
  });

  it('refuses tables of a later version, says what to do, and changes nothing', () => {
    openTestStore(file(), open).close();
    const later = open(file());
    later.exec(
      "INSERT INTO hookline_migration VALUES (99, 'later', 0); DROP TABLE hookline_ledger",
    );
    const schema = schemaOf(later);
    expect(() => openTestStore(file(), open)).toThrow(
      expect.objectContaining({
        kind: 'newer',
        message: expect.stringContaining('update Hookline'),
      }),
    );
    expect(schemaOf(later)).toEqual(schema);
    later.close();
  });

  it('leaves nothing half done when a migration fails', () => {
    const foreign = open(file());
    foreign.exec('CREATE TABLE hookline_running (somebody_elses TEXT)');
    expect(() => openTestStore(file(), open)).toThrow('already exists');
    expect(schemaOf(foreign).map(([name]) => name)).toEqual(['hookline_running']);
    foreign.close();
  });

  it('knows version 0 where nothing of ours is', () => {
    const db = openTestStore(file(), open);
    db.exec('DELETE FROM hookline_migration');
    expect(versionOf(db)).toBe(0);
    db.exec('DROP TABLE hookline_migration');
    expect(versionOf(db)).toBe(0);
    db.close();
  });
});
