/**
 * Maintenance: what keeps the record small and quick without changing what it says. Under the lock,
 * while hooks go on into the spool; each step is done whole or not at all, and one that fails is told
 * of and does not keep the others from being done.
 */
import { setImmediate as giveWay } from 'node:timers/promises';
import type { WritableDb } from '../../src-core/store/driver.ts';
import { openStore } from '../../src-core/store/open.ts';
import { toStoreError } from '../../src-core/store/store-error.ts';
import { type RefreshOptions, refreshUnderLock } from '../bridge/refresh.ts';
import { waitForLock } from '../bridge/wait-for-lock.ts';
import { type ArchivedStream, archiveLines, planArchive } from './archive/archive.ts';
import { type Caps, type Excess, findExcess, removeExcess } from './caps.ts';
import { type VacuumRoom, vacuumRoom, vacuumSlices } from './vacuum.ts';

/** What maintenance works with. */
export interface MaintainOptions
  extends Pick<RefreshOptions, 'paths' | 'open' | 'clock' | 'countOld'> {
  readonly waitMs?: number;
  readonly busyMs?: number;
  /** Only says what would be done. */
  readonly isDry?: boolean;
  /** Writes the database anew; it needs room, and holds up whoever writes into it meanwhile. */
  readonly isVacuum?: boolean;
  /** A file of lines below this is not archived. */
  readonly archiveAboveBytes?: number;
  readonly caps?: Caps;
  /** Called by name before each step; tests break it off there. */
  readonly atPoint?: (name: string) => void;
}

/** What was done, or would be. */
export interface MaintainReport {
  readonly kind: 'planned' | 'done';
  readonly at: number;
  readonly archived: readonly ArchivedStream[];
  readonly excess: Excess;
  /** Of logs, quarantine and snapshots. */
  readonly removedBytes: number;
  /** The database before. */
  readonly room: VacuumRoom;
  /** Of the database, given back to the disk. */
  readonly returnedBytes: number;
  /** What could not be done, and why. */
  readonly problems: readonly string[];
}

/** How it ended. */
export type MaintainResult = MaintainReport | { readonly kind: 'refused'; readonly reason: string };

const WAIT_MS = 30_000;
const BUSY_MS = 5000;

/** Does all that is due. Never throws for a store or a disk that fails. */
export async function maintain(options: MaintainOptions): Promise<MaintainResult> {
  const { paths, open, waitMs = WAIT_MS } = options;
  const lock = await waitForLock({ paths, open, waitMs }).catch((error: Error) => error.message);
  if (typeof lock === 'string') return { kind: 'refused', reason: lock };
  if (lock === null)
    return { kind: 'refused', reason: 'Another run holds the lock; try again in a moment.' };
  try {
    // Only what both stores hold may be moved, and a plan is made of what is there.
    const { unreachable } = refreshUnderLock({ ...options, waitMs }, lock);
    const [trouble] = unreachable;
    if (trouble !== undefined)
      return { kind: 'refused', reason: `${trouble.store}: ${trouble.reason}` };
    const report = await maintainLocked(options);
    if (report.kind === 'done') refreshUnderLock({ ...options, waitMs }, lock);
    return report;
  } finally {
    lock.release();
  }
}

async function maintainLocked(options: MaintainOptions): Promise<MaintainReport> {
  const { paths, open, clock, busyMs = BUSY_MS, archiveAboveBytes, caps } = options;
  const db = openStore({ path: paths.database, open, busyMs, now: clock.now() });
  try {
    const excess = findExcess(paths, caps);
    const room = vacuumRoom(db, paths.database);
    const archive = {
      ...{ paths, db, now: clock.now() },
      ...(archiveAboveBytes === undefined ? {} : { aboveBytes: archiveAboveBytes }),
      ...(options.atPoint === undefined ? {} : { atPoint: options.atPoint }),
    };
    const found = { at: clock.now(), excess, room };
    if (options.isDry === true) {
      const nothing = { removedBytes: 0, returnedBytes: 0, problems: [] };
      return { kind: 'planned', ...found, archived: planArchive(archive), ...nothing };
    }
    const problems: string[] = [];
    const step = createStep(options, problems);
    const archived = await step('archive', () => archiveLines(archive), []);
    const removedBytes = await step('caps', () => removeExcess(paths, excess), 0);
    await step('optimize', () => db.exec('PRAGMA optimize'), undefined);
    const returnedBytes = await step('vacuum', () => vacuum(options, db, room), 0);
    await step('checkpoint', () => db.exec('PRAGMA wal_checkpoint(TRUNCATE)'), undefined);
    return { kind: 'done', ...found, archived, removedBytes, returnedBytes, problems };
  } finally {
    db.close();
  }
}

type Step = <T>(name: string, work: () => T | Promise<T>, otherwise: T) => Promise<T>;

function createStep({ atPoint = () => {} }: MaintainOptions, problems: string[]): Step {
  return async (name, work, otherwise) => {
    atPoint(name);
    await giveWay();
    try {
      return await work();
    } catch (error) {
      const isSystems = typeof (error as NodeJS.ErrnoException).syscall === 'string';
      const { kind, message } = toStoreError(error);
      if (!isSystems && kind === 'other') throw error;
      problems.push(`${name}: ${message}`);
      return otherwise;
    }
  };
}

/** Bytes that the disk has back. */
async function vacuum(
  { paths, isVacuum = false }: MaintainOptions,
  db: WritableDb,
  room: VacuumRoom,
): Promise<number> {
  if (!isVacuum) return vacuumSlices(db, giveWay);
  if (room.freeBytes < room.neededBytes) {
    const reason = `it needs ${room.neededBytes} bytes of room, and ${room.freeBytes} are free`;
    throw Object.assign(new Error(`the database cannot be written anew: ${reason}`), {
      code: 'ENOSPC',
      syscall: 'statfs',
    });
  }
  db.exec('VACUUM');
  return room.databaseBytes - vacuumRoom(db, paths.database).databaseBytes;
}
