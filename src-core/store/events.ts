/** Events in SQLite: our table of truth, and the old `tool_events` as its projection. */
import type { CapturedEvent, EventKind, RunningCall } from '../event/event.ts';
import {
  EVENT_FIELDS,
  type EventField,
  eventOfFields,
  isNumberField,
  writtenName,
} from '../event/fields.ts';
import { oldTableRow } from '../event/projection.ts';
import { recordOf } from '../event/record.ts';
import { expectedBits } from '../journal/streams.ts';
import { sumOf } from '../journal/sum.ts';
import type { ReadableDb, Row, SqlValue, Statement, WritableDb } from './driver.ts';
import { toStoreError } from './store-error.ts';

/** How a row came into the store: as it happened, or read back from JSONL. */
export type Via = 'direct' | 'journal';

/** Column of a field. */
const columnOf = (field: EventField): string => (field === 'at' ? 'at_ms' : writtenName(field));
/** The columns of an event, for a SELECT that `eventOfRow` reads. */
export const EVENT_COLUMNS = EVENT_FIELDS.map(columnOf).join(', ');

/** The event that a row with `EVENT_COLUMNS` holds. */
export function eventOfRow(value: unknown): CapturedEvent {
  const row = value as Row;
  return eventOfFields((field) => {
    const cell = row[columnOf(field)] ?? null;
    if (cell === null) return null;
    if (field === 'facts' || field === 'content') return JSON.parse(String(cell));
    return isNumberField(field) ? Number(cell) : String(cell);
  });
}

/** Writes events; statements are prepared once for its lifetime. */
export interface EventWriter {
  /**
   * Stores the event and its old row; false when its id is there already. Runs in the caller's
   * transaction. A known sum is not computed again; `lines` are the streams that hold its line.
   */
  insert(event: CapturedEvent, via: Via, known?: { sum?: string; lines?: number }): boolean;
  /** Replaces the fields of a stored event, its sum and the streams it belongs to. */
  replace(event: CapturedEvent): void;
  find(id: string): CapturedEvent | null;
  /** A stored event with the same payload in the same session within `withinMs`. */
  findTwin(event: CapturedEvent, withinMs: number): string | null;
  setRunning(call: RunningCall): void;
  clearRunning(id: string): void;
  /** Forgets the calls that a session had begun until then: its turn has ended. */
  clearRunningOf(sessionId: string, until: number): void;
}

/**
 * The bit of the old table in `expected` and `lines`: set in the first and not in the second, its row
 * must be brought up to date. That is left to the bridge, since the table may have no index to find
 * the row by.
 */
export const OLD_ROW_BIT = 128;

/**
 * Prepares the statements for writing events into this store. `hasOldRow` tells of events that come
 * back whether their old row is still there.
 */
export function createEventWriter(
  db: WritableDb,
  hasOldRow: (event: CapturedEvent) => boolean = () => false,
): EventWriter {
  const marks = EVENT_FIELDS.map(() => '?').join(', ');
  const insert = db.prepare(
    `INSERT OR IGNORE INTO hookline_event (${EVENT_COLUMNS}, via, sum, expected, lines) VALUES (${marks}, ?, ?, ?, ?)`,
  );
  const update = lazily(
    db,
    `UPDATE hookline_event SET ${EVENT_FIELDS.map((field) => `${columnOf(field)} = ?`).join(', ')}, sum = ?, expected = ? | ${OLD_ROW_BIT}, lines = lines & ~${OLD_ROW_BIT} WHERE id = ?`,
  );
  const find = lazily(db, `SELECT ${EVENT_COLUMNS} FROM hookline_event WHERE id = ?`);
  const twin = lazily(
    db,
    'SELECT id FROM hookline_event WHERE session_id IS ? AND at_ms BETWEEN ? AND ? AND hook_event = ? AND payload_sum = ? AND id <> ?',
  );
  const setRunning = lazily(db, 'INSERT OR REPLACE INTO hookline_running VALUES (?, ?, ?, ?, ?)');
  const clearRunning = db.prepare('DELETE FROM hookline_running WHERE tool_use_id = ?');
  const clearRunningOf = lazily(
    db,
    'DELETE FROM hookline_running WHERE session_id = ? AND at_ms <= ?',
  );
  const insertOld = prepareOldInsert(db);
  return {
    insert: (event, via, { sum = sumOf(recordOf(event)), lines = 0 } = {}) => {
      const values = [...valuesOf(event), via, sum, expectedBits(event), lines];
      if (Number(insert.run(...values).changes) === 0) return false;
      // What was imported from the old table is in it.
      if (event.source !== 'old' && !hasOldRow(event)) insertOld(event);
      return true;
    },
    replace: (event) => {
      update().run(...valuesOf(event), sumOf(recordOf(event)), expectedBits(event), event.id);
    },
    find: (id) => {
      const row = find().get(id);
      return row === undefined ? null : eventOfRow(row);
    },
    findTwin: (event, withinMs) => {
      if (event.payloadSum === null) return null;
      const { sessionId, at, hookEvent, payloadSum, id } = event;
      const row = twin().get(sessionId, at - withinMs, at + withinMs, hookEvent, payloadSum, id);
      return row === undefined ? null : String((row as Row).id);
    },
    setRunning: (call) => {
      setRunning().run(call.toolUseId, call.sessionId, call.tool, call.detail, call.at);
    },
    clearRunning: (id) => {
      clearRunning.run(id);
    },
    clearRunningOf: (sessionId, until) => {
      clearRunningOf().run(sessionId, until);
    },
  };
}

/** A statement that is prepared when it is first needed: most events need few of them. */
function lazily(db: WritableDb, sql: string): () => Statement {
  let statement: Statement | undefined;
  return () => {
    statement ??= db.prepare(sql);
    return statement;
  };
}

function valuesOf(event: CapturedEvent): SqlValue[] {
  return EVENT_FIELDS.map((field) => {
    const value = event[field];
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
  });
}

/**
 * Prepares adding the event's row to the old table. It may have been made by anybody: only columns that it has are filled, and a row that
 * its constraints or triggers refuse is left out, because the event itself is in ours.
 */
export function prepareOldInsert(db: WritableDb): (event: CapturedEvent) => void {
  const present = new Set(
    db
      .prepare('PRAGMA table_info(tool_events)')
      .all()
      .map((column) => String((column as Row).name)),
  );
  const names = (['ts', 'tool', 'file_path', 'session_pwd', 'metadata'] as const).filter((name) =>
    present.has(name),
  );
  if (!names.includes('ts') || !names.includes('tool')) return () => {};
  let statement: Statement;
  return (event) => {
    const row = oldTableRow(event);
    if (row === null) return;
    try {
      // A view, or a trigger that names what is gone, refuses already here.
      statement ??= db.prepare(
        `INSERT OR IGNORE INTO tool_events (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      );
      statement.run(...names.map((name) => row[name]));
    } catch (error) {
      if (toStoreError(error).kind !== 'other') throw error;
    }
  };
}

/** How many events of each kind are stored. */
export function countByKind(db: ReadableDb): Readonly<Record<EventKind, number>> {
  const counts = { tool: 0, session: 0, other: 0 };
  for (const value of db
    .prepare('SELECT kind, count(*) AS n FROM hookline_event GROUP BY kind')
    .all()) {
    const row = value as Row;
    counts[row.kind as EventKind] = Number(row.n);
  }
  return counts;
}
