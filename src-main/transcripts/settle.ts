/**
 * Settles what was read of transcripts: judged, witnessed and stored in one transaction together with
 * how far each file was read, so that a pass that is broken off loses and doubles nothing.
 */
import { join } from 'node:path';
import type { Paths } from '../../src-core/files/paths.ts';
import { transaction, type WritableDb } from '../../src-core/store/driver.ts';
import { liftTombstones } from '../../src-core/store/tombstones.ts';
import { hashBefore } from '../bridge/cursor.ts';
import { createFileRowWriter, type FileLook, type FileRow } from './file-rows.ts';
import type { TranscriptFile } from './files.ts';
import type { Verdict } from './judge.ts';
import { createKeeper } from './keeper.ts';
import type { FileProgress, LineListener } from './read-file.ts';
import type { Telling } from './telling.ts';

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

/** What a slice of time gave of one file. */
export interface Slice {
  readonly reading: Reading;
  readonly tellings: readonly Telling[];
  readonly progress: FileProgress;
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

/** What settling needs. */
export interface SettleOptions {
  readonly paths: Paths;
  /** Judges tellings; null where calls are witnessed alone. */
  readonly judge: ((telling: Telling) => Verdict) | null;
  readonly listeners?: readonly BatchListener[];
  /** Stores a batch; null to store nothing and count alone. */
  readonly store: BatchStore | null;
  readonly onVerdict?: (telling: Telling, verdict: Verdict) => void;
}

/** Judges what was read, and stores it where there is a store; the verdicts of each slice. */
export type Settler = (
  slices: readonly Slice[],
) => Promise<readonly (readonly (Verdict | null)[])[]>;

/** Builds it; statements are prepared once for its lifetime. */
export function createSettler(options: SettleOptions): Settler {
  const { paths, store, judge, onVerdict, listeners = [] } = options;
  const judgeOne = (telling: Telling): Verdict | null => {
    const verdict = judge?.(telling) ?? null;
    if (verdict !== null) onVerdict?.(telling, verdict);
    return verdict;
  };
  if (store === null) return async (slices) => slices.map(({ tellings }) => tellings.map(judgeOne));
  const keepSlice = createSliceKeeper(options, store, judgeOne);
  return async (slices) => {
    const placed = slices.map((slice) => ({ ...slice, tail: tailOf(paths, slice) }));
    return store.locked(() =>
      transaction(store.db, () => {
        const lifts: string[] = [];
        const verdicts = placed.map((slice) => keepSlice(slice, lifts));
        lifts.push(...listeners.flatMap(({ keep }) => keep()));
        // Should the transaction fail, they may be lifted: the user wants these events.
        if (lifts.length > 0)
          liftTombstones(paths, lifts, { reason: 'backfill, again', at: store.now });
        return verdicts;
      }),
    );
  };
}

type PlacedSlice = Slice & { readonly tail: string };

/** Stores a slice and how far its file was read. Runs in the caller's transaction. */
function createSliceKeeper(
  { judge }: SettleOptions,
  store: BatchStore,
  judgeOne: (telling: Telling) => Verdict | null,
): (slice: PlacedSlice, lifts: string[]) => readonly (Verdict | null)[] {
  const keeper = createKeeper(store.db);
  const rows = createFileRowWriter(store.db);
  let open: { readonly reading: Reading; readonly hold: Hold } | null = null;
  return ({ reading, tellings, progress, tail }, lifts) => {
    const { file, look, row, isNew } = reading;
    const isFirst = open?.reading !== reading;
    if (open === null || isFirst) open = { reading, hold: new Hold() };
    const { hold } = open;
    const id = rows.begin(file, look, isNew && isFirst);
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
    const before = isNew ? null : row;
    const taken = judge === null ? (before?.taken ?? 0) : hold.offset(progress.pin);
    const againAt = judge === null ? untaken(before, progress) : hold.untilAt;
    // As the events have it: in a transcript it stands as it is, secrets included.
    const project = tellings.find(({ event }) => event.project !== null)?.event.project ?? null;
    rows.save(id, { look, progress: { ...progress, project }, tail, taken, againAt, before });
    return verdicts;
  };
}

/** A pass that takes nothing leaves the news to the next one that does. */
function untaken(before: FileRow | null, { pin }: FileProgress): number | null {
  return (before?.taken ?? 0) < pin ? 0 : (before?.againAt ?? null);
}

/** Hash of what stands before the place; empty for a file that went meanwhile. */
function tailOf({ projects }: Paths, { reading, progress }: Slice): string {
  try {
    return hashBefore(join(projects, reading.file.path), progress.readTo);
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
