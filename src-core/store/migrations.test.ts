/** Every version that a database on somebody's disk can have, brought to the present one. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DRIVERS, openTestStore, rowsOf } from '../../test/support/sqlite.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { recordOf } from '../event/record.ts';
import { sumOf } from '../journal/sum.ts';
import type { OpenSqlite, SqliteConnection } from './driver.ts';
import { createEventWriter } from './events.ts';
import { integrityCheck } from './integrity.ts';
import { versionOf } from './migrate.ts';
import { LATEST_VERSION } from './version.ts';

const folder = tempFolderPerTest();
const FIXTURES = join(import.meta.dirname, '../../test/fixtures/store');
const VERSIONS = readdirSync(FIXTURES)
  .flatMap((name) => /^version-(\d+)\.sql$/.exec(name)?.[1] ?? [])
  .map(Number)
  .sort((a, b) => a - b);

/** Makes the database of that version, and gives back what it held before it was brought up. */
function makeFixture(version: number, open: OpenSqlite): Readonly<Record<string, unknown>> {
  const db = open(join(folder(), 'store.db'));
  try {
    db.exec(readFileSync(join(FIXTURES, `version-${version}.sql`), 'utf8'));
    return contentOf(db);
  } finally {
    db.close();
  }
}

/** What belongs to others: schema, rows, and the number in the header. */
function contentOf(db: SqliteConnection) {
  return {
    schema: rowsOf(
      db,
      "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'hookline%' AND tbl_name NOT LIKE 'hookline%' AND name <> 'sqlite_sequence' ORDER BY name",
    ),
    rows: ['tool_events', 'findings', 'counts', 'edits'].map((name) =>
      rowsOf(db, `SELECT * FROM ${name}`),
    ),
    userVersion: rowsOf(db, 'PRAGMA user_version'),
  };
}

/** Columns, indexes and triggers of ours. */
function ourSchema(db: SqliteConnection): readonly unknown[] {
  return rowsOf(
    db,
    "SELECT type, name, tbl_name FROM sqlite_master WHERE name LIKE 'hookline%' ORDER BY type, name",
  ).map((object) => [
    object,
    rowsOf(
      db,
      `SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info('${object.name}')`,
    ),
  ]);
}

describe('the fixtures', () => {
  it('stand for the old pipeline alone and every version before the present one', () => {
    expect(VERSIONS).toEqual(Array.from({ length: LATEST_VERSION }, (_, i) => i));
  });
});

describe.each(DRIVERS)('a database brought up to date with $name', ({ open }) => {
  it.each(VERSIONS)('from version %i leaves all that is not ours as it was', (version) => {
    const before = makeFixture(version, open);
    const db = openTestStore(join(folder(), 'store.db'), open);
    expect(contentOf(db)).toEqual(before);
    expect(versionOf(db)).toBe(LATEST_VERSION);
    expect(integrityCheck(db)).toEqual([]);
    db.close();
  });

  it.each(VERSIONS)('from version %i has the tables of a new one', (version) => {
    makeFixture(version, open);
    const db = openTestStore(join(folder(), 'store.db'), open);
    const fresh = openTestStore(join(folder(), 'fresh.db'), open);
    expect(ourSchema(db)).toEqual(ourSchema(fresh));
    db.close();
    fresh.close();
  });

  it.each(VERSIONS.filter((version) => version > 0))(
    'from version %i keeps its events, whose sums fit, and takes new ones',
    (version) => {
      makeFixture(version, open);
      const db = openTestStore(join(folder(), 'store.db'), open);
      const writer = createEventWriter(db);
      const first = writer.find('toolu_1');
      const second = writer.find('toolu_2');
      if (first === null || second === null) throw new Error('an event is lost');
      expect(rowsOf(db, 'SELECT sum FROM hookline_event ORDER BY seq')).toEqual(
        [first, second].map((event) => ({ sum: sumOf(recordOf(event)) })),
      );
      expect(second).toMatchObject({ tool: 'Edit', filePath: '/w/a.ts', outcome: 'failed' });
      expect(rowsOf(db, 'SELECT event_id, value FROM hookline_amendment')).toEqual([
        { event_id: 'toolu_1', value: '"opus"' },
      ]);
      expect(writer.insert({ ...first, id: 'toolu_3' }, 'direct')).toBe(true);
      expect(rowsOf(db, "SELECT n FROM counts WHERE tool = 'Bash'")).toEqual([{ n: 1 }]);
      db.close();
    },
  );
});
