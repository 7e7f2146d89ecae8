import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { overwrite, overwriteLeaf, overwriteTable } from '../../test/support/damage.ts';
import { type Home, homePerTest } from '../../test/support/home.ts';
import { NOON, toolCall } from '../../test/support/make-event.ts';
import { queryFile } from '../../test/support/sqlite.ts';
import { diagnoseStore } from './diagnose.ts';
import { salvageStore } from './salvage.ts';
import { listSetAside } from './set-aside.ts';

const home = homePerTest();
const GARBAGE = Buffer.alloc(100, 0x5a);

const FOREIGN = `
  PRAGMA user_version = 7;
  CREATE TABLE findings (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL, source TEXT, length INTEGER AS (length(text)));
  CREATE TABLE pairs (a TEXT, b TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;
  CREATE TABLE log (entry TEXT);
  CREATE INDEX findings_text ON findings (text);
  CREATE VIEW long_findings AS SELECT text FROM findings WHERE length > 3;
  CREATE VIRTUAL TABLE notes USING fts5 (body);
  CREATE TRIGGER noted AFTER INSERT ON tool_events BEGIN INSERT INTO log VALUES (new.tool); END;
  INSERT INTO pairs VALUES ('a', '1'), ('b', '2');
  INSERT INTO notes VALUES ('a word to find');`;

/** A store with events of ours and a foreign part in it. */
function fillStore({ withStore, addToStore }: Home, events = 3): void {
  addToStore(...Array.from({ length: events }, (_, i) => toolCall({ id: `toolu_${i}` })));
  withStore((db) => {
    db.exec(FOREIGN);
    const insert = db.prepare("INSERT INTO findings (text, source) VALUES (?, 'web')");
    db.exec('BEGIN');
    for (let i = 0; i < 2000; i++) insert.run(`finding ${i}`);
    db.exec('DELETE FROM findings WHERE id = 2000; COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
  });
}

const salvage = (more: { readonly evenIfPartial?: boolean } = {}) =>
  salvageStore({ ...home(), now: NOON, busyMs: 20, ...more });
function reportOf(result: ReturnType<typeof salvage>) {
  if (result.kind === 'refused') throw new Error(result.reason);
  return result.report;
}
const diagnose = () => diagnoseStore({ ...home(), path: home().paths.database, busyMs: 20 });
const count = (table: string) =>
  queryFile(home().paths.database, `SELECT count(*) AS n FROM ${table}`)[0]?.n;

describe('salvaging a database', () => {
  it('whose header is lost gives back everything that stands behind it', () => {
    fillStore(home());
    const { database } = home().paths;
    overwrite(database, 0, GARBAGE);
    const before = readFileSync(database);
    expect(diagnose()).toMatchObject({ kind: 'unusable' });
    const report = reportOf(salvage());
    expect(report).toMatchObject({
      isMended: true,
      own: { events: 3, wrongEvents: 0, isWhole: true },
      foreign: { lost: [] },
    });
    expect(readFileSync(report.asidePath)).toEqual(before);
    expect(diagnose()).toEqual({ kind: 'sound' });
    expect([count('findings'), count('pairs'), count('tool_events')]).toEqual([1999, 2, 3]);
  });

  it('carries schema, rows, indexes, views, triggers and numbers of others over as they were', () => {
    fillStore(home());
    const { database } = home().paths;
    const schema = `SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'hookline%' AND name NOT LIKE 'sqlite%' ORDER BY type, name`;
    const before = queryFile(database, schema);
    const rows = queryFile(database, 'SELECT * FROM findings');
    overwriteTable(database, 'hookline_event');
    expect(reportOf(salvage()).foreign.lost).toEqual([]);
    expect(queryFile(database, schema)).toEqual(before);
    expect(queryFile(database, 'SELECT * FROM findings')).toEqual(rows);
    expect(queryFile(database, "SELECT body FROM notes WHERE notes MATCH 'word'")).toHaveLength(1);
    expect(queryFile(database, 'PRAGMA user_version')).toEqual([{ user_version: 7 }]);
    expect(queryFile(database, "SELECT seq FROM sqlite_sequence WHERE name = 'findings'")).toEqual([
      { seq: 2000 },
    ]);
    // The trigger is there again, and did not fire for what was copied.
    expect(count('log')).toBe(0);
  });

  it('copies the rows around a damaged page, and says which table is not whole', () => {
    fillStore(home());
    const { database } = home().paths;
    overwriteLeaf(database, 'findings', 3);
    expect(diagnose()).toMatchObject({ kind: 'partial' });
    expect(salvage()).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('consent'),
    });
    const report = reportOf(salvage({ evenIfPartial: true }));
    const findings = report.foreign.tables.find(({ name }) => name === 'findings');
    expect(findings?.isWhole).toBe(false);
    expect(findings?.rows).toBe(count('findings'));
    expect(Number(count('findings'))).toBeGreaterThan(1600);
    expect(Number(count('findings'))).toBeLessThan(1999);
    expect(queryFile(database, 'SELECT max(id) AS last FROM findings')).toEqual([{ last: 1999 }]);
    expect(report.own).toMatchObject({ events: 3, isWhole: true });
    expect(diagnose()).toEqual({ kind: 'sound' });
  });

  it('leaves events out whose row is wrong or cannot be read; a refresh takes them from JSONL', async () => {
    const events = Array.from({ length: 400 }, (_, i) => toolCall({ id: `toolu_${i}` }));
    home().add(...events);
    home().amend({ eventId: 'toolu_7', field: 'model', value: 'opus', source: 'hook', at: NOON });
    const { database } = home().paths;
    home().withStore((db) =>
      db.exec("UPDATE hookline_event SET tool = 'Reed' WHERE id = 'toolu_9'"),
    );
    overwriteLeaf(database, 'hookline_event', 2);
    const { own } = reportOf(salvage());
    expect(own).toMatchObject({ wrongEvents: 1, amendments: 1, isWhole: false });
    expect(own.events).toBeLessThan(399);
    expect(await home().refresh()).toMatchObject({
      ok: true,
      drift: 0,
      healedToSqlite: 400 - own.events,
    });
    expect(count('hookline_event')).toBe(400);
    expect(queryFile(database, "SELECT model FROM hookline_event WHERE id = 'toolu_7'")).toEqual([
      { model: 'opus' },
    ]);
    expect(await home().refresh()).toMatchObject({ healedToSqlite: 0, healedToJsonl: 0 });
  });

  it('lets a refresh bring back the old rows of our events, and no row twice', async () => {
    home().add(...Array.from({ length: 400 }, (_, i) => toolCall({ id: `toolu_${i}` })));
    const { database } = home().paths;
    overwriteLeaf(database, 'tool_events', 2);
    const { foreign } = reportOf(salvage());
    expect(foreign.tables).toMatchObject([{ name: 'tool_events', isWhole: false }]);
    expect(Number(count('tool_events'))).toBeLessThan(400);
    expect(await home().refresh()).toMatchObject({ ok: true, drift: 0 });
    expect(count('tool_events')).toBe(400);
  });

  it('makes an empty one where nothing can be read, and keeps the file', () => {
    const { database } = home().paths;
    mkdirSync(dirname(database), { recursive: true });
    writeFileSync(database, 'garbage '.repeat(1024));
    const report = reportOf(salvage());
    expect(report).toMatchObject({ isReadable: false, own: { events: 0 } });
    expect(readFileSync(report.asidePath, 'utf8')).toBe('garbage '.repeat(1024));
    expect(listSetAside(database)).toEqual([{ path: report.asidePath, at: NOON, bytes: 8192 }]);
    expect(diagnose()).toEqual({ kind: 'sound' });
  });

  it('keeps the mode that others rely on, and shows the damaged file to nobody else', () => {
    fillStore(home());
    const { database } = home().paths;
    const mode = statSync(database).mode;
    overwrite(database, 0, GARBAGE);
    const { asidePath } = reportOf(salvage());
    expect(statSync(asidePath).mode & 0o777).toBe(0o600);
    expect(statSync(database).mode).toBe(mode);
  });

  it('leaves nothing behind beside the two databases', () => {
    fillStore(home());
    const { database, salvageFolder } = home().paths;
    overwrite(database, 0, GARBAGE);
    reportOf(salvage());
    expect(readdirSync(dirname(database)).sort()).toEqual([
      'antigravity.db',
      'antigravity.db.damaged-20260126T120000Z',
    ]);
    expect(existsSync(salvageFolder)).toBe(false);
  });

  it('never replaces a database that passes, that is held, or that a later version wrote', () => {
    fillStore(home());
    const { database } = home().paths;
    expect(salvage({ evenIfPartial: true })).toMatchObject({ kind: 'refused', cause: 'other' });
    home().withStore((db) => db.exec("INSERT INTO hookline_migration VALUES (9999, 'later', 0)"));
    expect(salvage()).toMatchObject({ kind: 'refused', cause: 'newer' });
    expect(listSetAside(database)).toEqual([]);
  });
});
