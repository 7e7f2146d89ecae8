/** The transcripts as their users know them: preview, take over, take back, audit. */
import type { Clock } from '../../src-core/base/clock.ts';
import type { Logger } from '../../src-core/base/logger.ts';
import type { AuditReport } from '../../src-core/contract/views.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { readOrMakeKey } from '../../src-core/files/redaction-key.ts';
import { hasUnstored } from '../../src-core/spool/unstored.ts';
import {
  type OpenSqlite,
  type ReadableDb,
  type Row,
  transaction,
  type WritableDb,
} from '../../src-core/store/driver.ts';
import { openTombstones } from '../../src-core/store/tombstones.ts';
import { readPauses } from '../capture/pause.ts';
import { collectUsage, renewUsage } from '../usage/usage-pass.ts';
import { runningClients } from '../views/clients.ts';
import { refused, withReading, withWriting } from './access.ts';
import { auditRecord } from './audit.ts';
import { createFileRowWriter, loadFileRows } from './file-rows.ts';
import { createLeftOut, filesWithGaps } from './gaps.ts';
import { createJudge } from './judge.ts';
import { replaceOldDoubles } from './old-doubles.ts';
import { type PassProgress, type PassResult, runPass } from './pass.ts';
import { planReadings } from './plan.ts';
import type { BackfillPreview } from './preview.ts';
import { previewBackfill } from './preview-pass.ts';
import {
  type BackfillRun,
  beginRun,
  finishRun,
  hasConsent,
  listRuns,
  type RunOrigin,
} from './runs.ts';
import type { BatchStore } from './settle.ts';
import { takeTurn } from './store-turn.ts';
import { createTeller } from './telling.ts';
import { type UndoResult, undoBackfill } from './undo.ts';

/** How a backfill ended. */
export type BackfillResult =
  | {
      readonly kind: 'done' | 'cancelled';
      /** Null where there was nothing to do. */
      readonly run: number | null;
      readonly events: number;
      readonly amended: number;
      /** Imported old events that gave way to a call, and how many of them might be another one's. */
      readonly replaced: number;
      readonly ambiguous: number;
    }
  | { readonly kind: 'refused'; readonly reason: string };

/** How to backfill. */
export interface BackfillRequest {
  readonly origin: RunOrigin;
  /** Also what was taken back. */
  readonly again?: boolean;
  /** Looks for events that the store has lost, too. */
  readonly healsGaps?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: PassProgress) => void;
}

/** Works with the transcripts of one root. */
export interface Backfiller {
  /** What a backfill would do. Writes nothing. */
  preview(onProgress?: (progress: PassProgress) => void): Promise<BackfillPreview>;
  /** Takes over what is new; broken off, the next call goes on. */
  run(request: BackfillRequest): Promise<BackfillResult>;
  /** Brings what is known of the transcripts up to date without taking anything over. */
  look(signal?: AbortSignal): Promise<BackfillResult>;
  /** Whether a hook told of the end of a session since that place in the store, and the present one. */
  endedSince(seq: number): { readonly seq: number; readonly hasEnded: boolean };
  /** True when a person once let it take over, and has not taken that back. */
  isWanted(): boolean;
  runs(): readonly BackfillRun[];
  undo(run: number): Promise<UndoResult>;
  /** Compares the calls that the transcripts tell of with the store, as far as they were read. */
  audit(): AuditReport;
}

/** What the backfill works with. */
export interface BackfillerOptions {
  readonly paths: Paths;
  readonly open: OpenSqlite;
  readonly clock: Clock;
  readonly log: Logger;
  /** How long to wait for the lock, milliseconds. */
  readonly waitMs?: number;
}

const WAIT_MS = 30_000;

/** Builds it; opens nothing until it is asked. */
export function createBackfiller(options: BackfillerOptions): Backfiller {
  const { paths } = options;
  return {
    preview: (onProgress) => previewBackfill(options, onProgress),
    run: (request) => pass(options, request, request.signal),
    look: (signal) => pass(options, null, signal),
    endedSince: (seq) =>
      withReading(options, (db) => (db === null ? NO_NEWS : endedSince(db, seq))),
    isWanted: () => withReading(options, (db) => db !== null && hasConsent(db)),
    runs: () => withReading(options, (db) => (db === null ? [] : listRuns(db))),
    undo: (run) =>
      withWriting(options, (db) =>
        takeTurn(turnOf(options), () => undoBackfill(db, paths, run, options.clock.now())),
      ),
    audit: () => withReading(options, (db) => auditRecord(db, { paths, now: options.clock.now() })),
  };
}

const NO_NEWS = { seq: 0, hasEnded: false } as const;

function endedSince(db: ReadableDb, from: number): { seq: number; hasEnded: boolean } {
  const { seq } = db.prepare('SELECT max(seq) AS seq FROM hookline_event').get() as Row;
  const end = db.prepare(
    "SELECT 1 FROM hookline_event WHERE seq > ? AND hook_event = 'SessionEnd' LIMIT 1",
  );
  return { seq: Number(seq ?? 0), hasEnded: end.get(from) !== undefined };
}

function turnOf({ paths, open, waitMs = WAIT_MS }: BackfillerOptions) {
  return { paths, open, waitMs };
}

/** A pass that takes over what is new; with null one that witnesses alone. */
async function pass(
  options: BackfillerOptions,
  request: BackfillRequest | null,
  signal: AbortSignal | undefined,
): Promise<BackfillResult> {
  const { paths, clock } = options;
  if (hasUnstored(paths, clock.now()))
    return refused('JSONL holds events that SQLite lacks; "hookline refresh" brings them there.');
  return withWriting(options, (db) => passOver({ ...options, signal }, db, request));
}

async function passOver(
  { signal, ...options }: BackfillerOptions & { readonly signal: AbortSignal | undefined },
  db: WritableDb,
  request: BackfillRequest | null,
): Promise<BackfillResult> {
  const { paths, clock, log } = options;
  const now = clock.now();
  const store = createStore(options, db, request?.origin ?? 'auto');
  if (request?.healsGaps === true) await rewindGaps(options, db, store, now);
  const rows = loadFileRows(db);
  const isWhole = request?.again === true;
  const plan = planReadings({
    projects: paths.projects,
    rows,
    takes: request !== null,
    isWhole,
    now,
  });
  if (plan.gone.length > 0) {
    const writer = createFileRowWriter(db);
    await store.locked(() =>
      transaction(db, () => {
        for (const { id } of plan.gone) writer.markGone(id, now);
      }),
    );
  }
  // A person's wish is on record even where there is nothing to do: from then on it goes by itself.
  if (request?.origin === 'asked' && !hasConsent(db))
    await store.locked(() => transaction(db, store.run));
  const usage = request === null ? null : usageFor(options, db, { ...request, run: store.run });
  const result = await runPass({
    paths,
    readings: plan.readings,
    startFolders: plan.startFolders,
    teller: createTeller(paths, readOrMakeKey(paths.redactionKey)),
    judge: request === null ? null : judgeFor(options, db, request),
    store,
    listeners: usage === null ? [] : [usage],
    log,
    ...(signal === undefined ? {} : { signal }),
    ...(request?.onProgress === undefined ? {} : { onProgress: request.onProgress }),
  });
  await renewUsage(db, store.locked);
  return finish(options, result, store);
}

const NONE_REPLACED = { replaced: 0, ambiguous: 0 } as const;

async function finish(
  { paths }: BackfillerOptions,
  result: PassResult,
  store: RunStore,
): Promise<BackfillResult> {
  const { db, now } = store;
  const run = store.begun();
  const { events, amended, isComplete } = result;
  if (run === null || !isComplete)
    return { kind: isComplete ? 'done' : 'cancelled', run, events, amended, ...NONE_REPLACED };
  const replaced = await store.locked(() => {
    const doubles = replaceOldDoubles(db, { paths, run, now });
    transaction(db, () => finishRun(db, run, now));
    return doubles;
  });
  return { kind: 'done', run, events, amended, ...replaced };
}

function judgeFor({ paths, clock }: BackfillerOptions, db: ReadableDb, request: BackfillRequest) {
  const patience =
    request.origin === 'asked' ? null : { now: clock.now(), running: runningClients(paths) };
  return createJudge({
    db,
    patience,
    pauses: readPauses(paths),
    tombstones: openTombstones(paths),
    again: request.again === true,
  });
}

function usageFor(
  { paths }: BackfillerOptions,
  db: WritableDb,
  { again = false, run }: BackfillRequest & { readonly run: () => number },
) {
  const tombstones = openTombstones(paths);
  return collectUsage({ paths, db, run, pauses: readPauses(paths), tombstones, again });
}

interface RunStore extends BatchStore {
  /** The run, if one was begun. */
  begun(): number | null;
}

function createStore(options: BackfillerOptions, db: WritableDb, origin: RunOrigin): RunStore {
  let run: number | null = null;
  return {
    db,
    now: options.clock.now(),
    run: () => {
      run ??= beginRun(db, origin, options.clock.now());
      return run;
    },
    begun: () => run,
    locked: (work) => takeTurn(turnOf(options), work),
  };
}

async function rewindGaps(
  { paths }: BackfillerOptions,
  db: WritableDb,
  store: BatchStore,
  now: number,
): Promise<void> {
  const files = filesWithGaps(db, createLeftOut(paths), now);
  if (files.size === 0) return;
  const writer = createFileRowWriter(db);
  await store.locked(() => transaction(db, () => writer.rewind(files)));
}
