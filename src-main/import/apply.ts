/**
 * Imports what the survey found new. In batches that hold the database for milliseconds; broken off
 * anywhere, the next import goes on with the same run.
 */
import { transaction, type WritableDb } from '../../src-core/store/driver.ts';
import { liftTombstones, openTombstones } from '../../src-core/store/tombstones.ts';
import { noteConsent } from './consent.ts';
import { type EventMaker, makeOldEvent } from './old-event.ts';
import { createOldEventWriter } from './old-event-writer.ts';
import { beginRun, finishRun } from './runs.ts';
import type { Survey } from './survey.ts';
import { openTraceReader, type TraceReaderOptions } from './trace-reader.ts';
import type { Traces } from './traces.ts';
import { readSessionIds } from './transcripts.ts';
import { variantByNumber, type Witness } from './variants.ts';

/** What importing needs. */
export interface ApplyOptions extends TraceReaderOptions {
  readonly now: number;
  /** Also the events of runs that were taken back. */
  readonly again: boolean;
}

/** Events in one transaction: a few milliseconds' work. */
const BATCH_EVENTS = 100;

/** What an import added. */
export interface Applied {
  readonly run: number;
  readonly events: number;
}

/**
 * Stores the new events; null where there is nothing new.
 * @throws ChangedMeanwhile when somebody rewrote the old record; what was stored until then stays
 */
export function applyImport(db: WritableDb, survey: Survey, options: ApplyOptions): Applied | null {
  const { paths, now, again } = options;
  const tombstones = openTombstones(paths);
  const wanted = wantedEvents(survey, again).filter(({ id }) => !tombstones.isForGood(id));
  if (wanted.length === 0) return null;
  const run = transaction(db, () => beginRun(db, now));
  noteConsent(paths, run, 'imported', now);
  const back = wanted.flatMap(({ event, id }) =>
    survey.verdicts.of(event) === 'takenBack' ? [id] : [],
  );
  liftTombstones(paths, back, { reason: `import ${run}`, at: now });
  importEvents(db, survey, { run, wanted }, options);
  transaction(db, () => finishRun(db, run, now));
  return { run, events: wanted.length };
}

/** Which events, and under which run. */
export interface ImportOrder {
  readonly run: number;
  readonly wanted: readonly Wanted[];
}

/**
 * Stores these events under the run.
 * @throws ChangedMeanwhile when somebody rewrote the old record; what was stored until then stays
 */
export function importEvents(
  db: WritableDb,
  survey: Survey,
  { run, wanted }: ImportOrder,
  options: TraceReaderOptions,
): void {
  const { paths } = options;
  const { traces, texts } = survey.record;
  const maker: EventMaker = { texts, sessionById: readSessionIds(paths.projects) };
  const reader = openTraceReader(traces, options);
  const tracesOf = indexTraces(traces, survey.union.events.count());
  const writer = createOldEventWriter(db);
  try {
    for (let i = 0; i < wanted.length; i += BATCH_EVENTS) {
      // Read and made outside the transaction, which then holds the database for the inserts alone.
      const batch = wanted.slice(i, i + BATCH_EVENTS).map(({ event, id, at }) => {
        const rows = tracesOf(event);
        const observations = oneOfEachVariant(traces, rows).map(reader.read);
        return { event: makeOldEvent({ id, at }, observations, maker), rows };
      });
      transaction(db, () => {
        for (const { event, rows } of batch)
          writer.insert(
            event,
            run,
            rows.some((row) => isLineOfRecord(traces, row)),
          );
      });
    }
  } finally {
    reader.close();
  }
}

/** An event to import. */
export interface Wanted {
  /** Its number in the survey. */
  readonly event: number;
  readonly id: string;
  readonly at: number;
}

/** What is new, in the order of its time: the store's order is that in which things happened. */
export function wantedEvents({ union, verdicts }: Survey, again: boolean): readonly Wanted[] {
  const { atS } = union.events.columns;
  const wanted: Wanted[] = [];
  for (const [event, id] of verdicts.identities()) {
    const verdict = verdicts.of(event);
    if (verdict === 'new' || (again && verdict === 'takenBack'))
      wanted.push({ event, id, at: atS.at(event) * 1000 });
  }
  return wanted.sort((a, b) => a.at - b.at || a.event - b.event);
}

/** The traces of each event, the best variant first. */
function indexTraces(traces: Traces, events: number): (event: number) => readonly number[] {
  const { event, variant } = traces.columns;
  const ends = new Int32Array(events + 1);
  for (let trace = 0; trace < traces.count(); trace++) addAt(ends, event.at(trace) + 1);
  for (let i = 1; i <= events; i++) addAt(ends, i, ends[i - 1]);
  const next = ends.slice(0, events);
  const rows = new Int32Array(traces.count());
  for (let trace = 0; trace < traces.count(); trace++) {
    const of = event.at(trace);
    rows[next[of] as number] = trace;
    addAt(next, of);
  }
  const place = traces.columns.place;
  return (of) =>
    Array.from(rows.subarray(ends[of], ends[of + 1])).sort(
      (a, b) => variant.at(a) - variant.at(b) || place.at(a) - place.at(b),
    );
}

function addAt(counts: Int32Array, index: number, amount = 1): void {
  counts[index] = (counts[index] as number) + amount;
}

/** A line that the bridge repeated a thousand times says nothing new the second time. */
function oneOfEachVariant(traces: Traces, rows: readonly number[]): readonly number[] {
  const { variant } = traces.columns;
  return rows.filter((row, i) => i === 0 || variant.at(row) !== variant.at(rows[i - 1] as number));
}

/** The file in which an event's line stands, by what the event is. */
const FILE_OF_RECORD: ReadonlySet<Witness> = new Set(['tool-usage', 'session-events']);

/** True for a line in the file in which ours would stand; a prompt's stands among the activity. */
function isLineOfRecord({ columns }: Traces, row: number): boolean {
  const { witness, name } = variantByNumber(columns.variant.at(row));
  return FILE_OF_RECORD.has(witness) || name === 'tracker-query' || name === 'transcript-query';
}
