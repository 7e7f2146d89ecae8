/**
 * One pass over the transcripts: what is new in them becomes witnessed, and in a backfill also
 * stored. Reading needs nobody's leave; only to store a batch the lock and the database are held,
 * some milliseconds at a time, so that capture goes on beside it.
 *
 * Broken off anywhere, the next pass goes on: how far each file was taken is stored with what was
 * taken of it.
 */
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from '../../src-core/base/logger.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { transaction, type WritableDb } from '../../src-core/store/driver.ts';
import { liftTombstones } from '../../src-core/store/tombstones.ts';
import { hashBefore } from '../bridge/cursor.ts';
import { createFileRowWriter, type FileLook, type FileRow } from './file-rows.ts';
import type { TranscriptFile } from './files.ts';
import type { Verdict } from './judge.ts';
import { createKeeper } from './keeper.ts';
import { createLineReader, type LineReader } from './lines.ts';
import {
  type FileProgress,
  type FileReading,
  type LineListener,
  readTranscript,
  type Told,
} from './read-file.ts';
import type { Teller, Telling } from './telling.ts';

/** A file that has something new, and where to begin. */
export interface Reading {
  readonly file: TranscriptFile;
  readonly look: FileLook;
  readonly row: FileRow | null;
  /** True for a file that is new, or another one under a known name. */
  readonly isNew: boolean;
  readonly from: number;
}

/** Wants lines of the pass, and keeps what it heard with the batch in which it heard it. */
export interface BatchListener extends LineListener {
  /**
   * Stores what it heard, in the batch's transaction. Returns the ids that were forgotten and are
   * wanted again.
   */
  readonly keep: () => readonly string[];
}

/** What a pass works with. */
export interface PassOptions {
  readonly paths: Paths;
  /** Sessions' own files before those of their agents. */
  readonly readings: readonly Reading[];
  /** Folder in which each session was started, as far as that is known; more is learnt on the way. */
  readonly startFolders: Map<string, string>;
  readonly teller: Teller;
  /** Judges tellings; null where calls are witnessed alone. */
  readonly judge: ((telling: Telling) => Verdict) | null;
  readonly listeners?: readonly BatchListener[];
  /** Stores a batch; null to store nothing and count alone. */
  readonly store: BatchStore | null;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: PassProgress) => void;
  readonly onVerdict?: (telling: Telling, verdict: Verdict) => void;
  readonly log: Logger;
}

/** How far a pass has come. */
export interface PassProgress {
  readonly files: number;
  readonly bytes: number;
  readonly ofBytes: number;
}

/** Where batches go. */
export interface BatchStore {
  readonly db: WritableDb;
  readonly now: number;
  /** The run under which events are stored; asked for when the first one is. */
  run(): number;
  /** Runs `work` while nobody else writes. */
  locked<T>(work: () => T): Promise<T>;
}

/** What a pass did. */
export interface PassResult {
  readonly isComplete: boolean;
  readonly events: number;
  readonly amended: number;
  /** Files that could not be read to their end; what was read of them counts. */
  readonly unreadable: number;
  /** Lines that are damaged, and those of types that are not known. */
  readonly damaged: number;
  readonly unknown: ReadonlyMap<string, number>;
}

/** Items of a batch: the database is held for a few milliseconds for so many. */
const BATCH_ITEMS = 150;
/** Longer than this nothing else gets its turn in this thread. */
const SLICE_MS = 20;

/** Runs the pass. Never throws for a file that cannot be read. */
export async function runPass(options: PassOptions): Promise<PassResult> {
  const { readings, signal, onProgress } = options;
  const lines = createLineReader();
  const settle = createSettler(options);
  const ofBytes = readings.reduce((sum, { look, from }) => sum + Math.max(0, look.size - from), 0);
  const total = createTotal();
  let before = 0;
  const readAll = async (reading: Reading, files: number): Promise<void> => {
    let bytes = before;
    for await (const batch of batchesOf(reading, options, lines)) {
      total.add(batch, await settle(batch));
      bytes = before + batch.progress.readTo - reading.from;
      onProgress?.({ files, bytes, ofBytes });
      if (signal?.aborted) break;
    }
    before = bytes;
  };
  for (const [files, reading] of readings.entries()) {
    try {
      await readAll(reading, files);
    } catch (error) {
      // A file that went, or that may not be read, takes nothing away from the others.
      if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
      options.log.debug('transcripts', `${reading.file.path}: ${(error as Error).message}`);
      total.addUnreadable();
    }
    if (signal?.aborted) return total.result(false);
  }
  return total.result(true);
}

function createTotal() {
  const total = { events: 0, amended: 0, unreadable: 0, damaged: 0 };
  const unknown = new Map<string, number>();
  return {
    add: ({ progress }: Batch, verdicts: readonly (Verdict | null)[]): void => {
      for (const verdict of verdicts) {
        if (verdict?.kind === 'new') total.events++;
        if (verdict?.kind === 'amends') total.amended++;
      }
      if (!progress.isAtEnd) return;
      total.damaged += progress.damaged;
      for (const [type, count] of progress.unknown)
        unknown.set(type, (unknown.get(type) ?? 0) + count);
    },
    addUnreadable: (): void => {
      total.unreadable++;
    },
    result: (isComplete: boolean): PassResult => ({ ...total, unknown, isComplete }),
  };
}

interface Batch {
  readonly reading: Reading;
  readonly tellings: readonly Telling[];
  readonly progress: FileProgress;
}

async function* batchesOf(
  reading: Reading,
  options: PassOptions,
  lines: LineReader,
): AsyncGenerator<Batch> {
  const { teller, startFolders } = options;
  const { sessionId, agentId } = reading.file;
  const { told, progress } = beginReading(reading, options, lines);
  for (let isDone = false; !isDone; ) {
    const batch = takeSlice(told, (one) => teller(one, progress().project));
    isDone = batch.isDone;
    const { project } = progress();
    if (project !== null && agentId === null) startFolders.set(sessionId, project);
    yield { reading, tellings: batch.tellings, progress: progress() };
    await nextTurn();
  }
}

function beginReading(
  { file, row, from, isNew }: Reading,
  { paths, startFolders, store, listeners = [] }: PassOptions,
  lines: LineReader,
): FileReading {
  const before = isNew ? null : row;
  return readTranscript({
    projects: paths.projects,
    file,
    from,
    // Who stores nothing counts everything anew.
    countFrom: store === null ? 0 : (before?.readTo ?? 0),
    promptId: from === 0 ? null : (before?.promptId ?? null),
    project: startFolders.get(file.sessionId) ?? before?.project ?? null,
    lines,
    listeners,
  });
}

/** Takes what a slice of time gives. */
function takeSlice(
  told: Iterator<Told | null>,
  tell: (told: Told) => Telling | null,
): { readonly tellings: readonly Telling[]; readonly isDone: boolean } {
  const tellings: Telling[] = [];
  const until = performance.now() + SLICE_MS;
  while (tellings.length < BATCH_ITEMS && performance.now() < until) {
    const next = told.next();
    if (next.done) return { tellings, isDone: true };
    const telling = next.value === null ? null : tell(next.value);
    if (telling !== null) tellings.push(telling);
  }
  return { tellings, isDone: false };
}

/** Judges a batch, and stores it where there is a store. */
type Settler = (batch: Batch) => Promise<readonly (Verdict | null)[]>;

function createSettler(options: PassOptions): Settler {
  const { paths, store, judge, onVerdict, listeners = [] } = options;
  const judgeOne = (telling: Telling): Verdict | null => {
    const verdict = judge?.(telling) ?? null;
    if (verdict !== null) onVerdict?.(telling, verdict);
    return verdict;
  };
  const keepHeard = (): readonly string[] => listeners.flatMap(({ keep }) => keep());
  if (store === null) return async ({ tellings }) => tellings.map(judgeOne);
  const keeper = createKeeper(store.db);
  const rows = createFileRowWriter(store.db);
  let open: { readonly reading: Reading; readonly hold: Hold } | null = null;
  return async ({ reading, tellings, progress }) => {
    const { file, look, row, isNew } = reading;
    const isFirst = open?.reading !== reading;
    if (open === null || isFirst) open = { reading, hold: new Hold() };
    const { hold } = open;
    const tail = tailOf(join(paths.projects, file.path), progress.readTo);
    const before = isNew ? null : row;
    return store.locked(() =>
      transaction(store.db, () => {
        const id = rows.begin(file, look, isNew && isFirst);
        const lifts: string[] = [];
        const verdicts = tellings.map((telling) => {
          keeper.witness(telling, id);
          const verdict = judgeOne(telling);
          if (verdict?.kind === 'waits') hold.add(telling.offset, verdict.untilAt);
          if (verdict?.kind === 'new' || verdict?.kind === 'amends') {
            lifts.push(...verdict.lifts);
            keeper.keep(telling, verdict, store.run());
          }
          return verdict;
        });
        lifts.push(...keepHeard());
        // Should the transaction fail, they may be lifted: the user wants these events.
        if (lifts.length > 0)
          liftTombstones(paths, lifts, { reason: 'backfill, again', at: store.now });
        const taken = judge === null ? (before?.taken ?? 0) : hold.offset(progress.pin);
        const againAt = judge === null ? untaken(before, progress) : hold.untilAt;
        rows.save(id, { look, progress, tail, taken, againAt, before });
        return verdicts;
      }),
    );
  };
}

/** A pass that takes nothing leaves the news to the next one that does. */
function untaken(before: FileRow | null, { pin }: FileProgress): number | null {
  return (before?.taken ?? 0) < pin ? 0 : (before?.againAt ?? null);
}

/** Hash of what stands before the place; empty for a file that went meanwhile. */
function tailOf(path: string, readTo: number): string {
  try {
    return hashBefore(path, readTo);
  } catch {
    // Whatever comes under this name is another file then, and is read from its beginning.
    return '';
  }
}

/** What waits holds the backfill back in its file. */
class Hold {
  #offset = Number.POSITIVE_INFINITY;
  #untilAt: number | null = null;

  add(offset: number, untilAt: number): void {
    this.#offset = Math.min(this.#offset, offset);
    this.#untilAt = Math.min(this.#untilAt ?? untilAt, untilAt);
  }

  /** Where the backfill goes on, of a file that was read up to `pin`. */
  offset(pin: number): number {
    return Math.min(this.#offset, pin);
  }

  get untilAt(): number | null {
    return this.#untilAt;
  }
}
