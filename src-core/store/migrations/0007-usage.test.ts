import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DRIVERS, rowsOf } from '../../../test/support/sqlite.ts';
import { tempFolderPerTest } from '../../../test/support/temp-folder.ts';
import type { SqliteConnection } from '../driver.ts';
import { usage } from './0007-usage.ts';
import { MIGRATIONS } from './all.ts';

const folder = tempFolderPerTest();
const QUARTER_MS = 900_000;

describe.each(DRIVERS)('migration 7 with $name', ({ open }) => {
  const openBefore = (): SqliteConnection => {
    const db = open(join(folder(), 'store.db'));
    for (const { sql, version } of MIGRATIONS) if (version < usage.version) db.exec(sql);
    return db;
  };
  const insert = (quarter: number, id = 'msg_1'): string =>
    `INSERT INTO hookline_usage VALUES ('${id}', ${quarter * QUARTER_MS}, 's', 'p', NULL, NULL, NULL,
       'm', 1, 0, 0, 1, 2, 3, 4, 5, 0, 1)`;

  it('has transcripts that were taken before taken once more, for their usage', () => {
    const db = openBefore();
    db.exec(
      "INSERT INTO hookline_transcript (path, session_id, inode, size, modified_ms, tail, read_to, pin, taken, damaged) VALUES ('p/s.jsonl', 's', '1:2', 9, 0, '', 9, 9, 9, 0)",
    );
    db.exec(usage.sql);
    const rows = rowsOf(db, 'SELECT pin, taken, again_at_ms FROM hookline_transcript');
    expect(rows).toEqual([{ pin: 9, taken: 0, again_at_ms: 0 }]);
    db.close();
  });

  it('notes each quarter in which an answer was added, moved from and to, or taken away', () => {
    const db = openBefore();
    db.exec(usage.sql);
    const dirty = (): unknown[] => {
      const quarters = rowsOf(db, 'SELECT quarter FROM hookline_usage_dirty ORDER BY 1');
      db.exec('DELETE FROM hookline_usage_dirty');
      return quarters.map(({ quarter }) => quarter);
    };
    db.exec(insert(7));
    db.exec(insert(7, 'msg_2'));
    expect(dirty()).toEqual([7]);
    db.exec(`UPDATE hookline_usage SET at_ms = ${9 * QUARTER_MS} WHERE message_id = 'msg_1'`);
    expect(dirty()).toEqual([7, 9]);
    db.exec("DELETE FROM hookline_usage WHERE message_id = 'msg_2'");
    expect(dirty()).toEqual([7]);
    expect(() => db.exec(insert(3))).toThrow(/UNIQUE/);
    expect(dirty()).toEqual([]);
    db.close();
  });
});
