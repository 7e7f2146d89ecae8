/** What the lines of each file mean to the store. */
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { amendmentsBy, applyAmendments } from '../../src-core/event/merge.ts';
import { eventOfRecord } from '../../src-core/event/record.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import {
  amendmentId,
  amendmentOfRecord,
  recordAmendments,
} from '../../src-core/journal/amendments.ts';
import type { Stream } from '../../src-core/journal/streams.ts';
import { type Row, transaction, type WritableDb } from '../../src-core/store/driver.ts';
import type { EventWriter } from '../../src-core/store/events.ts';
import type { LineSink } from './scan.ts';

/** Rows in one transaction of forgetting: few enough that other writers wait milliseconds. */
const FORGET_ROWS = 5000;

/** Lines of a stream: a row is marked as written there; a primary line without a row makes one. */
export function streamSink(
  db: WritableDb,
  writer: EventWriter,
  stream: Stream,
  paths: Paths,
): LineSink {
  const find = db.prepare('SELECT lines, sum FROM hookline_event WHERE id = ?');
  const mark = db.prepare('UPDATE hookline_event SET lines = lines | ? WHERE id = ?');
  const learn = createLearner(db, writer);
  const markOnce = (id: string, row: Row): 'seen' | 'repeated' => {
    if ((Number(row.lines) & stream.bit) !== 0) return 'repeated';
    mark.run(stream.bit, id);
    return 'seen';
  };
  const takeWhole: LineSink['take'] = (id, record) => {
    const row = find.get(id) as Row | undefined;
    if (row !== undefined && row.sum === record.sum) return markOnce(id, row);
    const event = eventOfRecord(record);
    // What could not rebuild its event is no line of this file, whatever its sum says.
    if (event === null || stream.lineFor(event) === null) return 'damaged';
    if (row !== undefined) {
      learn(event);
      return markOnce(id, row);
    }
    writer.insert(applyAmendments(event, storedAmendments(db, id)), 'journal');
    writer.clearRunning(id);
    mark.run(stream.bit, id);
    return 'healed';
  };
  const takeProjection: LineSink['take'] = (id) => {
    const row = find.get(id) as Row | undefined;
    return row === undefined ? 'orphan' : markOnce(id, row);
  };
  return {
    name: stream.name,
    path: stream.pathIn(paths),
    forget: () => forgetLines(db, stream.bit),
    take: stream.isPrimary ? takeWhole : takeProjection,
  };
}

function forgetLines(db: WritableDb, bit: number): void {
  const { last } = db.prepare('SELECT max(seq) AS last FROM hookline_event').get() as Row;
  const update = db.prepare(
    'UPDATE hookline_event SET lines = lines & ~? WHERE seq > ? AND seq <= ? AND lines & ? <> 0',
  );
  for (let from = 0; from < Number(last ?? 0); from += FORGET_ROWS)
    transaction(db, () => update.run(bit, from, from + FORGET_ROWS, bit));
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
  const find = db.prepare('SELECT is_written FROM hookline_amendment WHERE id = ?');
  const mark = db.prepare('UPDATE hookline_amendment SET is_written = 1 WHERE id = ?');
  const insert = db.prepare(
    'INSERT INTO hookline_amendment (id, event_id, field, value, source, at_ms, is_written) VALUES (?, ?, ?, ?, ?, ?, 1)',
  );
  return {
    name: 'amendments',
    path: paths.journals.amendments,
    forget: () => db.exec('UPDATE hookline_amendment SET is_written = 0 WHERE is_written <> 0'),
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
