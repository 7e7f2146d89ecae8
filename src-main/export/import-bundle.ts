/**
 * Takes a bundle of another machine over. What has the same identity is the same event, so that two
 * machines merge without doubles; what was forgotten here stays away. The whole bundle is verified
 * before anything of it is stored, and a run that was broken off is completed by the same one again.
 */
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { type Amendment, applyAmendments } from '../../src-core/event/merge.ts';
import { eventOfRecord } from '../../src-core/event/record.ts';
import {
  amendmentId,
  amendmentOfRecord,
  recordAmendments,
} from '../../src-core/journal/amendments.ts';
import { hasRightSum } from '../../src-core/journal/sum.ts';
import { type Row, transaction, type WritableDb } from '../../src-core/store/driver.ts';
import { createEventWriter } from '../../src-core/store/events.ts';
import { openStore } from '../../src-core/store/open.ts';
import { openTombstones, type Tombstones } from '../../src-core/store/tombstones.ts';
import { type RefreshOptions, refreshUnderLock } from '../bridge/refresh.ts';
import { createAmendmentReader } from '../bridge/sinks.ts';
import { waitForLock } from '../bridge/wait-for-lock.ts';
import { BUNDLE_TABLES, type BundleLine, type BundleTable } from './bundle-format.ts';
import { BUNDLE_LIMITS, BundleError, type BundleLimits, readBundle } from './read-bundle.ts';

/** What taking over works with. */
export interface ImportBundleOptions
  extends Pick<RefreshOptions, 'paths' | 'open' | 'clock' | 'countOld'> {
  readonly file: string;
  /** Only says what would be taken. */
  readonly isDry?: boolean;
  readonly waitMs?: number;
  readonly busyMs?: number;
  readonly limits?: BundleLimits;
}

/** What was taken over, or would be. */
export type ImportBundleResult =
  | { readonly kind: 'refused'; readonly reason: string }
  | {
      readonly kind: 'planned' | 'imported';
      /** Events that were not here. */
      readonly events: number;
      readonly amendments: number;
      /** Other rows: what models used, and links. */
      readonly rows: number;
      /** What was here already. */
      readonly known: number;
      /** What was forgotten here. */
      readonly forgotten: number;
    };

const WAIT_MS = 30_000;
const BUSY_MS = 5000;
const BATCH = 500;
/** No run of a backfill: what is taken over is not taken back with one. */
const NO_RUN = 0;

/** Takes it over, or says what that would do. */
export async function importBundle(options: ImportBundleOptions): Promise<ImportBundleResult> {
  const { paths, open, waitMs = WAIT_MS, isDry = false } = options;
  const lock = await waitForLock({ paths, open, waitMs });
  if (lock === null)
    return { kind: 'refused', reason: 'Another run holds the lock; try again in a moment.' };
  try {
    await verify(options);
    // What only a file knows here is no news.
    const [trouble] = refreshUnderLock({ ...options, waitMs }, lock).unreachable;
    if (trouble !== undefined)
      return { kind: 'refused', reason: `${trouble.store}: ${trouble.reason}` };
    const counts = await takeAll(options);
    if (!isDry) refreshUnderLock({ ...options, waitMs }, lock);
    return { kind: isDry ? 'planned' : 'imported', ...counts };
  } catch (error) {
    const isSystems = typeof (error as NodeJS.ErrnoException).syscall === 'string';
    if (!(error instanceof BundleError) && !isSystems) throw error;
    return {
      kind: 'refused',
      reason: `The bundle cannot be taken over: ${(error as Error).message}`,
    };
  } finally {
    lock.release();
  }
}

async function verify({ file, limits = BUNDLE_LIMITS }: ImportBundleOptions): Promise<void> {
  for await (const line of readBundle(file, limits)) {
    if ('row' in line) continue;
    const isRight =
      hasRightSum(line.record) &&
      (line.kind === 'event' ? eventOfRecord(line.record) : amendmentOfRecord(line.record)) !==
        null;
    if (!isRight) throw new BundleError('a record is damaged');
  }
}

type Counts = Omit<Extract<ImportBundleResult, { events: number }>, 'kind'>;
type MutableCounts = { -readonly [Name in keyof Counts]: number };

async function takeAll(options: ImportBundleOptions): Promise<Counts> {
  const { paths, open, clock, busyMs = BUSY_MS, file, limits = BUNDLE_LIMITS } = options;
  const db = openStore({ path: paths.database, open, busyMs, now: clock.now() });
  try {
    const counts: MutableCounts = { events: 0, amendments: 0, rows: 0, known: 0, forgotten: 0 };
    const take = createTaker(db, openTombstones(paths), options.isDry === true);
    let batch: BundleLine[] = [];
    const flush = (): void => {
      transaction(db, () => {
        for (const line of batch) counts[take(line)]++;
      });
      batch = [];
    };
    for await (const line of readBundle(file, limits)) {
      batch.push(line);
      if (batch.length >= BATCH) flush();
    }
    flush();
    return counts;
  } finally {
    db.close();
  }
}

function createTaker(
  db: WritableDb,
  tombstones: Tombstones,
  isDry: boolean,
): (line: BundleLine) => keyof Counts {
  const writer = createEventWriter(db);
  const amendmentsOf = createAmendmentReader(db);
  const isKnown = db.prepare('SELECT 1 FROM hookline_event WHERE id = ?');
  const isLearnt = db.prepare('SELECT 1 FROM hookline_amendment WHERE id = ?');
  const rows = Object.fromEntries(
    BUNDLE_TABLES.map((table) => [table, createRowTaker(db, table, isDry)]),
  ) as Record<BundleTable, (row: Row) => boolean>;

  const takeEvent = (event: CapturedEvent): keyof Counts => {
    if (tombstones.covers(event)) return 'forgotten';
    if (isKnown.get(event.id) !== undefined) return 'known';
    if (!isDry) writer.insert(event, 'journal');
    return 'events';
  };
  const takeAmendment = (amendment: Amendment): keyof Counts => {
    const { eventId } = amendment;
    const id = amendmentId(amendment);
    if (tombstones.coversId(id) || tombstones.coversId(eventId)) return 'forgotten';
    if (isLearnt.get(id) !== undefined) return 'known';
    if (isDry) return 'amendments';
    recordAmendments(db, [amendment]);
    const event = writer.find(eventId);
    if (event !== null) writer.replace(applyAmendments(event, amendmentsOf(eventId)));
    return 'amendments';
  };
  const takeRow = (table: BundleTable, row: Row): keyof Counts => {
    const id = String(row.message_id ?? row.call_id ?? '');
    const sessionId = row.session_id === null ? null : String(row.session_id);
    if (tombstones.covers({ id, sessionId, at: Number(row.at_ms ?? Number.NaN) }))
      return 'forgotten';
    return rows[table](row) ? 'rows' : 'known';
  };
  return (line) => {
    if ('row' in line) return takeRow(line.kind, line.row as Row);
    if (line.kind === 'event') {
      const event = eventOfRecord(line.record);
      return event === null ? 'known' : takeEvent(event);
    }
    const amendment = amendmentOfRecord(line.record);
    return amendment === null ? 'known' : takeAmendment(amendment);
  };
}

/** Inserts rows of a table that are not there; columns that it does not have are left out. */
function createRowTaker(db: WritableDb, table: BundleTable, isDry: boolean): (row: Row) => boolean {
  const columns = db.prepare(`PRAGMA table_info(${table})`).all() as Row[];
  const names = columns.map(({ name }) => String(name));
  const key = columns.filter(({ pk }) => Number(pk) > 0).map(({ name }) => String(name));
  const find = db.prepare(
    `SELECT 1 FROM ${table} WHERE ${key.map((name) => `${name} IS ?`).join(' AND ')}`,
  );
  const insert = db.prepare(
    `INSERT OR IGNORE INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
  );
  return (row) => {
    if (find.get(...key.map((name) => row[name] ?? null)) !== undefined) return false;
    const values = names.map((name) => (name === 'run' ? NO_RUN : (row[name] ?? null)));
    return isDry || Number(insert.run(...values).changes) === 1;
  };
}
