import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OLD_TABLES } from '../../scripts/old-home/write-old-home.ts';
import { toolCall } from '../../test/support/make-event.ts';
import { DRIVERS, openTestStore, rowsOf } from '../../test/support/sqlite.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import type { WritableDb } from './driver.ts';
import { createEventWriter } from './events.ts';
import { correctOldRows, createOldRowFinder } from './old-rows.ts';

const folder = tempFolderPerTest();
const NO_INDEX =
  'CREATE TABLE tool_events (ts INTEGER, tool TEXT, file_path TEXT, session_pwd TEXT, metadata TEXT)';

describe.each(DRIVERS)('rows of ours in the old table with $name', ({ open }) => {
  describe.each([
    ['as we make it', ''],
    ['as it was recommended', OLD_TABLES.recommended],
    ['without an index', NO_INDEX],
  ])('%s', (_, schema) => {
    let db: WritableDb;
    beforeEach(() => {
      const file = join(folder(), 'a.db');
      if (schema !== '') {
        const old = open(file);
        old.exec(schema);
        old.exec(
          `INSERT INTO tool_events (ts, tool, metadata) VALUES (1, 'Read', NULL), (2, 'Edit', 'no JSON')`,
        );
        old.close();
      }
      db = openTestStore(file, open);
    });
    afterEach(() => db.close());
    const ours = () =>
      rowsOf(
        db,
        `SELECT file_path, json_extract(metadata, '$.success') AS success FROM tool_events WHERE metadata LIKE '%hookline_id%' ORDER BY rowid`,
      );

    it('follow what is learnt of their events later, and nothing else changes', () => {
      const writer = createEventWriter(db);
      const [a, b] = [toolCall({ id: 'toolu_a', tool: 'Edit' }), toolCall({ id: 'toolu_b' })];
      writer.insert(a, 'direct');
      writer.insert(b, 'direct');
      writer.replace({ ...a, outcome: 'failed', filePath: '/w/b.ts' });
      const others = rowsOf(db, "SELECT * FROM tool_events WHERE metadata NOT LIKE '%toolu_a%'");
      correctOldRows(db);
      expect(ours()).toEqual([
        { file_path: '/w/b.ts', success: 0 },
        { file_path: b.filePath, success: 1 },
      ]);
      expect(rowsOf(db, "SELECT * FROM tool_events WHERE metadata NOT LIKE '%toolu_a%'")).toEqual(
        others,
      );
      expect(rowsOf(db, 'SELECT seq FROM hookline_event WHERE lines & 128 <> 0')).toHaveLength(1);
    });

    it('follow again when more is learnt', () => {
      const writer = createEventWriter(db);
      const event = toolCall();
      writer.insert(event, 'direct');
      writer.replace({ ...event, outcome: 'failed' });
      correctOldRows(db);
      writer.replace({ ...event, outcome: 'succeeded' });
      correctOldRows(db);
      expect(ours()).toMatchObject([{ success: 1 }]);
    });

    it('are not added again for an event that comes back', () => {
      const event = toolCall();
      createEventWriter(db).insert(event, 'direct');
      db.exec('DELETE FROM hookline_event');
      const find = createOldRowFinder(db);
      createEventWriter(db, (one) => find(one) !== null).insert(event, 'journal');
      expect(ours()).toHaveLength(1);
    });

    it('are added again where they were lost', () => {
      const writer = createEventWriter(db);
      const event = toolCall();
      writer.insert(event, 'direct');
      db.exec("DELETE FROM tool_events WHERE metadata LIKE '%hookline_id%'");
      writer.replace({ ...event, outcome: 'failed' });
      correctOldRows(db);
      expect(ours()).toMatchObject([{ success: 0 }]);
    });
  });

  it.each([
    ['a view', 'CREATE VIEW tool_events AS SELECT 1 AS ts, 2 AS tool, 3 AS metadata'],
    ['a table of two columns', OLD_TABLES.bare],
    [
      'a table that refuses changes',
      `${OLD_TABLES.usual}; CREATE TRIGGER t BEFORE UPDATE ON tool_events BEGIN SELECT raise(ABORT, 'no'); END`,
    ],
  ])('leave %s as it is, and the event is right', (_, schema) => {
    const file = join(folder(), 'a.db');
    const old = open(file);
    old.exec(schema);
    old.close();
    const db = openTestStore(file, open);
    const writer = createEventWriter(db);
    const event = toolCall();
    writer.insert(event, 'direct');
    const before = rowsOf(db, 'SELECT * FROM tool_events');
    writer.replace({ ...event, outcome: 'failed' });
    correctOldRows(db);
    expect(rowsOf(db, 'SELECT * FROM tool_events')).toEqual(before);
    expect(writer.find(event.id)?.outcome).toBe('failed');
    db.close();
  });
});
