import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolderPerTest } from '../../../test/support/temp-folder.ts';
import { betterSqlite } from '../better-sqlite.ts';
import type { SqliteConnection } from '../driver.ts';
import { events } from './0001-events.ts';
import { cost } from './0002-cost.ts';
import { content } from './0003-content.ts';
import { imports } from './0004-import.ts';

const folder = tempFolderPerTest();

function openVersion3(): SqliteConnection {
  const open = betterSqlite();
  if (open === null) throw new Error('these tests need a Node that loads better-sqlite3');
  const db = open(join(folder(), 'store.db'));
  for (const { sql } of [events, cost, content]) db.exec(sql);
  db.exec(
    "INSERT INTO hookline_event (id, kind, hook_event, at_ms, source, via, sum, expected) VALUES ('a', 'tool', 'PostToolUse', 1, 'hook', 'direct', 'x', 57)",
  );
  return db;
}

describe('migration 4', () => {
  it('adds the tables of imports to a store of version 3 and changes nothing in it', () => {
    const db = openVersion3();
    const before = db.prepare('SELECT * FROM hookline_event').all();
    db.exec(imports.sql);
    expect(db.prepare('SELECT * FROM hookline_event').all()).toEqual(before);
    db.exec('INSERT INTO hookline_import_run (started_at_ms) VALUES (5)');
    expect(db.prepare('SELECT * FROM hookline_import_run').all()).toEqual([
      { id: 1, started_at_ms: 5, finished_at_ms: null, undone_at_ms: null, events: 0 },
    ]);
    db.close();
  });

  it('lists an event under one run alone', () => {
    const db = openVersion3();
    db.exec(imports.sql);
    db.exec("INSERT INTO hookline_import_event VALUES ('old_1', 1)");
    expect(() => db.exec("INSERT INTO hookline_import_event VALUES ('old_1', 2)")).toThrow(
      /UNIQUE/,
    );
    db.close();
  });

  it('gives a run a number that no run had before', () => {
    const db = openVersion3();
    db.exec(imports.sql);
    db.exec(
      'INSERT INTO hookline_import_run (started_at_ms) VALUES (5); DELETE FROM hookline_import_run',
    );
    db.exec('INSERT INTO hookline_import_run (started_at_ms) VALUES (6)');
    expect(db.prepare('SELECT id FROM hookline_import_run').all()).toEqual([{ id: 2 }]);
    db.close();
  });
});
