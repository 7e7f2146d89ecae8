import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { overwriteTable } from '../../test/support/damage.ts';
import { toolCall } from '../../test/support/make-event.ts';
import { DRIVERS, openTestStore, queryFile } from '../../test/support/sqlite.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { backUpStore } from './backup.ts';
import { createEventWriter } from './events.ts';

const folder = tempFolderPerTest();
const file = () => join(folder(), 'store.db');
const target = () => join(folder(), 'copy.db');

describe.each(DRIVERS)('backing a store up with $name', ({ open }) => {
  it('copies what is committed, foreign tables and the log beside the file included', () => {
    const db = openTestStore(file(), open);
    createEventWriter(db).insert(toolCall(), 'direct');
    db.exec("CREATE TABLE findings (a); INSERT INTO findings VALUES ('x')");
    backUpStore(db, target(), open);
    expect(queryFile(target(), 'SELECT id FROM hookline_event')).toHaveLength(1);
    expect(queryFile(target(), 'SELECT a FROM findings')).toEqual([{ a: 'x' }]);
    expect(statSync(target()).mode & 0o777).toBe(0o600);
    db.close();
  });

  it('copies one state while another program is in the middle of writing', () => {
    const db = openTestStore(file(), open);
    const other = open(file());
    other.exec("BEGIN IMMEDIATE; INSERT INTO tool_events (ts, tool) VALUES (1, 'Read')");
    backUpStore(db, target(), open);
    other.exec('COMMIT');
    other.close();
    expect(queryFile(target(), 'SELECT * FROM tool_events')).toEqual([]);
    db.close();
  });

  it('never writes over a file, and leaves none that is not whole', () => {
    const db = openTestStore(file(), open);
    writeFileSync(target(), 'mine');
    expect(() => backUpStore(db, target(), open)).toThrow('is there already');
    db.exec("CREATE TABLE findings (a); INSERT INTO findings VALUES ('x')");
    db.close();
    overwriteTable(file(), 'findings');
    const damaged = openTestStore(file(), open);
    const other = join(folder(), 'other.db');
    expect(() => backUpStore(damaged, other, open)).toThrow(
      expect.objectContaining({ kind: 'corrupt' }),
    );
    expect([existsSync(other), existsSync(`${other}.part`)]).toEqual([false, false]);
    damaged.close();
  });
});
