/** Writes events into both stores, as the drainer does: SQLite first, then the lines of JSONL. */
import { mkdirSync, utimesSync } from 'node:fs';
import type { CapturedEvent } from '../../src-core/event/event.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { appendLines } from '../../src-core/journal/append.ts';
import { STREAMS } from '../../src-core/journal/streams.ts';
import { lineOf } from '../../src-core/journal/sum.ts';
import { takeLock } from '../../src-core/lock/lock.ts';
import { appendActivity } from '../../src-core/spool/activity-log.ts';
import { type OpenSqlite, transaction, type WritableDb } from '../../src-core/store/driver.ts';
import { createEventWriter, type EventWriter } from '../../src-core/store/events.ts';
import { openStore } from '../../src-core/store/open.ts';

const BATCH_EVENTS = 2000;
/** Of a file that outgrows SQLite's usual cache, the index pages are read again for each event. */
const CACHE_KB = 256 * 1024;

/** Where to write what. */
export interface WriteOptions {
  readonly paths: Paths;
  readonly open: OpenSqlite;
  readonly events: Iterable<CapturedEvent>;
  /** Told of the number of events written so far, after each batch. */
  readonly onProgress?: (events: number) => void;
}

/**
 * Writes all of them, in batches; returns how many.
 * @throws when a store cannot be written or somebody else holds the lock
 */
export function writeHistory({ paths, open, events, onProgress }: WriteOptions): number {
  const lock = takeLock({ paths, open, waitMs: 1000 });
  if (lock === null) throw new Error(`somebody else is writing in ${paths.own}`);
  let db: WritableDb | null = null;
  try {
    db = openStore({ path: paths.database, open, busyMs: 5000, now: Date.now() });
    db.exec(`PRAGMA cache_size = -${CACHE_KB}; PRAGMA wal_autocheckpoint = 8000`);
    const writer = createEventWriter(db);
    let written = 0;
    for (const batch of batchesOf(events)) {
      store(db, writer, batch);
      journal(paths, batch);
      written += batch.length;
      onProgress?.(written);
    }
    return written;
  } finally {
    db?.close();
    lock.release();
  }
}

function store(db: WritableDb, writer: EventWriter, events: readonly CapturedEvent[]): void {
  transaction(db, () => {
    for (const event of events) {
      if (!writer.insert(event, 'direct')) throw new Error(`event ${event.id} is there already`);
    }
  });
}

function journal(paths: Paths, events: readonly CapturedEvent[]): void {
  mkdirSync(paths.data, { recursive: true, mode: 0o700 });
  for (const stream of STREAMS) {
    let lines = '';
    for (const event of events) {
      const record = stream.lineFor(event);
      if (record !== null) lines += lineOf(record);
    }
    if (lines !== '') appendLines(stream.pathIn(paths), [lines]);
  }
  appendActivity(paths.activityLog, events);
  const last = (events.at(-1)?.at ?? 0) / 1000;
  // The log's own time tells which day its last lines are of.
  utimesSync(paths.activityLog, last, last);
}

function* batchesOf(events: Iterable<CapturedEvent>): Generator<readonly CapturedEvent[]> {
  let batch: CapturedEvent[] = [];
  for (const event of events) {
    batch.push(event);
    if (batch.length < BATCH_EVENTS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
