/** What the lines of each file mean to the store. */
import { applyAmendments } from '../../src-core/event/merge.ts';
import { eventOfRecord } from '../../src-core/event/record.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { amendmentId, amendmentOfRecord } from '../../src-core/journal/amendments.ts';
import type { Stream } from '../../src-core/journal/streams.ts';
import type { Row, WritableDb } from '../../src-core/store/driver.ts';
import type { EventWriter } from '../../src-core/store/events.ts';
import type { LineSink } from './scan.ts';

/** Lines of a stream: a row is marked as written there; a primary line without a row makes one. */
export function streamSink(
  db: WritableDb,
  writer: EventWriter,
  stream: Stream,
  paths: Paths,
): LineSink {
  const find = db.prepare('SELECT lines FROM hookline_event WHERE id = ?');
  const mark = db.prepare('UPDATE hookline_event SET lines = lines | ? WHERE id = ?');
  return {
    name: stream.name,
    path: stream.pathIn(paths),
    forget: () => {
      db.prepare('UPDATE hookline_event SET lines = lines & ~? WHERE lines & ? <> 0').run(
        stream.bit,
        stream.bit,
      );
    },
    take: (id, record) => {
      const row = find.get(id) as Row | undefined;
      if (row !== undefined) {
        if ((Number(row.lines) & stream.bit) !== 0) return 'repeated';
        mark.run(stream.bit, id);
        return 'seen';
      }
      if (!stream.isPrimary) return 'orphan';
      const event = eventOfRecord(record);
      if (event === null || stream.lineFor(event) === null) return 'damaged';
      writer.insert(applyAmendments(event, storedAmendments(db, id)), 'journal');
      mark.run(stream.bit, id);
      return 'healed';
    },
  };
}

/** Lines of the amendments file: one that the store lacks is recorded and applied. */
export function amendmentSink(db: WritableDb, writer: EventWriter, paths: Paths): LineSink {
  const find = db.prepare('SELECT is_written FROM hookline_amendment WHERE id = ?');
  const mark = db.prepare('UPDATE hookline_amendment SET is_written = 1 WHERE id = ?');
  const insert = db.prepare(
    'INSERT INTO hookline_amendment (id, event_id, field, value, source, at_ms, is_written) VALUES (?, ?, ?, ?, ?, ?, 1)',
  );
  return {
    name: 'amendments',
    path: paths.journals.amendments,
    forget: () => db.exec('UPDATE hookline_amendment SET is_written = 0'),
    take: (id, record) => {
      const amendment = amendmentOfRecord(record);
      if (amendment === null || amendmentId(amendment) !== id) return 'damaged';
      const row = find.get(id) as Row | undefined;
      if (row !== undefined) {
        if (Number(row.is_written) === 1) return 'repeated';
        mark.run(id);
        return 'seen';
      }
      const { eventId, field, value, source, at } = amendment;
      insert.run(id, eventId, field, JSON.stringify(value), source, at);
      const event = writer.find(eventId);
      if (event !== null) writer.replace(applyAmendments(event, storedAmendments(db, eventId)));
      return 'healed';
    },
  };
}

/** The amendments of an event in the order in which they were learnt. */
export function storedAmendments(db: WritableDb, eventId: string) {
  return db
    .prepare(
      'SELECT field, value, source, at_ms FROM hookline_amendment WHERE event_id = ? ORDER BY at_ms, id',
    )
    .all(eventId)
    .flatMap((value) => {
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
}
