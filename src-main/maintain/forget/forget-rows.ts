/** Removes from SQLite what is forgotten: rows of ours, and our rows in the old table. */
import { isObject } from '../../../src-core/base/json.ts';
import {
  type ReadableDb,
  type Row,
  transaction,
  type WritableDb,
} from '../../../src-core/store/driver.ts';
import { toStoreError } from '../../../src-core/store/store-error.ts';
import type { Selection } from './selection.ts';
import type { ForgetTarget, Meaning } from './target.ts';

const BATCH = 500;

interface Owner {
  readonly table: string;
  readonly column: string;
  readonly of: 'events' | 'messages' | 'sessions';
}

/** Whose rows go with what they belong to. The events themselves come last: broken off before, the same call finds them again. */
const OWNED: readonly Owner[] = [
  { table: 'hookline_amendment', column: 'event_id', of: 'events' },
  { table: 'hookline_running', column: 'tool_use_id', of: 'events' },
  { table: 'hookline_running', column: 'session_id', of: 'sessions' },
  { table: 'hookline_import_event', column: 'event_id', of: 'events' },
  { table: 'hookline_backfill_event', column: 'event_id', of: 'events' },
  { table: 'hookline_backfill_change', column: 'event_id', of: 'events' },
  { table: 'hookline_link', column: 'call_id', of: 'events' },
  { table: 'hookline_link', column: 'session_id', of: 'sessions' },
  { table: 'hookline_cost_state', column: 'session_id', of: 'sessions' },
  { table: 'hookline_usage', column: 'message_id', of: 'messages' },
  { table: 'hookline_event', column: 'id', of: 'events' },
];

/** Tables whose rows may hold a text that no event of theirs holds any more. */
const TOLD = [
  'hookline_running',
  'hookline_amendment',
  'hookline_backfill_change',
  'hookline_link',
  'hookline_usage',
  'hookline_usage_quarter',
];

/**
 * Removes them, batch by batch, and overwrites the pages in which they stood. Sums follow with the
 * next run, since the triggers note what they were part of.
 */
export function forgetRows(
  db: WritableDb,
  target: ForgetTarget,
  meaning: Meaning,
  selection: Selection,
): void {
  db.exec('PRAGMA secure_delete = ON');
  removeOldRows(db, selection.events);
  for (const { table, column, of } of OWNED)
    removeOwned(db, `${table} WHERE ${column} = ?`, selection[of]);
  // That their transcripts were read must stay known, lest they are read again.
  const blank = ['hookline_transcript', 'hookline_transcript_call'].map((table) =>
    db.prepare(`UPDATE ${table} SET project = NULL WHERE session_id = ? AND project IS NOT NULL`),
  );
  transaction(db, () => {
    for (const id of selection.sessions) for (const statement of blank) statement.run(id);
  });
  if (target.kind !== 'session') for (const table of TOLD) removeTold(db, table, meaning);
}

/** How many rows of the old table name these events. */
export function countOldRows(db: ReadableDb, events: ReadonlySet<string>): number {
  let count = 0;
  for (const places of oldRowsOf(db, events)) count += places.length;
  return count;
}

function removeOwned(db: WritableDb, where: string, keys: ReadonlySet<string>): void {
  const remove = db.prepare(`DELETE FROM ${where}`);
  const all = [...keys];
  for (let i = 0; i < all.length; i += BATCH)
    transaction(db, () => {
      for (const key of all.slice(i, i + BATCH)) remove.run(key);
    });
}

function removeTold(db: WritableDb, table: string, { isInText }: Meaning): void {
  const key = keyOf(db, table);
  const rows = db.prepare(`SELECT * FROM ${table}`).iterate();
  const told: Row[] = [];
  for (const row of rows as Iterable<Row>)
    if (Object.values(row).some((cell) => typeof cell === 'string' && isInText(cell)))
      told.push(row);
  const remove = db.prepare(
    `DELETE FROM ${table} WHERE ${key.map((column) => `${column} = ?`).join(' AND ')}`,
  );
  transaction(db, () => {
    for (const row of told) remove.run(...key.map((column) => row[column] ?? null));
  });
}

function keyOf(db: ReadableDb, table: string): readonly string[] {
  const columns = db.prepare(`PRAGMA table_info(${table})`).all() as Row[];
  return columns.filter(({ pk }) => Number(pk) > 0).map(({ name }) => String(name));
}

function removeOldRows(db: WritableDb, events: ReadonlySet<string>): void {
  for (const places of oldRowsOf(db, events)) {
    if (places.length === 0) continue;
    const remove = db.prepare('DELETE FROM tool_events WHERE rowid = ?');
    transaction(db, () => {
      for (const place of places) remove.run(place);
    });
  }
}

/** Batches of rows of ours; nothing where the table is none that we write into. */
function* oldRowsOf(db: ReadableDb, events: ReadonlySet<string>): Generator<number[]> {
  try {
    const select = db.prepare(
      `SELECT rowid AS place, metadata FROM tool_events WHERE rowid > ? ORDER BY rowid LIMIT ${BATCH}`,
    );
    for (let last = 0; ; ) {
      const rows = select.all(last) as Row[];
      if (rows.length === 0) return;
      last = Number(rows.at(-1)?.place);
      yield rows
        .filter(({ metadata }) => events.has(idIn(metadata)))
        .map(({ place }) => Number(place));
    }
  } catch (error) {
    // A view, or a table without these columns: nobody's rows but its maker's.
    if (toStoreError(error).kind !== 'other') throw error;
  }
}

function idIn(metadata: Row[string] | undefined): string {
  if (typeof metadata !== 'string' || !metadata.includes('hookline_id')) return '';
  try {
    const value: unknown = JSON.parse(metadata);
    return isObject(value) && typeof value.hookline_id === 'string' ? value.hookline_id : '';
  } catch {
    return '';
  }
}
