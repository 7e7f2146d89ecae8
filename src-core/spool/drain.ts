/**
 * Drains the spool into both stores. The caller holds the lock.
 *
 * Order of the effects, so that a crash between any two of them loses and doubles nothing:
 *
 *   1. SQLite, one transaction for a batch: what is new, what is amended
 *   2. the JSONL lines of what was new
 *   3. removal of the spool entries
 *
 * Killed after 1, the entries are drained again: SQLite knows the events, and because the lock says
 * that its last holder died, the tail of each JSONL file is asked which lines are missing. Without
 * SQLite the tail alone says what is new, and the bridge fills SQLite later.
 */
import { rmSync } from 'node:fs';
import type { PrivacyLevel } from '../event/content.ts';
import type { Redactor } from '../event/redact.ts';
import type { Paths } from '../files/paths.ts';
import { amendmentId, amendmentRecord } from '../journal/amendments.ts';
import { appendLines } from '../journal/append.ts';
import { quarantine, quarantinedIds, type Rejected, rejectedId } from '../journal/quarantine.ts';
import { STREAMS } from '../journal/streams.ts';
import { keyedHash, lineOf, sha256 } from '../journal/sum.ts';
import { recentEvents, recentIds } from '../journal/tail.ts';
import type { WritableDb } from '../store/driver.ts';
import { toStoreError } from '../store/store-error.ts';
import { appendActivity } from './activity-log.ts';
import { type Decision, decideByStore, decideByTail } from './decide.ts';
import { listSpool, markTried, type SpoolFile, stateOf } from './entry.ts';
import { closeGap } from './gap.ts';
import { type Gathered, gather } from './gather.ts';
import { type RedactEntryOptions, redactOldEntry } from './redact-entry.ts';
import { hasUnstored, noteUnstored } from './unstored.ts';

/** Bounds of one batch, so that memory and the time of one transaction stay small. */
const BATCH_ENTRIES = 200;
const BATCH_BYTES = 16 * 1024 * 1024;
/** The lines of a batch must fit into the tail of a file that is read after a crash. */
const BATCH_BYTES_WITH_CONTENT = 4 * 1024 * 1024;

/** How to drain. */
export interface DrainOptions {
  readonly paths: Paths;
  /** The open store; null when it cannot be had, and JSONL must do alone. */
  readonly db: WritableDb | null;
  readonly source: 'hook' | 'spool';
  readonly isAfterCrash: boolean;
  readonly redactor: Redactor;
  readonly key: Uint8Array;
  /** How much of an event is kept; no content where nothing is said. */
  readonly privacy?: PrivacyLevel;
  readonly now: () => number;
  readonly isExcluded: (project: string | null, cwd: string | null) => boolean;
  /** Told of each step; tests end the program here. */
  readonly step?: (name: DrainStep) => void;
}

/** The steps between which a crash must lose nothing. */
export type DrainStep = 'gathered' | 'stored' | 'journaled' | 'removed';

/** What a drain did. */
export interface DrainReport {
  readonly entries: number;
  /** Events new to the record. */
  readonly events: number;
  readonly amended: number;
  readonly rejected: number;
  /** Entries that are still being written. */
  readonly unfinished: number;
  /** States of the entries that it saw and left in the spool: nothing is gained by a second look. */
  readonly left: ReadonlySet<string>;
  /** For each entry taken over, milliseconds from the end of its launcher's work until the stores had it. */
  readonly lagsMs: readonly number[];
  /** What went wrong on the way, one sentence each; what it concerned is kept elsewhere or stays in the spool. */
  readonly problems: readonly string[];
}

/** Drains all that is in the spool now. Never throws for a store or a file that fails. */
export function drainSpool(options: DrainOptions): DrainReport {
  const total = { entries: 0, events: 0, amended: 0, rejected: 0, unfinished: 0 };
  const problems: string[] = [];
  const left = new Set<string>();
  const lagsMs: number[] = [];
  let { db } = options;
  const privacy = options.privacy ?? 'metadata';
  const batchBytes = privacy === 'metadata' ? BATCH_BYTES : BATCH_BYTES_WITH_CONTENT;
  for (const batch of batches(listOrNote(options.paths.spool, problems), batchBytes)) {
    const gathered = gather(batch, {
      redactor: options.redactor,
      digest: sha256,
      keyedHash: keyedHash(options.key),
      source: options.source,
      privacy,
      now: options.now(),
      isExcluded: options.isExcluded,
    });
    options.step?.('gathered');
    const result = keep(gathered, { ...options, db });
    total.events += result.events;
    total.amended += result.amended;
    total.rejected += gathered.rejected.length;
    total.unfinished += gathered.unfinished;
    total.entries += result.removed.size;
    problems.push(...gathered.problems, ...result.problems);
    lagsMs.push(...[...result.removed].map(({ at }) => result.storedAt - at));
    for (const file of batch) if (!result.removed.has(file)) left.add(stateOf(file));
    // A store that failed once is not asked again in this run: the budget is the hook's.
    if (result.isStoreLost) db = null;
  }
  if (total.entries > 0 || left.size === 0) closeOrNote(options.paths, problems);
  return { ...total, left, lagsMs, problems };
}

/** There is room in the spool again. */
function closeOrNote(paths: Paths, problems: string[]): void {
  try {
    closeGap(paths);
  } catch (error) {
    problems.push(`gap: ${(error as Error).message}`);
  }
}

function listOrNote(folder: string, problems: string[]): readonly SpoolFile[] {
  try {
    return listSpool(folder);
  } catch (error) {
    problems.push(`spool: ${(error as Error).message}`);
    return [];
  }
}

function* batches(files: readonly SpoolFile[], maxBytes: number): Generator<readonly SpoolFile[]> {
  let batch: SpoolFile[] = [];
  let bytes = 0;
  for (const file of files) {
    if (batch.length > 0 && (batch.length >= BATCH_ENTRIES || bytes + file.sizeBytes > maxBytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(file);
    bytes += file.sizeBytes;
  }
  if (batch.length > 0) yield batch;
}

interface Kept {
  events: number;
  amended: number;
  readonly removed: Set<SpoolFile>;
  isStoreLost: boolean;
  /** When both stores had the batch, as far as they take it. */
  storedAt: number;
  problems: string[];
}

function keep(gathered: Gathered, options: DrainOptions): Kept {
  const removed = new Set<SpoolFile>();
  const { paths, now } = options;
  const counts = { events: 0, amended: 0, isStoreLost: false, storedAt: 0 };
  const kept: Kept = { ...counts, removed, problems: [] };
  const isRetry = options.isAfterCrash || gathered.files.some(({ wasTried }) => wasTried);
  const isTailAsked = isRetry || hasUnstored(paths, now());
  const decision = decide(gathered, { ...options, isTailAsked }, kept);
  if (!decision.isStored) attempt(kept, 'note', () => noteUnstored(paths, now()));
  options.step?.('stored');
  const isJournaled = writeJournals(decision, { ...options, isRetry, isTailAsked }, kept);
  kept.storedAt = now();
  kept.events = decision.fresh.length;
  kept.amended = decision.amendments.length;
  const isKept = decision.isStored || isJournaled;
  // Nothing tells what stands in it already, so it comes last and only once.
  if (isKept) {
    attempt(kept, 'activity log', () => appendActivity(options.paths.activityLog, decision.fresh));
  }
  const isRejectedKept = attempt(kept, 'quarantine', () => keepRejected(gathered, options));
  options.step?.('journaled');
  // What neither store took stays in the spool; it is drained again with the same ids.
  if (isKept && isRejectedKept) {
    for (const file of gathered.files) {
      if (attempt(kept, 'spool', () => rmSync(file.path, { force: true }))) removed.add(file);
    }
  }
  for (const file of gathered.files) {
    if (removed.has(file)) continue;
    attempt(kept, 'spool', () => markTried(file));
    attempt(kept, 'spool', () => redactOldEntry(file, redactEntryOptions(options)));
  }
  options.step?.('removed');
  return kept;
}

function redactEntryOptions({ redactor, key, now }: DrainOptions): RedactEntryOptions {
  return { redactor, hash: keyedHash(key), now: now() };
}

/** An entry that could not be removed is found again; its damage is kept once. */
function keepRejected({ rejected }: Gathered, { paths, redactor }: DrainOptions): void {
  if (rejected.length === 0) return;
  const present = quarantinedIds(paths);
  const isNew = (entry: Rejected): boolean => !present.has(rejectedId(entry));
  quarantine(paths, redactor, rejected.filter(isNew));
}

/** Asks SQLite what is new, and the files where it does not answer. */
function decide(
  gathered: Gathered,
  { db, paths, isTailAsked }: DrainOptions & { readonly isTailAsked: boolean },
  kept: Kept,
): Decision {
  if (db !== null) {
    try {
      return decideByStore(gathered, db, isTailAsked ? recentEvents(paths) : new Map());
    } catch (error) {
      const { kind, message } = toStoreError(error);
      kept.isStoreLost = true;
      kept.problems.push(`SQLite (${kind}): ${message}`);
    }
  }
  return decideByTail(gathered, paths);
}

interface JournalOptions {
  readonly paths: Paths;
  /** The entries were drained before, at least in part: lines of known events may be missing. */
  readonly isRetry: boolean;
  /** The files may hold lines of events that look new. */
  readonly isTailAsked: boolean;
}

/** True when every primary line is written, so that JSONL alone could rebuild the events. */
function writeJournals(decision: Decision, options: JournalOptions, kept: Kept): boolean {
  const { paths, isRetry } = options;
  const events = isRetry ? [...decision.known, ...decision.fresh] : decision.fresh;
  // After a crash a projection's line may stand already even where the primary one does not.
  const isTailAsked = options.isTailAsked || !decision.isStored;
  const presentIn = (path: string) => (isTailAsked ? recentIds(path) : new Set<string>());
  let isWhole = true;
  for (const stream of STREAMS) {
    const done = attempt(kept, stream.name, () => {
      const wanted = events.flatMap((event) => {
        const record = stream.lineFor(event);
        return record === null ? [] : [{ id: event.id, record }];
      });
      if (wanted.length === 0) return;
      const present = presentIn(stream.pathIn(paths));
      const missing = wanted.filter(({ id }) => !present.has(id));
      appendLines(
        stream.pathIn(paths),
        missing.map(({ record }) => lineOf(record)),
      );
    });
    if (!done && stream.isPrimary) isWhole = false;
  }
  const amendmentsDone = attempt(kept, 'amendments', () => {
    if (decision.amendments.length === 0) return;
    const present = presentIn(paths.journals.amendments);
    const missing = decision.amendments.filter((change) => !present.has(amendmentId(change)));
    appendLines(
      paths.journals.amendments,
      missing.map((change) => lineOf(amendmentRecord(change))),
    );
  });
  return isWhole && amendmentsDone;
}

function attempt(kept: Kept, what: string, work: () => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    kept.problems.push(`${what}: ${(error as Error).message}`);
    return false;
  }
}
