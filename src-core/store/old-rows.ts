/**
 * The rows of ours in the old table, found by the id in their metadata. The table may have been made
 * by anybody, so it may lack the index on `ts` by which a row is found at once.
 */
import type { CapturedEvent } from '../event/event.ts';
import { oldTableRow } from '../event/projection.ts';
import { secondsOf } from '../event/record.ts';
import {
  type ReadableDb,
  type Row,
  type Statement,
  transaction,
  type WritableDb,
} from './driver.ts';
import { EVENT_COLUMNS, eventOfRow, OLD_ROW_BIT, prepareOldInsert } from './events.ts';
import { toStoreError } from './store-error.ts';

const CHUNK_ROWS = 500;

/** Finds the rowid of an event's row in the old table; null where it has none. */
export type FindOldRow = (event: CapturedEvent) => number | null;

/** Prepares the search. Rows that are added later need not be found. */
export function createOldRowFinder(db: ReadableDb): FindOldRow {
  if (!namesEvents(db) || isEmpty(db)) return () => null;
  return hasTimeIndex(db) ? findByTime(db) : findByReadingAll(db);
}

/**
 * Brings the rows of events up to date that were amended since, and adds rows that were lost. Costs
 * one look into an index where nothing is to do. Opens its own transactions.
 */
export function correctOldRows(db: WritableDb): void {
  const select = db.prepare(
    `SELECT seq, ${EVENT_COLUMNS} FROM hookline_event
     WHERE lines & expected <> expected AND expected & ~lines & ${OLD_ROW_BIT} <> 0 AND seq > ?
     ORDER BY seq LIMIT ${CHUNK_ROWS}`,
  );
  let rows = select.all(0) as Row[];
  if (rows.length === 0) return;
  const find = createOldRowFinder(db);
  // Rows that name no event may be there already.
  const insert = namesEvents(db) ? prepareOldInsert(db) : () => undefined;
  const update = prepareUpdate(db);
  const done = db.prepare(`UPDATE hookline_event SET lines = lines | ${OLD_ROW_BIT} WHERE seq = ?`);
  for (; rows.length > 0; rows = select.all(Number(rows.at(-1)?.seq)) as Row[]) {
    const chunk = rows;
    transaction(db, () => {
      for (const row of chunk) {
        const event = eventOfRow(row);
        const place = find(event);
        // What was imported has the row that it was made from.
        if (event.source !== 'old') place === null ? insert(event) : update(event, place);
        done.run(row.seq ?? null);
      }
    });
  }
}

function prepareUpdate(db: WritableDb): (event: CapturedEvent, place: number) => void {
  const names = (['file_path', 'metadata'] as const).filter((name) => oldColumns(db).has(name));
  let statement: Statement;
  return (event, place) => {
    const row = oldTableRow(event);
    if (row === null) return;
    try {
      // A trigger that names what is gone refuses already here.
      statement ??= db.prepare(
        `UPDATE OR IGNORE tool_events SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE rowid = ?`,
      );
      statement.run(...names.map((name) => row[name]), place);
    } catch (error) {
      // The event itself is in ours.
      if (toStoreError(error).kind !== 'other') throw error;
    }
  };
}

function oldColumns(db: ReadableDb): ReadonlySet<string> {
  const rows = db.prepare('PRAGMA table_info(tool_events)').all() as Row[];
  return new Set(rows.map((row) => String(row.name)));
}

function namesEvents(db: ReadableDb): boolean {
  const columns = oldColumns(db);
  return columns.has('ts') && columns.has('metadata');
}

/** True also for what has no rowids: a view, or a table that somebody made WITHOUT ROWID. */
function isEmpty(db: ReadableDb): boolean {
  try {
    return db.prepare('SELECT rowid FROM tool_events LIMIT 1').get() === undefined;
  } catch (error) {
    if (toStoreError(error).kind !== 'other') throw error;
    return true;
  }
}

function hasTimeIndex(db: ReadableDb): boolean {
  const indexes = db.prepare("SELECT name FROM pragma_index_list('tool_events') WHERE partial = 0");
  const first = db.prepare('SELECT name FROM pragma_index_info(?) WHERE seqno = 0');
  return (indexes.all() as Row[]).some((index) => {
    const column = first.get(String(index.name)) as Row | undefined;
    return column?.name === 'ts';
  });
}

/** Our id as it stands in the metadata of a row. */
function markOf({ id }: CapturedEvent): string {
  return `"hookline_id":${JSON.stringify(id)}`;
}

function findByTime(db: ReadableDb): FindOldRow {
  const find = db.prepare(
    'SELECT rowid AS place FROM tool_events WHERE ts = ? AND instr(metadata, ?) > 0',
  );
  return (event) => {
    const row = find.get(secondsOf(event.at), markOf(event)) as Row | undefined;
    return row === undefined ? null : Number(row.place);
  };
}

/** Without an index one look at all rows of ours is cheaper than one for each event. */
function findByReadingAll(db: ReadableDb): FindOldRow {
  let places: Map<string, number> | null = null;
  const readAll = (): Map<string, number> => {
    const rows = db
      .prepare(
        `SELECT rowid AS place, metadata FROM tool_events WHERE instr(metadata, '"hookline_id":') > 0`,
      )
      .iterate();
    const found = new Map<string, number>();
    for (const value of rows) {
      const { place, metadata } = value as Row;
      const mark = /"hookline_id":"(?:[^"\\]|\\.)*"/.exec(String(metadata))?.[0];
      if (mark !== undefined) found.set(mark, Number(place));
    }
    return found;
  };
  return (event) => {
    places ??= readAll();
    return places.get(markOf(event)) ?? null;
  };
}
