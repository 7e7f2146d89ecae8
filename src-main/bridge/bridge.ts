/**
 * The bridge: SQLite and JSONL each hold every event exactly once, and each rebuilds the other.
 * Events are compared by id, never by time. The caller holds the lock.
 *
 *   scan   what the files say, into SQLite (lines seen, events that only a file knows)
 *   heal   what SQLite has and a file lacks, into that file
 *   scan   again what was just written, so that "0 drift" is read back and not believed
 *
 * Run twice without news it changes nothing.
 */
import type { Redactor } from '../../src-core/event/redact.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import {
  quarantine,
  quarantinedIds,
  type Rejected,
  rejectedId,
} from '../../src-core/journal/quarantine.ts';
import { STREAMS } from '../../src-core/journal/streams.ts';
import type { WritableDb } from '../../src-core/store/driver.ts';
import { createEventWriter } from '../../src-core/store/events.ts';
import { countUnwritten, healJournals } from './heal.ts';
import { type StreamEntry, writeLedger } from './ledger.ts';
import { type LineSink, type Reject, type Scan, scanFile } from './scan.ts';
import { amendmentSink, streamSink } from './sinks.ts';

/** What the bridge works on. */
export interface BridgeOptions {
  readonly paths: Paths;
  readonly db: WritableDb;
  readonly redactor: Redactor;
  readonly now: number;
}

/** What a run found and did. */
export interface BridgeReport {
  readonly streams: readonly StreamEntry[];
  readonly healedToSqlite: number;
  readonly healedToJsonl: number;
  readonly duplicates: number;
  /** Things put into quarantine by this run. */
  readonly quarantined: number;
  /** Events that still lack a line somewhere. */
  readonly drift: number;
  readonly problems: readonly { readonly store: string; readonly reason: string }[];
}

/**
 * Reconciles once.
 * @throws SQLite's error when the store fails; files that fail are in the report
 */
export function runBridge({ paths, db, redactor, now }: BridgeOptions): BridgeReport {
  const writer = createEventWriter(db);
  const sinks: readonly LineSink[] = [
    ...STREAMS.map((stream) => streamSink(db, writer, stream, paths)),
    amendmentSink(db, writer, paths),
  ];
  const problems: Problem[] = [];
  let quarantined = 0;
  const reject = (rejected: readonly Rejected[]): void => {
    quarantined += keepRejected(paths, redactor, rejected, problems);
  };
  const scan = (sink: LineSink): Scan | null => tryScan(db, sink, { now, reject, problems });
  const first = sinks.map(scan);
  const heal = healJournals(db, paths);
  problems.push(...heal.problems);
  const second = sinks.map((sink, i) => (heal.written.has(sink.name) ? scan(sink) : first[i]));
  const streams = sinks.map((sink, i) => {
    const last = second[i];
    return {
      stream: sink.name,
      inJsonl: last?.cursor.own ?? 0,
      duplicates: last?.cursor.duplicates ?? 0,
      quarantined: last?.cursor.damaged ?? 0,
      healedToSqlite: first[i]?.healedToSqlite ?? 0,
      healedToJsonl: heal.written.get(sink.name) ?? 0,
    };
  });
  const entries = writeLedger(db, streams, now);
  const sum = (pick: (entry: StreamEntry) => number): number =>
    entries.reduce((total, entry) => total + pick(entry), 0);
  return {
    streams: entries,
    healedToSqlite: sum((entry) => entry.healedToSqlite),
    healedToJsonl: sum((entry) => entry.healedToJsonl),
    duplicates: sum((entry) => entry.duplicates),
    quarantined,
    drift: countUnwritten(db),
    problems,
  };
}

type Problem = BridgeReport['problems'][number];

function tryScan(
  db: WritableDb,
  sink: LineSink,
  { now, reject, problems }: { now: number; reject: Reject; problems: Problem[] },
): Scan | null {
  try {
    return scanFile(db, sink, now, reject);
  } catch (error) {
    // A file that cannot be read is the file's trouble; SQLite's own errors are the caller's.
    if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
    problems.push({ store: sink.name, reason: (error as Error).message });
    return null;
  }
}

function keepRejected(
  paths: Paths,
  redactor: Redactor,
  rejected: readonly Rejected[],
  problems: Problem[],
): number {
  const present = quarantinedIds(paths);
  const fresh = rejected.filter((entry) => !present.has(rejectedId(entry)));
  try {
    quarantine(paths, redactor, fresh);
    return fresh.length;
  } catch (error) {
    problems.push({ store: 'quarantine', reason: (error as Error).message });
    return 0;
  }
}
