/** The import as its callers use it: plan, do, take back. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../src-core/base/clock.ts';
import { createRedactor, type Redactor } from '../../src-core/event/redact.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { readOrMakeKey } from '../../src-core/files/redaction-key.ts';
import { keyedHash } from '../../src-core/journal/sum.ts';
import { type Lock, takeLock } from '../../src-core/lock/lock.ts';
import { readSettings } from '../../src-core/settings/settings.ts';
import type { OpenSqlite, ReadableDb, WritableDb } from '../../src-core/store/driver.ts';
import { openForReading, openStore } from '../../src-core/store/open.ts';
import { toStoreError } from '../../src-core/store/store-error.ts';
import { createZone, machineZone } from '../stats/zone.ts';
import { applyImport } from './apply.ts';
import { createOldCounter } from './old-counter.ts';
import { type ImportPlan, planImport } from './plan.ts';
import { type ImportRun, listRuns } from './runs.ts';
import { type Survey, surveyOldRecord } from './survey.ts';
import type { OldTotals } from './totals.ts';
import { ChangedMeanwhile } from './trace-reader.ts';
import { type UndoResult, undoImport } from './undo.ts';

/** How an import ended. */
export type ImportResult =
  | { readonly kind: 'imported'; readonly run: number; readonly events: number }
  | { readonly kind: 'nothing-new' }
  | { readonly kind: 'refused'; readonly reason: string };

/** The import. */
export interface Importer {
  /** What an import would do. Writes nothing. */
  plan(): ImportPlan;
  /** The runs so far, the oldest first. */
  runs(): readonly ImportRun[];
  /** Imports; `again` also what was imported once and taken back. */
  apply(options: { readonly again: boolean }): Promise<ImportResult>;
  /** Takes a run back. */
  undo(run: number): Promise<UndoResult>;
  /** What the old record adds to ours as long as it is not imported; `db` is our open store. */
  count(db: ReadableDb | null): OldTotals;
}

/** What the import works with. */
export interface ImporterOptions {
  readonly paths: Paths;
  readonly open: OpenSqlite;
  readonly clock: Clock;
  /** How long to wait for the lock, milliseconds. */
  readonly waitMs?: number;
  /** How long one statement waits for another user of a database, milliseconds. */
  readonly busyMs?: number;
}

const WAIT_MS = 30_000;
const LOCK_STEP_MS = 50;
const BUSY_MS = 5000;

/** Builds the import; opens nothing until it is asked. */
export function createImporter(options: ImporterOptions): Importer {
  const { paths, clock } = options;
  const counter = createOldCounter({
    ...options,
    busyMs: busyOf(options),
    redactor: () => redactorOf(paths),
  });
  return {
    count: counter.count,
    plan: () => withReading(options, (db) => planImport(survey(db, options), zoneOf(paths))),
    runs: () => withReading(options, (db) => (db === null ? [] : listRuns(db))),
    apply: ({ again }) => withWriting(options, (db) => importNew(db, options, again)),
    undo: (run) => withWriting(options, (db) => undoImport(db, paths, run, clock.now())),
  };
}

function busyOf({ busyMs = BUSY_MS }: ImporterOptions): number {
  return busyMs;
}

function survey(db: ReadableDb | null, options: ImporterOptions): Survey {
  const { paths, open, clock } = options;
  return surveyOldRecord(db, {
    paths,
    open,
    now: clock.now(),
    redactor: redactorOf(paths),
    busyMs: busyOf(options),
  });
}

/** Before there is a key of ours nothing is stored either, and any key will do. */
function redactorOf(paths: Paths): Redactor {
  const key = existsSync(paths.redactionKey) ? readOrMakeKey(paths.redactionKey) : randomBytes(32);
  return createRedactor(keyedHash(key));
}

function zoneOf(paths: Paths) {
  return createZone(readSettings(paths.settings).settings.timeZone ?? machineZone());
}

function importNew(db: WritableDb, options: ImporterOptions, again: boolean): ImportResult {
  const { paths, open, clock } = options;
  readOrMakeKey(paths.redactionKey);
  const found = survey(db, options);
  const busy = found.record.problems.find(({ kind }) => kind === 'busy');
  // Half of the record would be paired wrongly; what is merely broken will not get better.
  if (busy !== undefined) return refused(`${busy.store} is in use; import again in a moment.`);
  try {
    const applied = applyImport(db, found, {
      paths,
      open,
      busyMs: busyOf(options),
      now: clock.now(),
      again,
    });
    return applied === null ? { kind: 'nothing-new' } : { kind: 'imported', ...applied };
  } catch (error) {
    if (error instanceof ChangedMeanwhile) return refused(error.message);
    throw error;
  }
}

function refused(reason: string): { readonly kind: 'refused'; readonly reason: string } {
  return { kind: 'refused', reason };
}

function withReading<T>(options: ImporterOptions, work: (db: ReadableDb | null) => T): T {
  const { paths, open, clock } = options;
  const busyMs = busyOf(options);
  const db = openForReading({ path: paths.database, open, busyMs, now: clock.now() });
  try {
    return work(db);
  } finally {
    db?.close();
  }
}

type Refused = ReturnType<typeof refused>;

/** Works on the open store under the lock; everything that writes into it does. */
async function withWriting<T>(
  options: ImporterOptions,
  work: (db: WritableDb) => T,
): Promise<T | Refused> {
  const { paths, open, clock } = options;
  if (!existsSync(paths.launcher))
    return refused('The hook is not installed here; "hookline install" does that.');
  const lock = await waitForLock(options);
  if (lock === null) return refused('Another run holds the lock; try again in a moment.');
  let db: WritableDb | null = null;
  try {
    const busyMs = busyOf(options);
    db = openStore({ path: paths.database, open, busyMs, now: clock.now() });
    return work(db);
  } catch (error) {
    const { kind, message } = toStoreError(error);
    if (kind === 'other') throw error;
    return refused(`${paths.database}: ${message}`);
  } finally {
    db?.close();
    lock.release();
  }
}

async function waitForLock({
  paths,
  open,
  waitMs = WAIT_MS,
}: ImporterOptions): Promise<Lock | null> {
  const until = performance.now() + waitMs;
  for (;;) {
    const lock = takeLock({ paths, open, waitMs: 0 });
    if (lock !== null || performance.now() >= until) return lock;
    await delay(LOCK_STEP_MS);
  }
}
