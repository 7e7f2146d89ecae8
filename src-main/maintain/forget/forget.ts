/**
 * Forgets: what the user names leaves every store of ours, and does not come back. Under the lock, in
 * an order that lets the same call complete one that was broken off: tombstones, files, rows, sums,
 * and at last the pages of the database in which something may be left.
 */
import type { Paths } from '../../../src-core/files/paths.ts';
import type { ReadableDb, WritableDb } from '../../../src-core/store/driver.ts';
import { openStore } from '../../../src-core/store/open.ts';
import { toStoreError } from '../../../src-core/store/store-error.ts';
import { addTombstones } from '../../../src-core/store/tombstones.ts';
import { type RefreshOptions, refreshUnderLock } from '../../bridge/refresh.ts';
import { waitForLock } from '../../bridge/wait-for-lock.ts';
import { vacuumRoom } from '../vacuum.ts';
import { filesLeft, forgetCount, forgetInFiles, type Places } from './forget-files.ts';
import { countOldRows, forgetRows } from './forget-rows.ts';
import { type Selection, selectEvents } from './selection.ts';
import { type ForgetTarget, type Meaning, meaningOf, readTarget } from './target.ts';

/** What forgetting works with. */
export interface ForgetOptions
  extends Pick<RefreshOptions, 'paths' | 'open' | 'clock' | 'countOld'> {
  readonly waitMs?: number;
  readonly busyMs?: number;
  /** Only says what would be removed. */
  readonly isDry?: boolean;
  /** Called by name before each step; tests break it off there. */
  readonly atPoint?: (name: string) => void;
}

/** What was removed, or would be. */
export type ForgetResult =
  | { readonly kind: 'refused'; readonly reason: string }
  | {
      readonly kind: 'planned' | 'forgotten';
      readonly events: number;
      /** Where it stood, and how often. */
      readonly places: Places;
      /** Files in which it stands still; empty for a plan. */
      readonly left: readonly string[];
      /** Set where the database could not be written anew: its free pages may hold a rest. */
      readonly notVacuumed: string | null;
    };

const WAIT_MS = 30_000;
const BUSY_MS = 5000;

/** Forgets, or says what that would do. */
export async function forget(options: ForgetOptions, asked: ForgetTarget): Promise<ForgetResult> {
  const target = readTarget(asked);
  if ('reason' in target) return { kind: 'refused', reason: target.reason };
  const { paths, open, waitMs = WAIT_MS } = options;
  const lock = await waitForLock({ paths, open, waitMs });
  if (lock === null)
    return { kind: 'refused', reason: 'Another run holds the lock; try again in a moment.' };
  try {
    // What is only in the spool or in a file is an event as well.
    const { ok, unreachable } = refreshUnderLock({ ...options, waitMs }, lock);
    const [trouble] = unreachable;
    if (!ok && trouble !== undefined)
      return { kind: 'refused', reason: `${trouble.store}: ${trouble.reason}` };
    const meaning = meaningOf(target);
    const counted = withStore(options, (db) => forgetLocked(options, target, meaning, db));
    if (options.isDry === true) return { kind: 'planned', ...counted, left: [], notVacuumed: null };
    options.atPoint?.('sums');
    refreshUnderLock({ ...options, waitMs }, lock);
    options.atPoint?.('pages');
    forgetCount({ paths, meaning });
    const notVacuumed = withStore(options, (db) => clearPages(paths, db));
    return { kind: 'forgotten', ...counted, left: filesLeft({ paths, meaning }), notVacuumed };
  } finally {
    lock.release();
  }
}

function withStore<T>(
  { paths, open, clock, busyMs = BUSY_MS }: ForgetOptions,
  work: (db: WritableDb) => T,
): T {
  const db = openStore({ path: paths.database, open, busyMs, now: clock.now() });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

function forgetLocked(
  { paths, clock, isDry = false, atPoint = () => {} }: ForgetOptions,
  target: ForgetTarget,
  meaning: Meaning,
  db: WritableDb,
): { readonly events: number; readonly places: Places } {
  const selection = selectEvents(db, target, meaning);
  const rows = rowsOf(db, selection);
  if (!isDry) {
    atPoint('tombstones');
    bury(paths, selection, clock.now());
    atPoint('files');
  }
  const files = forgetInFiles({ paths, meaning, selection, isDry });
  if (!isDry) {
    atPoint('rows');
    forgetRows(db, target, meaning, selection);
  }
  return { events: selection.events.size, places: { ...rows, ...files } };
}

function rowsOf(db: ReadableDb, { events, amendments, messages }: Selection): Places {
  const counts = {
    events: events.size,
    amendments: amendments.size,
    'rows of the old table': countOldRows(db, events),
    'answers of models': messages.size,
  };
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

function bury(
  paths: Paths,
  { events, amendments, messages, sessions }: Selection,
  at: number,
): void {
  const epitaph = { reason: 'forgotten by the user', at };
  for (const sessionId of sessions) addTombstones(paths, { sessionId }, epitaph);
  const ids = [...events, ...amendments, ...messages];
  if (ids.length > 0) addTombstones(paths, { ids, isForGood: true }, epitaph);
}

/** Writes the database anew, since pages that were freed long ago hold what stood there; a reason where it cannot be. */
function clearPages({ database }: Paths, db: WritableDb): string | null {
  try {
    const { neededBytes, freeBytes } = vacuumRoom(db, database);
    if (freeBytes < neededBytes) return 'there is not enough room to write the database anew';
    db.exec('VACUUM');
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return null;
  } catch (error) {
    const { kind, message } = toStoreError(error);
    return `${kind}: ${message}`;
  }
}
