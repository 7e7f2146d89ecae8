/**
 * The bridge: SQLite and JSONL each hold every event exactly once, and each rebuilds the other.
 * Events are compared by id, never by time. The caller holds the lock.
 *
 *   scan   what the files say, into SQLite (lines seen, events that only a file knows)
 *   refill what was deleted as a whole, from SQLite
 *   count  whether SQLite still knows all that was seen; a file that was read in vain is read again
 *   heal   what SQLite has and a file lacks, into that file
 *   scan   again what was just written, so that "0 drift" is read back and not believed
 *
 * Run twice without news it changes nothing.
 */
import type { Redactor } from '../../src-core/event/redact.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { STREAMS } from '../../src-core/journal/streams.ts';
import { transaction, type WritableDb } from '../../src-core/store/driver.ts';
import { createEventWriter } from '../../src-core/store/events.ts';
import { correctOldRows, createOldRowFinder } from '../../src-core/store/old-rows.ts';
import { openArchive } from '../maintain/archive/open-archive.ts';
import { createBuildMarks } from './build-marks.ts';
import { type Census, countsOf, recallCensus, takeCensus } from './census.ts';
import { type FileCursor, saveCursor } from './cursor.ts';
import { countUnwritten, healJournals } from './heal.ts';
import { addProblem, createKeeper, type Problem } from './keeper.ts';
import { type StreamEntry, writeLedger, writeSweep } from './ledger.ts';
import { refillStreams } from './refill.ts';
import { createRowMarks, forgetLines, type RowMarks } from './row-marks.ts';
import {
  BATCH_LINES,
  EMPTY_CURSOR,
  isReplaced,
  type LineSink,
  type Scan,
  type ScanOptions,
  scanFile,
  startOver,
} from './scan.ts';
import { amendmentSink, streamSink } from './sinks.ts';
import { type SweepExtent, type SweepReport, sweep } from './sweep.ts';

/** What the bridge works on. */
export interface BridgeOptions {
  readonly paths: Paths;
  readonly db: WritableDb;
  readonly redactor: Redactor;
  readonly now: number;
  /** True where it is known that nobody wrote in the database since the last run. */
  readonly isStoreUntouched?: boolean;
  /** Also verifies what nobody seems to have touched: a slice of it, or all; nothing if not given. */
  readonly sweep?: SweepExtent;
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
  /** The full sweep that ended with this run; null when none did. */
  readonly swept: SweepReport | null;
  readonly problems: readonly Problem[];
}

/**
 * Reconciles once.
 * @throws SQLite's error when the store fails; files that fail are in the report
 */
export function runBridge(options: BridgeOptions): BridgeReport {
  const { paths, db, now } = options;
  const run = openRun(options);
  const swept = run.sweep();
  forgetReplaced(db, paths);
  for (const sink of run.sinks) run.scan(sink);
  const refilled = refillStreams(db, paths);
  for (const sink of run.sinks) if (refilled.has(sink.name)) run.scan(sink);
  let census = settle(run, db, countRows(run, options));
  correctOldRows(db);
  const heal = healJournals(db, paths);
  for (const { store, reason } of heal.problems) addProblem(run.problems, store, new Error(reason));
  for (const sink of run.sinks) if (heal.written.has(sink.name)) run.scan(sink);
  if (heal.written.size > 0) census = countRows(run, { db });

  const streams = entriesOf(
    run,
    census,
    (name) => (refilled.get(name) ?? 0) + (heal.written.get(name) ?? 0),
  );
  writeLedger(db, streams, now);
  if (swept !== null) writeSweep(db, swept, now);
  const sum = (pick: (entry: StreamEntry) => number): number =>
    streams.reduce((total, entry) => total + pick(entry), 0);
  return {
    streams,
    healedToSqlite: sum((entry) => entry.healedToSqlite) + (swept?.replacedRows ?? 0),
    healedToJsonl: sum((entry) => entry.healedToJsonl),
    duplicates: sum((entry) => entry.duplicates),
    quarantined: run.quarantined(),
    drift: countUnwritten(db),
    swept,
    problems: run.problems,
  };
}

/** Lines in one transaction where nobody else waits for the store. */
const ALONE_BATCH_LINES = 20_000;

/**
 * Reads what the files hold into a store that nobody else uses yet, the first half of a run; returns
 * how many events and amendments it took.
 * @throws SQLite's error when the store fails
 */
export function readJournals(options: BridgeOptions): number {
  const marks = createBuildMarks(options.db);
  const run = openRun({ ...options, batchLines: ALONE_BATCH_LINES, marksFor: marks.forStream });
  for (const sink of run.sinks) run.scan(sink);
  marks.finish();
  const streams = entriesOf(run, takeCensus(options.db), () => 0);
  writeLedger(options.db, streams, options.now);
  return streams.reduce((sum, entry) => sum + entry.healedToSqlite, 0);
}

function countRows(
  run: Run,
  { db, isStoreUntouched }: Pick<BridgeOptions, 'db' | 'isStoreUntouched'>,
): Census {
  return run.isContinued() ? recallCensus(db, isStoreUntouched) : takeCensus(db);
}

/** Reads files again that the census contradicts; what was kept of it may be older than they are. */
function settle(run: Run, db: WritableDb, census: Census): Census {
  if (run.contradictions(census).length === 0) return census;
  for (const sink of run.contradictions(takeCensus(db))) {
    startOver(db, sink);
    run.scan(sink);
  }
  return takeCensus(db);
}

function entriesOf(
  run: Run,
  census: Census,
  healedToJsonl: (stream: string) => number,
): readonly StreamEntry[] {
  return run.sinks.map(({ name }): StreamEntry => {
    const { cursor, healedToSqlite } = run.resultOf(name);
    return {
      stream: name,
      inSqlite: countsOf(census, name).expected,
      inJsonl: cursor?.own ?? 0,
      healedToSqlite,
      healedToJsonl: healedToJsonl(name),
      duplicates: cursor?.duplicates ?? 0,
      quarantined: cursor?.damaged ?? 0,
    };
  });
}

/** Streams whose files are other ones now are forgotten in one pass over the rows, not in one each. */
function forgetReplaced(db: WritableDb, paths: Paths): void {
  const replaced = STREAMS.filter((stream) => {
    try {
      return isReplaced(db, stream.name, stream.pathIn(paths));
    } catch (error) {
      // A file that cannot be looked at is told of when it is read.
      if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
      return false;
    }
  });
  if (replaced.length < 2) return;
  forgetLines(
    db,
    replaced.reduce((bits, { bit }) => bits | bit, 0),
  );
  transaction(db, () => {
    for (const { name } of replaced) saveCursor(db, name, EMPTY_CURSOR);
  });
}

/** What the scans of one run gave for a file. */
interface Result {
  /** As the last scan left it; null for a file that cannot be read. */
  readonly cursor: FileCursor | null;
  readonly healedToSqlite: number;
}

interface RunOptions extends BridgeOptions {
  readonly batchLines?: number;
  /** What keeps the marks of the stream of a bit; the rows themselves where nothing is said. */
  readonly marksFor?: (bit: number) => RowMarks;
}

interface Run {
  readonly sinks: readonly LineSink[];
  readonly problems: Problem[];
  scan(sink: LineSink): void;
  resultOf(name: string): Result;
  /** True when what was read of all files before still stands there. */
  isContinued(): boolean;
  /**
   * Files whose cursor says something else than the store: rows were lost, or a projection was read
   * before the event that it belongs to was known.
   */
  contradictions(census: Census): readonly LineSink[];
  quarantined(): number;
  /** Sweeps as far as it was told to; what is not as it was left is scanned from its beginning. */
  sweep(): SweepReport | null;
}

function openRun(options: RunOptions): Run {
  const { paths, db, redactor, now, batchLines = BATCH_LINES, sweep: extent } = options;
  const marksFor = options.marksFor ?? ((bit) => createRowMarks(db, bit));
  const archiveOf = openArchive(paths);
  const findOldRow = createOldRowFinder(db);
  const writer = createEventWriter(db, (event) => findOldRow(event) !== null);
  const sinks: readonly LineSink[] = [
    ...STREAMS.map((stream) => ({
      ...streamSink(db, writer, stream, { paths, marks: marksFor(stream.bit) }),
      archive: archiveOf(stream.name),
    })),
    amendmentSink(db, writer, paths),
  ];
  const problems: Problem[] = [];
  const keeper = createKeeper(paths, redactor, problems);
  const results = new Map<string, Result>();
  let isContinued = true;
  const resultOf = (name: string): Result =>
    results.get(name) ?? { cursor: null, healedToSqlite: 0 };
  return {
    sinks,
    problems,
    scan: (sink) => {
      const found = tryScan(db, sink, { now, batchLines, reject: keeper.keep, problems });
      isContinued &&= found?.isContinued === true;
      results.set(sink.name, {
        cursor: found?.cursor ?? null,
        healedToSqlite: resultOf(sink.name).healedToSqlite + (found?.healedToSqlite ?? 0),
      });
    },
    resultOf,
    isContinued: () => isContinued,
    contradictions: (census) =>
      sinks.filter(({ name }) => {
        const { cursor } = resultOf(name);
        const { seen, missing } = countsOf(census, name);
        return cursor !== null && (cursor.own !== seen || (cursor.orphans > 0 && missing > 0));
      }),
    quarantined: keeper.count,
    sweep: () => {
      if (extent === undefined) return null;
      try {
        const report = sweep({ db, paths, now, extent });
        for (const sink of sinks) if (report?.reread.includes(sink.name)) startOver(db, sink);
        return report;
      } catch (error) {
        // The file is told of when it is read.
        if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
        return null;
      }
    },
  };
}

function tryScan(
  db: WritableDb,
  sink: LineSink,
  { problems, ...options }: ScanOptions & { readonly problems: Problem[] },
): Scan | null {
  try {
    return scanFile(db, sink, options);
  } catch (error) {
    // A file that cannot be read is the file's trouble; SQLite's own errors are the caller's.
    if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
    addProblem(problems, sink.name, error);
    return null;
  }
}
