/**
 * One whole run, on demand or each minute: take the lock, drain the spool, reconcile the stores,
 * publish the statistics, look once more into the spool.
 */
import type { Clock } from '../../src-core/base/clock.ts';
import type { RefreshReport } from '../../src-core/contract/views.ts';
import { createRedactor, type Redactor } from '../../src-core/event/redact.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { readOrMakeKey } from '../../src-core/files/redaction-key.ts';
import { keyedHash } from '../../src-core/journal/sum.ts';
import type { Lock } from '../../src-core/lock/lock.ts';
import { readSettings } from '../../src-core/settings/settings.ts';
import type { DrainReport } from '../../src-core/spool/drain.ts';
import { forgetUnstored } from '../../src-core/spool/unstored.ts';
import { addCost } from '../../src-core/store/cost.ts';
import {
  type OpenSqlite,
  type ReadableDb,
  transaction,
  type WritableDb,
} from '../../src-core/store/driver.ts';
import { openStore } from '../../src-core/store/open.ts';
import { toStoreError } from '../../src-core/store/store-error.ts';
import { restoreImports } from '../import/restore.ts';
import type { OldTotals } from '../import/totals.ts';
import { salvageStore } from '../salvage/salvage.ts';
import { noteSalvage } from '../salvage/salvage-log.ts';
import { publishStats } from '../stats/publish.ts';
import { machineZone } from '../stats/zone.ts';
import { renewUsageInRun } from '../usage/rollup.ts';
import { type BridgeOptions, type BridgeReport, runBridge } from './bridge.ts';
import { type BuildOptions, buildStore } from './build-store.ts';
import { drainAll } from './drain-all.ts';
import { readStatus, storeStamp, writeStatus } from './status.ts';
import { waitForLock } from './wait-for-lock.ts';

/** How long one statement waits for another writer of the database. */
const BUSY_MS = 5000;

/** What a run works with. */
export interface RefreshOptions {
  readonly paths: Paths;
  readonly open: OpenSqlite;
  readonly clock: Clock;
  /** How long to wait for the lock. */
  readonly waitMs: number;
  /** How long to wait for another writer of the database; five seconds if it is not given. */
  readonly busyMs?: number;
  /** Counts what the old record adds as long as it is not imported; not given, it adds nothing. */
  readonly countOld?: (db: ReadableDb) => OldTotals;
  /** Verify all rows and all lines in this run; else the day's sweep goes on by a slice. */
  readonly isSweep?: boolean;
}

/**
 * Runs once. Never throws for a store that cannot be reached: the report says which and why.
 * @throws when something is wrong that no report can hold (a bug)
 */
export async function refresh(options: RefreshOptions): Promise<RefreshReport> {
  const startedAt = options.clock.now();
  const refused = (store: string, reason: string) => failed(startedAt, options, store, reason);
  let lock: Lock | null;
  try {
    lock = await waitForLock(options);
  } catch (error) {
    return refused('lock', (error as Error).message);
  }
  if (lock === null) return refused('lock', 'another run holds the lock; try again in a moment');
  try {
    return refreshUnderLock(options, lock, startedAt);
  } finally {
    lock.release();
  }
}

/**
 * As `refresh`, for whoever holds the lock already and goes on holding it.
 * @throws when something is wrong that no report can hold (a bug)
 */
export function refreshUnderLock(
  options: RefreshOptions,
  { isAfterCrash }: Pick<Lock, 'isAfterCrash'>,
  startedAt: number = options.clock.now(),
): RefreshReport {
  try {
    const key = readOrMakeKey(options.paths.redactionKey);
    const started = { key, isAfterCrash, startedAt };
    const report = refreshLocked(options, started);
    return isDamaged(report) && mendDatabase(options) ? refreshLocked(options, started) : report;
  } catch (error) {
    // Without the key nothing can be redacted, so nothing can be recorded.
    if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
    return failed(startedAt, options, options.paths.redactionKey, (error as Error).message);
  }
}

function isDamaged({ unreachable }: RefreshReport): boolean {
  return unreachable.some(({ reason }) => reason.startsWith('corrupt: '));
}

/** True when another database stands in the place of one in which nothing can be recorded. */
function mendDatabase({ paths, open, clock, busyMs = BUSY_MS }: RefreshOptions): boolean {
  try {
    const result = salvageStore({ paths, open, now: clock.now(), busyMs });
    if (result.kind === 'refused') return false;
    noteSalvage(paths, result.report);
    return true;
  } catch (error) {
    // No room for a second one, say: the report tells of the damage, and JSONL goes on alone.
    if (typeof (error as NodeJS.ErrnoException).syscall === 'string') return false;
    if (toStoreError(error).kind === 'other') throw error;
    return false;
  }
}

interface Started {
  readonly key: Uint8Array;
  readonly isAfterCrash: boolean;
  readonly startedAt: number;
}

function refreshLocked(options: RefreshOptions, started: Started): RefreshReport {
  const { paths, clock } = options;
  const { key, isAfterCrash, startedAt } = started;
  const unreachable: { store: string; reason: string }[] = [];
  const redactor = createRedactor(keyedHash(key));
  const isUntouched = readStatus(paths)?.store === storeStamp(paths);
  const rebuilt = rebuildStore({ paths, open: options.open, redactor, now: startedAt });
  const db = tryOpen(options, startedAt, unreachable);
  let report: RefreshReport;
  try {
    const drained = drainAll(options, { db, key, redactor, isAfterCrash });
    unreachable.push(...drained.problems.map((reason) => ({ store: 'spool', reason })));
    if (db !== null) keepLags(db, clock.now(), drained);
    const isStoreUntouched = isUntouched && drained.entries === 0;
    const bridged =
      db === null ? null : tryBridge(options, { db, redactor, isStoreUntouched }, unreachable);
    if (db !== null && bridged?.problems.length === 0)
      tryRestore(options, db, redactor, unreachable);
    const statsWritten = db === null ? [] : tryPublish(options, db, unreachable);
    report = {
      ok: unreachable.length === 0,
      drained: drained.events,
      healedToSqlite: rebuilt + (bridged?.healedToSqlite ?? 0),
      healedToJsonl: bridged?.healedToJsonl ?? 0,
      duplicates: bridged?.duplicates ?? 0,
      quarantined: (bridged?.quarantined ?? 0) + drained.rejected,
      drift: driftOf(bridged),
      statsWritten: [...statsWritten],
      unreachable,
      durationMs: clock.now() - startedAt,
    };
  } finally {
    db?.close();
  }
  return noteRun(paths, clock.now(), report);
}

/** Where a stream could not be asked, no drift found does not mean that there is none. */
function driftOf(bridged: BridgeReport | null): number | null {
  if (bridged === null) return null;
  return bridged.drift === 0 && bridged.problems.length > 0 ? null : bridged.drift;
}

/** The drainer's own run is no cost of ours here, but these launchers ran as well. */
function keepLags(db: WritableDb, now: number, { lagsMs }: DrainReport): void {
  try {
    addCost(
      db,
      now,
      lagsMs.map((ms) => ({ metric: 'stored', ms })),
    );
  } catch {
    // Figures about ourselves are not worth a failed run; a database in trouble is reported below.
  }
}

/** What hinders building a store beside its place hinders the bridge as well, and it tells of it. */
function rebuildStore(options: BuildOptions): number {
  try {
    return buildStore(options) ?? 0;
  } catch (error) {
    const isSystems = typeof (error as NodeJS.ErrnoException).syscall === 'string';
    if (!isSystems && toStoreError(error).kind === 'other') throw error;
    return 0;
  }
}

/** Null when it cannot be written, be it only for a while: then JSONL must do alone. */
function tryOpen(
  { paths, open, busyMs = BUSY_MS }: RefreshOptions,
  now: number,
  unreachable: { store: string; reason: string }[],
): WritableDb | null {
  let db: WritableDb | null = null;
  try {
    db = openStore({ path: paths.database, open, busyMs, now });
    // Rows are read in their order, so a small cache does; pages that many batches touch are written back rarely.
    db.exec('PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 8000');
    // Asked once here, lest every part of the run waits for the same writer in vain.
    transaction(db, () => undefined);
    return db;
  } catch (error) {
    db?.close();
    const { kind, message } = toStoreError(error);
    unreachable.push({ store: paths.database, reason: `${kind}: ${message}` });
    return null;
  }
}

/** Keeps the report for whoever asks how things stand; returns it, with that failure if it fails. */
function noteRun(paths: Paths, checkedAt: number, report: RefreshReport): RefreshReport {
  try {
    const before = readStatus(paths);
    const failingSinceAt = report.ok ? null : (before?.failingSinceAt ?? checkedAt);
    writeStatus(paths, { checkedAt, failingSinceAt, report, store: storeStamp(paths) });
    return report;
  } catch (error) {
    const reason = (error as Error).message;
    return {
      ...report,
      ok: false,
      unreachable: [...report.unreachable, { store: paths.status, reason }],
    };
  }
}

function tryBridge(
  { paths, clock, isSweep = false }: RefreshOptions,
  opened: Pick<BridgeOptions, 'db' | 'redactor' | 'isStoreUntouched'>,
  unreachable: { store: string; reason: string }[],
): BridgeReport | null {
  try {
    const report = runBridge({
      paths,
      ...opened,
      now: clock.now(),
      sweep: isSweep ? 'whole' : 'slice',
    });
    unreachable.push(...report.problems);
    // SQLite has now taken what only the files held.
    forgetUnstored(paths);
    return report;
  } catch (error) {
    const { kind, message } = toStoreError(error);
    unreachable.push({ store: paths.database, reason: `${kind}: ${message}` });
    return null;
  }
}

/** What was imported once and is lost from both stores stands in the old record still. */
function tryRestore(
  { paths, open, clock, busyMs = BUSY_MS }: RefreshOptions,
  db: WritableDb,
  redactor: Redactor,
  unreachable: { store: string; reason: string }[],
): void {
  try {
    restoreImports(db, { paths, open, redactor, busyMs, now: clock.now() });
  } catch (error) {
    unreachable.push({ store: 'import', reason: (error as Error).message });
  }
}

function tryPublish(
  { paths, clock, countOld }: RefreshOptions,
  db: WritableDb,
  unreachable: { store: string; reason: string }[],
): readonly string[] {
  const { settings } = readSettings(paths.settings);
  const timeZone = settings.timeZone ?? machineZone();
  try {
    renewUsageInRun(db);
    const old = countOld?.(db) ?? null;
    const { written, problems } = publishStats({ paths, db, now: clock.now(), timeZone, old });
    unreachable.push(...problems);
    return written;
  } catch (error) {
    unreachable.push({ store: 'statistics', reason: (error as Error).message });
    return [];
  }
}

function failed(
  startedAt: number,
  { clock }: RefreshOptions,
  store: string,
  reason: string,
): RefreshReport {
  return {
    ok: false,
    drained: 0,
    healedToSqlite: 0,
    healedToJsonl: 0,
    duplicates: 0,
    quarantined: 0,
    drift: null,
    statsWritten: [],
    unreachable: [{ store, reason }],
    durationMs: clock.now() - startedAt,
  };
}
