/**
 * One pass over the transcripts: what is new in them becomes witnessed, and in a backfill also
 * stored. Reading needs nobody's leave; only to store a batch the lock and the database are held,
 * some milliseconds at a time, so that capture goes on beside it.
 *
 * Broken off anywhere, the next pass goes on: how far each file was taken is stored with what was
 * taken of it.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from '../../src-core/base/logger.ts';
import type { Verdict } from './judge.ts';
import { createLineReader, type LineReader } from './lines.ts';
import { type FileReading, readTranscript, type Told } from './read-file.ts';
import { createSettler, type Reading, type SettleOptions, type Slice } from './settle.ts';
import type { Teller, Telling } from './telling.ts';

/** What a pass works with. */
export interface PassOptions extends SettleOptions {
  /** Sessions' own files before those of their agents. */
  readonly readings: readonly Reading[];
  /** Folder in which each session was started, as far as that is known; more is learnt on the way. */
  readonly startFolders: Map<string, string>;
  readonly teller: Teller;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: PassProgress) => void;
  readonly log: Logger;
}

/** How far a pass has come. */
export interface PassProgress {
  readonly files: number;
  readonly bytes: number;
  readonly ofBytes: number;
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

/** Tellings in one transaction: the database is held for some milliseconds for so many. */
const BATCH_TELLINGS = 200;
/** What was read for so long is stored, however little it tells. */
const BATCH_MS = 500;
/** Longer than this nothing else gets its turn in this thread. */
const SLICE_MS = 20;

/** Runs the pass. Never throws for a file that cannot be read. */
export async function runPass(options: PassOptions): Promise<PassResult> {
  const { readings, signal, log } = options;
  const lines = createLineReader();
  const batch = createBatch(options);
  for (const reading of readings) {
    try {
      for await (const slice of slicesOf(reading, options, lines)) {
        batch.add(slice);
        if (batch.isDue() || signal?.aborted) await batch.settle();
        if (signal?.aborted) return batch.result(false);
      }
    } catch (error) {
      // A file that went, or that may not be read, takes nothing away from the others.
      if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
      log.debug('transcripts', `${reading.file.path}: ${(error as Error).message}`);
      batch.addUnreadable();
    }
  }
  await batch.settle();
  return batch.result(true);
}

/** What was read and is not settled yet, of one file or of several. */
function createBatch(options: PassOptions) {
  const { readings, onProgress } = options;
  const settle = createSettler(options);
  const total = createTotal();
  const ofBytes = readings.reduce((sum, { look, from }) => sum + Math.max(0, look.size - from), 0);
  let slices: Slice[] = [];
  let since = performance.now();
  let files = 0;
  let bytes = 0;
  return {
    add: (slice: Slice): void => {
      const last = slices.at(-1);
      if (last?.reading !== slice.reading) slices.push(slice);
      else
        slices[slices.length - 1] = { ...slice, tellings: [...last.tellings, ...slice.tellings] };
    },
    isDue: (): boolean =>
      slices.reduce((sum, { tellings }) => sum + tellings.length, 0) >= BATCH_TELLINGS ||
      performance.now() - since >= BATCH_MS,
    settle: async (): Promise<void> => {
      const done = slices;
      slices = [];
      const verdicts = await settle(done);
      for (const [i, slice] of done.entries()) {
        total.add(slice, verdicts[i] ?? []);
        if (!slice.progress.isAtEnd) continue;
        files++;
        bytes += Math.max(0, slice.progress.readTo - slice.reading.from);
      }
      onProgress?.({ files, bytes, ofBytes });
      since = performance.now();
    },
    addUnreadable: total.addUnreadable,
    result: total.result,
  };
}

function createTotal() {
  const total = { events: 0, amended: 0, unreadable: 0, damaged: 0 };
  const unknown = new Map<string, number>();
  return {
    add: ({ progress }: Slice, verdicts: readonly (Verdict | null)[]): void => {
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

async function* slicesOf(
  reading: Reading,
  options: PassOptions,
  lines: LineReader,
): AsyncGenerator<Slice> {
  const { teller, startFolders } = options;
  const { sessionId, agentId } = reading.file;
  const { told, project, progress } = beginReading(reading, options, lines);
  for (let isDone = false; !isDone; ) {
    const slice = takeSlice(told, (one) => teller(one, project()));
    isDone = slice.isDone;
    const folder = project();
    if (folder !== null && agentId === null) startFolders.set(sessionId, folder);
    yield { reading, tellings: slice.tellings, progress: progress() };
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
  while (tellings.length < BATCH_TELLINGS && performance.now() < until) {
    const next = told.next();
    if (next.done) return { tellings, isDone: true };
    const telling = next.value === null ? null : tell(next.value);
    if (telling !== null) tellings.push(telling);
  }
  return { tellings, isDone: false };
}
