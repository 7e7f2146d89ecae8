/**
 * What was learnt of an event after its line was written. A line never changes; SQLite takes the
 * amendment at once, and this file lets a rebuild learn it again.
 */
import { isObject, numberOf, textOf } from '../base/json.ts';
import { AMENDABLE, type AmendableField, type Amendment } from '../event/merge.ts';
import type { JsonRecord } from '../event/record.ts';
import type { WritableDb } from '../store/driver.ts';
import { sha256 } from './sum.ts';

/** Id under which the same amendment is one. */
export function amendmentId({ eventId, field, value, source }: Amendment): string {
  return sha256(`${eventId}|${field}|${JSON.stringify(value)}|${source}`).slice(0, 24);
}

/** The amendment as a record, without its sum. */
export function amendmentRecord(amendment: Amendment): JsonRecord {
  const { eventId, field, value, source, at } = amendment;
  return { id: amendmentId(amendment), event_id: eventId, field, value, source, at };
}

const FIELDS: ReadonlySet<string> = new Set(AMENDABLE);

/** The amendment that a record tells; null when it is none. */
export function amendmentOfRecord(record: unknown): Amendment | null {
  if (!isObject(record)) return null;
  const { value } = record;
  const eventId = textOf(record.event_id);
  const field = textOf(record.field);
  const source = textOf(record.source);
  const at = numberOf(record.at);
  if (eventId === null || field === null || source === null || at === null) return null;
  if (!FIELDS.has(field)) return null;
  if (value !== null && typeof value !== 'string' && typeof value !== 'number') return null;
  return { eventId, field: field as AmendableField, value, source, at };
}

/** Records amendments in the store; ones that it has already stay as they are. Runs in the caller's transaction. */
export function recordAmendments(db: WritableDb, amendments: readonly Amendment[]): void {
  if (amendments.length === 0) return;
  const insert = db.prepare(
    'INSERT OR IGNORE INTO hookline_amendment (id, event_id, field, value, source, at_ms) VALUES (?, ?, ?, ?, ?, ?)',
  );
  for (const amendment of amendments) {
    const { eventId, field, value, source, at } = amendment;
    insert.run(amendmentId(amendment), eventId, field, JSON.stringify(value), source, at);
  }
}
