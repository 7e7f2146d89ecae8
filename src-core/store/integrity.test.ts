import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { overwriteIndex, overwriteTable } from '../../test/support/damage.ts';
import { toolCall } from '../../test/support/make-event.ts';
import { DRIVERS, openTestStore } from '../../test/support/sqlite.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import type { ReadableDb } from './driver.ts';
import { transaction } from './driver.ts';
import { createEventWriter } from './events.ts';
import { checkTable, integrityCheck, quickCheck } from './integrity.ts';

const folder = tempFolderPerTest();
const file = () => join(folder(), 'store.db');

function fillStore(): void {
  const db = openTestStore(file());
  const writer = createEventWriter(db);
  transaction(db, () => {
    for (let i = 0; i < 200; i++) writer.insert(toolCall({ id: `toolu_${i}` }), 'direct');
  });
  db.exec(
    "CREATE TABLE findings (a); CREATE INDEX findings_a ON findings (a); INSERT INTO findings VALUES ('needle')",
  );
  db.close();
}

describe.each(DRIVERS)('checking a database with $name', ({ open }) => {
  const openIt = () => open(file(), { readonly: true }) as ReadableDb;

  it('finds nothing in a whole one', () => {
    fillStore();
    const db = openIt();
    expect([quickCheck(db), integrityCheck(db), checkTable(db, 'hookline_event')]).toEqual([
      [],
      [],
      [],
    ]);
    db.close();
  });

  it('names damage in any table, and which table it is in', () => {
    fillStore();
    overwriteTable(file(), 'findings');
    const db = openIt();
    expect(quickCheck(db)).not.toEqual([]);
    expect(checkTable(db, 'findings')).not.toEqual([]);
    expect(checkTable(db, 'hookline_event')).toEqual([]);
    db.close();
  });

  it('finds an index that is not its table’s, where the quick look does not go', () => {
    fillStore();
    overwriteIndex(file(), 'findings_a', (page) => page.write('n', page.indexOf('needle') + 1));
    const db = openIt();
    expect(quickCheck(db)).toEqual([]);
    expect(integrityCheck(db)).not.toEqual([]);
    db.close();
  });
});
