/** Which events of imports were taken back: what tells of them must not bring them back. */
import type { ReadableDb } from '../../src-core/store/driver.ts';
import { hasImportTables } from './runs.ts';

/** Tells of an event's id whether the import that brought it was taken back. */
export function createTakenBack(db: ReadableDb): (id: string) => boolean {
  if (!hasImportTables(db)) return () => false;
  const find = db.prepare(
    `SELECT 1 FROM hookline_import_event JOIN hookline_import_run ON id = run
     WHERE event_id = ? AND undone_at_ms IS NOT NULL`,
  );
  return (id) => find.get(id) !== undefined;
}
