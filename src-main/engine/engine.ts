/**
 * The engine: all that the program does with the record, without windows. The app runs it beside
 * its windows, the command line runs it alone.
 */
import { existsSync, statSync } from 'node:fs';
import type { Clock } from '../../src-core/base/clock.ts';
import type {
  GlanceView,
  HealthLine,
  HealthView,
  OverviewView,
  RangeDays,
  RecordSegment,
  RefreshReport,
} from '../../src-core/contract/views.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { readSettings } from '../../src-core/settings/settings.ts';
import type { OpenSqlite, ReadableDb, Row } from '../../src-core/store/driver.ts';
import { openForReading } from '../../src-core/store/open.ts';
import { toStoreError } from '../../src-core/store/store-error.ts';
import { refresh } from '../bridge/refresh.ts';
import { pauseCapture, resumeCapture } from '../capture/pause.ts';
import { createImporter } from '../import/importer.ts';
import type { OldTotals } from '../import/totals.ts';
import { createZone, machineZone, type Zone } from '../stats/zone.ts';
import { runningClients } from '../views/clients.ts';
import { glanceView } from '../views/glance.ts';
import { type HealthInput, healthLine, healthView } from '../views/health.ts';
import { readHookState } from '../views/hook-state.ts';
import { overviewView } from '../views/overview.ts';
import { recordBreaks } from '../views/record.ts';

const READ_BUSY_MS = 1000;
const REFRESH_WAIT_MS = 30_000;

/** What the engine works with. */
export interface EngineOptions {
  readonly paths: Paths;
  readonly open: OpenSqlite;
  readonly clock: Clock;
}

/** What every view is drawn from. `db` is null before the first event. */
export interface ViewInput extends HealthInput {
  readonly health: HealthLine;
  /** Where capture was not at work, oldest first. */
  readonly breaks: readonly RecordSegment[];
  /** Sessions whose client runs. */
  readonly clients: ReadonlySet<string>;
}

/** The engine. Reading never writes; before install, nothing does. */
export interface Engine {
  readGlance(): GlanceView;
  readOverview(days: RangeDays): OverviewView;
  /** Gives a view what it is drawn from. */
  view<T>(draw: (input: ViewInput) => T): T;
  readHealth(): HealthView;
  /** One run of the bridge, or null where nothing is installed and nothing may be written. */
  refresh(): Promise<RefreshReport | null>;
  /**
   * Begins or ends a pause of capture; false when it was so already.
   * @throws where the hook is not installed, and the system's error when it cannot be done
   */
  setPaused(isPaused: boolean): boolean;
  /** A value that changes when somebody wrote into the database, changed a setting, or paused capture. */
  revision(): string;
  close(): void;
}

/** Builds the engine; opens nothing until it is asked. */
export function createEngine({ paths, open, clock }: EngineOptions): Engine {
  const reader = createReader({ paths, open, clock });
  const importer = createImporter({ paths, open, clock });
  let old: OldTotals | null = null;
  const zone = createZoneReader(paths);
  const input = (): HealthInput => ({
    paths,
    now: clock.now(),
    zone: zone(),
    old,
    ...reader.read(),
  });
  const view = <T>(draw: (from: ViewInput) => T): T => {
    const health = input();
    return draw({
      ...health,
      breaks: recordBreaks(paths, health.now),
      clients: runningClients(paths),
      health: healthLine(health),
    });
  };
  return {
    readGlance: () => view(glanceView),
    readOverview: (days) => view((from) => overviewView({ ...from, days })),
    view,
    readHealth: () => healthView(input()),
    refresh: async () => {
      if (!readHookState(paths).hasLauncher) return null;
      return refresh({
        paths,
        open,
        clock,
        waitMs: REFRESH_WAIT_MS,
        countOld: (db) => {
          old = importer.count(db);
          return old;
        },
      });
    },
    setPaused: (isPaused) => {
      if (!readHookState(paths).hasLauncher)
        throw new Error('The hook is not installed, so there is nothing to pause.');
      return isPaused ? pauseCapture(paths, clock.now()) : resumeCapture(paths, clock.now());
    },
    revision: () => {
      const { db } = reader.read();
      const chosen = statSync(paths.settings, { throwIfNoEntry: false })?.mtimeMs ?? 0;
      const choices = `${existsSync(paths.pauseMarker) ? ' paused' : ''} ${chosen}`;
      if (db === null) return `none${choices}`;
      const row = db.prepare('PRAGMA data_version').get() as Row;
      return `${reader.inode()}/${row.data_version}${choices}`;
    },
    close: () => reader.close(),
  };
}

interface Reading {
  readonly db: ReadableDb | null;
  readonly dataAt: number;
  readonly readError: string | null;
}

interface Reader {
  read(): Reading;
  /** Which file is open. */
  inode(): string | null;
  close(): void;
}

/** Keeps one connection for reading, and opens another when the file was replaced. */
function createReader({ paths, open, clock }: EngineOptions): Reader {
  let db: ReadableDb | null = null;
  let inode: string | null = null;
  let dataAt = clock.now();
  const reopen = (present: string | null): void => {
    db?.close();
    db = null;
    inode = present;
    if (present === null) return;
    db = openForReading({ path: paths.database, open, busyMs: READ_BUSY_MS, now: clock.now() });
    // A file that has no tables of ours yet is asked again next time.
    if (db === null) inode = null;
  };
  return {
    read: () => {
      try {
        // Even reading leaves files beside a database, so nobody's but ours is opened.
        const present = isOurs(paths) ? inodeOf(paths.database) : null;
        if (present !== inode || db === null) reopen(present);
        // A query tells what opening does not: a file that is no database, or one that is locked.
        db?.prepare('SELECT 1 FROM hookline_event LIMIT 1').get();
        dataAt = clock.now();
        return { db, dataAt, readError: null };
      } catch (error) {
        const { kind, message } = toStoreError(error);
        inode = null;
        return { db: null, dataAt, readError: `${kind}: ${message}` };
      }
    },
    inode: () => inode,
    close: () => {
      db?.close();
      db = null;
      inode = null;
    },
  };
}

/** True once the hook was installed here: before that there is no record, and nothing may be written. */
function isOurs(paths: Paths): boolean {
  return existsSync(paths.own) || existsSync(paths.launcher);
}

function inodeOf(path: string): string | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? null : `${stat.dev}:${stat.ino}`;
}

/** The chosen zone; building one is costly, so it is kept while the choice stays. */
function createZoneReader(paths: Paths): () => Zone {
  let zone: Zone | null = null;
  return () => {
    const name = readSettings(paths.settings).settings.timeZone ?? machineZone();
    if (zone?.name !== name) zone = createZone(name);
    return zone;
  };
}
