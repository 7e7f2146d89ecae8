/**
 * Puts imported events into the store. Their rows in the old table and their lines in the old files
 * are there already; only an event of which no line of its file tells gets one from the bridge, so
 * that JSONL can rebuild it.
 */
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { recordOf } from '../../src-core/event/record.ts';
import { STREAMS } from '../../src-core/journal/streams.ts';
import { sumOf } from '../../src-core/journal/sum.ts';
import type { SqlValue, WritableDb } from '../../src-core/store/driver.ts';
import { EVENT_COLUMNS } from '../../src-core/store/events.ts';

/** Writes imported events. */
export interface OldEventWriter {
  /** Stores the event under the run; runs in the caller's transaction. */
  insert(event: CapturedEvent, run: number, hasLine: boolean): void;
}

const COLUMNS = EVENT_COLUMNS.split(', ');

/** Prepares the statements. */
export function createOldEventWriter(db: WritableDb): OldEventWriter {
  const marks = COLUMNS.map(() => '?').join(', ');
  const insert = db.prepare(
    `INSERT INTO hookline_event (${EVENT_COLUMNS}, via, sum, expected) VALUES (${marks}, 'direct', ?, ?)`,
  );
  const note = db.prepare('INSERT OR REPLACE INTO hookline_import_event VALUES (?, ?)');
  const count = db.prepare('UPDATE hookline_import_run SET events = events + 1 WHERE id = ?');
  return {
    insert: (event, run, hasLine) => {
      const expected = hasLine ? 0 : primaryBit(event);
      insert.run(
        ...COLUMNS.map((column) => fieldOf(event, column)),
        sumOf(recordOf(event)),
        expected,
      );
      note.run(event.id, run);
      count.run(run);
    },
  };
}

function primaryBit(event: CapturedEvent): number {
  const stream = STREAMS.find(({ isPrimary, hasLine }) => isPrimary && hasLine(event));
  return stream?.bit ?? 0;
}

/** The columns are the fields' names in another spelling; only the time is called otherwise. */
function fieldOf(event: CapturedEvent, column: string): SqlValue {
  const field =
    column === 'at_ms' ? 'at' : column.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
  const value = event[field as keyof CapturedEvent];
  if (value === undefined) throw new RangeError(`an event has no field for column ${column}`);
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
