import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DRIVERS, rowsOf } from '../../../test/support/sqlite.ts';
import { tempFolderPerTest } from '../../../test/support/temp-folder.ts';
import type { SqliteConnection } from '../driver.ts';
import { transcripts } from './0006-transcripts.ts';
import { MIGRATIONS } from './all.ts';

const folder = tempFolderPerTest();

describe.each(DRIVERS)('migration 6 with $name', ({ open }) => {
  const openBefore = (): SqliteConnection => {
    const db = open(join(folder(), 'store.db'));
    for (const { sql, version } of MIGRATIONS) if (version < transcripts.version) db.exec(sql);
    return db;
  };

  it('adds tables to a store of version 5 and changes nothing in it', () => {
    const db = openBefore();
    db.exec(
      "INSERT INTO hookline_event (id, kind, hook_event, at_ms, source, via, sum, expected) VALUES ('a', 'tool', 'PostToolUse', 1, 'hook', 'direct', 'x', 57)",
    );
    const before = rowsOf(db, 'SELECT * FROM hookline_event');
    db.exec(transcripts.sql);
    expect(rowsOf(db, 'SELECT * FROM hookline_event')).toEqual(before);
    db.close();
  });

  it('knows each file once, and lists a call under one file', () => {
    const db = openBefore();
    db.exec(transcripts.sql);
    const file =
      "INSERT INTO hookline_transcript (path, session_id, inode, size, modified_ms, tail, read_to, pin, taken, damaged) VALUES ('p/s.jsonl', 's', '1:2', 0, 0, '', 0, 0, 0, 0)";
    db.exec(file);
    expect(() => db.exec(file)).toThrow(/UNIQUE/);
    const call =
      "INSERT INTO hookline_transcript_call VALUES ('toolu_1', 1, 's', NULL, NULL, 'Bash', 5, NULL)";
    db.exec(call);
    expect(() => db.exec(call)).toThrow(/UNIQUE/);
    db.close();
  });
});
