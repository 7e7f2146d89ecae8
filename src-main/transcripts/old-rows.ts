/** Takes the rows of a backfill out of the old table: ours alone, which name their event. */
import { objectOf } from '../../src-core/base/json.ts';
import { type Row, transaction, type WritableDb } from '../../src-core/store/driver.ts';
import { toStoreError } from '../../src-core/store/store-error.ts';

const BATCH_ROWS = 1000;

/** Removes the rows of the run's events; a table that is made otherwise is left alone. */
export function removeOldRows(db: WritableDb, run: number): void {
  const isOfRun = db.prepare(
    'SELECT 1 FROM hookline_backfill_event WHERE event_id = ? AND run = ?',
  );
  try {
    const select = db.prepare(
      `SELECT rowid AS place, metadata FROM tool_events WHERE rowid > ?
       ORDER BY rowid LIMIT ${BATCH_ROWS}`,
    );
    const remove = db.prepare('DELETE FROM tool_events WHERE rowid = ?');
    for (let last: number | bigint = 0; ; ) {
      const rows = select.all(last) as Row[];
      if (rows.length === 0) return;
      last = Number(rows.at(-1)?.place);
      const own = rows.filter(({ metadata }) => {
        const id = eventIdIn(metadata);
        return id !== null && isOfRun.get(id, run) !== undefined;
      });
      if (own.length > 0)
        transaction(db, () => {
          for (const { place } of own) remove.run(Number(place));
        });
    }
  } catch (error) {
    // A view, a table without rowid or without these columns: nobody's rows but its maker's.
    if (toStoreError(error).kind !== 'other') throw error;
  }
}

function eventIdIn(metadata: Row[string] | undefined): string | null {
  if (typeof metadata !== 'string' || !metadata.includes('hookline_id')) return null;
  try {
    const id = objectOf(JSON.parse(metadata)).hookline_id;
    return typeof id === 'string' ? id : null;
  } catch {
    return null;
  }
}
