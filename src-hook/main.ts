/**
 * The capture program behind the launcher: takes the lock, drains the spool into SQLite and JSONL,
 * lingers a moment for more, and ends. It prints nothing and always exits 0.
 */
import { dirname } from 'node:path';
import { createRedactor } from '../src-core/event/redact.ts';
import type { Paths } from '../src-core/files/paths.ts';
import { readOrMakeKey } from '../src-core/files/redaction-key.ts';
import { keyedHash } from '../src-core/journal/sum.ts';
import { forgetStart, isLockHeld, takeLock } from '../src-core/lock/lock.ts';
import { createExclusion } from '../src-core/settings/exclusion.ts';
import { readHookSettings } from '../src-core/settings/hook-settings.ts';
import { type DrainOptions, type DrainReport, drainSpool } from '../src-core/spool/drain.ts';
import { listSpool, stateOf } from '../src-core/spool/entry.ts';
import { isOverBudget, LEAST_STAY_MS } from '../src-core/store/budget.ts';
import { addCost } from '../src-core/store/cost.ts';
import type { OpenSqlite, WritableDb } from '../src-core/store/driver.ts';
import { CAPTURE_MIGRATIONS } from '../src-core/store/migrate.ts';
import { nodeSqlite } from '../src-core/store/node-sqlite.ts';
import { openWith } from '../src-core/store/open-with.ts';
import { toStoreError } from '../src-core/store/store-error.ts';
import { installedPaths } from './installed-root.ts';
import { noteFailure } from './last-resort.ts';
import { createMeter, type Meter } from './meter.ts';
import { nextEntry } from './next-entry.ts';

/** How long a statement may wait for another writer of the database. */
const BUSY_MS = 250;
/** How long to wait for the lock: its holder looks into the spool when it lets go. */
const LOCK_MS = 1000;
/** How often to ask for a lock whose holder shows no sign of life. */
const MAX_REFUSALS = 3;
/** How long to stay for the next call. */
const LINGER_MS = 400;
/** An entry that is being written when it is first seen is complete a moment later, as a rule. */
const UNFINISHED_MS = 10;
const UNFINISHED_TRIES = 30;

/** The folder of this file once it is bundled and installed. */
declare const __dirname: string;

async function main(): Promise<void> {
  const paths = installedPaths(
    typeof __dirname === 'string' ? __dirname : dirname(process.argv[1] ?? ''),
  );
  const meter = createMeter();
  try {
    for (let refusals = 0; refusals < MAX_REFUSALS; ) {
      const left = await drainWhileEntriesCome(paths, meter);
      if (left === null) {
        if (isLeftToAnother(paths)) return;
        refusals++;
      } else if (listSpool(paths.spool).every((file) => left.has(stateOf(file)))) {
        // Between the release of the lock and our end, a launcher may have seen us at work and left
        // its entry to us: hence this look, but not at what we could do nothing with.
        return;
      }
    }
  } catch (error) {
    noteFailure(paths.hookErrorLog, Date.now(), (error as Error).message);
  }
}

/**
 * True when the lock's holder will see what came while we waited for it. Where it let go in just
 * that moment it does not, and a launcher may have left its entry to us.
 */
function isLeftToAnother(paths: Paths): boolean {
  forgetStart(paths);
  return isLockHeld(paths) || listSpool(paths.spool).length === 0;
}

/** States of the entries that could not be drained; null when somebody else holds the lock. */
async function drainWhileEntriesCome(
  paths: Paths,
  meter: Meter,
): Promise<ReadonlySet<string> | null> {
  const open = nodeSqlite();
  const lock = takeLock({ paths, open, waitMs: LOCK_MS });
  if (lock === null) return null;
  let db: WritableDb | null = null;
  try {
    db = openOrNote(paths, open);
    const options = drainOptions(paths, db);
    const stayUntil = db !== null && isSaving(db) ? performance.now() + LEAST_STAY_MS : 0;
    let report = drainAndNote(paths, { ...options, isAfterCrash: lock.isAfterCrash });
    // An entry whose launcher hangs is left to whoever comes next.
    for (let tries = 0; ; tries = report.entries > 0 ? 0 : tries + 1) {
      meter.stored(report.lagsMs);
      const isAwaited = report.unfinished > 0 && tries < UNFINISHED_TRIES;
      const lingerMs = Math.max(LINGER_MS, stayUntil - performance.now());
      const happened = await nextEntry(paths.spool, isAwaited ? UNFINISHED_MS : lingerMs);
      if (!happened && !isAwaited) break;
      report = drainAndNote(paths, options);
    }
    if (db !== null) keepCost(db, meter);
    return report.left;
  } finally {
    db?.close();
    lock.release();
  }
}

/** True when a start of Node is to be saved: to wait takes no processor, and launchers start nobody meanwhile. */
function isSaving(db: WritableDb): boolean {
  try {
    return isOverBudget(db, Date.now());
  } catch {
    return false;
  }
}

function keepCost(db: WritableDb, meter: Meter): void {
  try {
    addCost(db, Date.now(), meter.samples());
  } catch {
    // A database in trouble was noted by the drain; figures about ourselves are not worth a line.
  }
}

function openOrNote(paths: Paths, open: OpenSqlite | null): WritableDb | null {
  if (open === null) return null;
  try {
    return openWith(
      { path: paths.database, open, busyMs: BUSY_MS, now: Date.now() },
      CAPTURE_MIGRATIONS,
    );
  } catch (error) {
    const { kind, message } = toStoreError(error);
    noteFailure(paths.hookErrorLog, Date.now(), `SQLite (${kind}): ${message}`);
    return null;
  }
}

function drainOptions(paths: Paths, db: WritableDb | null): DrainOptions {
  const key = readOrMakeKey(paths.redactionKey);
  const settings = readHookSettings(paths.settings);
  for (const problem of settings.problems) noteFailure(paths.hookErrorLog, Date.now(), problem);
  const failpoint = process.env.HOOKLINE_FAILPOINT;
  return {
    paths,
    db,
    source: 'hook',
    isAfterCrash: false,
    key,
    redactor: createRedactor(keyedHash(key)),
    now: Date.now,
    privacy: settings.privacy,
    isExcluded: createExclusion(settings.excludedFolders),
    // Only a test sets it: the launcher starts us with an empty environment.
    step: (name) => {
      if (failpoint === name) process.kill(process.pid, 'SIGKILL');
    },
  };
}

function drainAndNote(paths: Paths, options: DrainOptions): DrainReport {
  const report = drainSpool(options);
  for (const problem of report.problems) noteFailure(paths.hookErrorLog, Date.now(), problem);
  return report;
}

main().catch(() => {
  // Nothing is known of where to write: the launcher's spool keeps the event for the app.
});
