/** What the lines of each file mean to the store. */
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { type Amendment, amendmentsBy, applyAmendments } from '../../src-core/event/merge.ts';
import { eventOfRecord } from '../../src-core/event/record.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import {
  amendmentId,
  amendmentOfRecord,
  recordAmendments,
} from '../../src-core/journal/amendments.ts';
import type { Stream } from '../../src-core/journal/streams.ts';
import type { Row, WritableDb } from '../../src-core/store/driver.ts';
import type { EventWriter } from '../../src-core/store/events.ts';
import { openTombstones } from '../../src-core/store/tombstones.ts';
import { lastSeq } from './census.ts';
import type { MarkedRow, RowMarks } from './row-marks.ts';
import type { LineSink } from './scan.ts';

/** What the lines of a stream are held against. */
export interface StreamSinkOptions {
  readonly paths: Paths;
  readonly marks: RowMarks;
}

/** Lines of a stream: a row is marked as written there; a primary line without a row makes one. */
export function streamSink(
  db: WritableDb,
  writer: EventWriter,
  stream: Stream,
  { paths, marks }: StreamSinkOptions,
): LineSink {
  const learn = createLearner(db, writer);
  const amendmentsOf = createAmendmentReader(db);
  const tombstones = openTombstones(paths);
  const markOnce = (row: MarkedRow): 'seen' | 'repeated' => (marks.mark(row) ? 'seen' : 'repeated');
  const takeWhole: LineSink['take'] = (line) => {
    const row = marks.find(line.id);
    if (row !== undefined && row.sum === line.sum) return markOnce(row);
    const event = eventOfRecord(line.record());
    // What could not rebuild its event is no line of this file, whatever its sum says.
    if (event === null || !stream.hasLine(event)) return 'damaged';
    if (row !== undefined) {
      learn(event);
      return markOnce(row);
    }
    // Its line may stay where others wrote behind it, or in a file that was put back.
    if (tombstones.covers(event)) return 'orphan';
    const amendments = amendmentsOf(line.id);
    const whole = applyAmendments(event, amendments);
    const lines = marks.add(whole);
    const known = { lines, ...(amendments.length === 0 ? { sum: line.sum } : {}) };
    writer.insert(whole, 'journal', known);
    writer.clearRunning(line.id);
    return 'healed';
  };
  const takeProjection: LineSink['take'] = ({ id }) => {
    const isNew = marks.markById(id);
    if (isNew === undefined) return 'orphan';
    return isNew ? 'seen' : 'repeated';
  };
  return {
    name: stream.name,
    path: stream.pathIn(paths),
    forget: marks.forget,
    lastSeq: () => lastSeq(db),
    begin: marks.reset,
    take: stream.isPrimary ? takeWhole : takeProjection,
    flush: marks.flush,
  };
}

/**
 * A line may know more of a call than its row: another telling was written to JSONL while SQLite did
 * not answer. What it knows better becomes an amendment, once.
 */
function createLearner(db: WritableDb, writer: EventWriter): (telling: CapturedEvent) => void {
  const isKnown = db.prepare('SELECT 1 FROM hookline_amendment WHERE id = ?');
  return (telling) => {
    const stored = telling.kind === 'tool' ? writer.find(telling.id) : null;
    if (stored === null) return;
    const news = amendmentsBy(stored, telling).filter(
      (amendment) => isKnown.get(amendmentId(amendment)) === undefined,
    );
    if (news.length === 0) return;
    recordAmendments(db, news);
    writer.replace(applyAmendments(stored, news));
  };
}

/** Lines of the amendments file: one that the store lacks is recorded and applied. */
export function amendmentSink(db: WritableDb, writer: EventWriter, paths: Paths): LineSink {
  const amendmentsOf = createAmendmentReader(db);
  const find = db.prepare('SELECT is_written FROM hookline_amendment WHERE id = ?');
  const mark = db.prepare('UPDATE hookline_amendment SET is_written = 1 WHERE id = ?');
  const insert = db.prepare(
    'INSERT INTO hookline_amendment (id, event_id, field, value, source, at_ms, is_written) VALUES (?, ?, ?, ?, ?, ?, 1)',
  );
  const tombstones = openTombstones(paths);
  return {
    name: 'amendments',
    path: paths.journals.amendments,
    forget: () => db.exec('UPDATE hookline_amendment SET is_written = 0 WHERE is_written <> 0'),
    begin: () => {},
    flush: () => {},
    take: ({ id, record }) => {
      const amendment = amendmentOfRecord(record());
      if (amendment === null || amendmentId(amendment) !== id) return 'damaged';
      const row = find.get(id) as Row | undefined;
      if (row !== undefined) {
        if (Number(row.is_written) === 1) return 'repeated';
        mark.run(id);
        return 'seen';
      }
      // What taught it was taken back; its line stays where others wrote behind it.
      if (tombstones.coversId(id)) return 'orphan';
      const { eventId, field, value, source, at } = amendment;
      insert.run(id, eventId, field, JSON.stringify(value), source, at);
      const event = writer.find(eventId);
      if (event !== null) writer.replace(applyAmendments(event, amendmentsOf(eventId)));
      return 'healed';
    },
  };
}

/** Reads the amendments of an event in the order in which they were learnt. */
export function createAmendmentReader(db: WritableDb): (eventId: string) => readonly Amendment[] {
  const select = db.prepare(
    'SELECT field, value, source, at_ms FROM hookline_amendment WHERE event_id = ? ORDER BY at_ms, id',
  );
  const first = db.prepare('SELECT 1 FROM hookline_amendment LIMIT 1');
  return (eventId) => {
    // Most stores have none, and this is the cheaper question.
    if (first.get() === undefined) return [];
    return select.all(eventId).flatMap((value) => {
      const row = value as Row;
      const amendment = amendmentOfRecord({
        event_id: eventId,
        field: row.field,
        value: JSON.parse(String(row.value)),
        source: row.source,
        at: Number(row.at_ms),
      });
      return amendment ?? [];
    });
  };
}
