/**
 * The engine at work: the bridge each minute, and a word to whoever shows figures as soon as there
 * are new ones. Nothing is polled: the spool's folder tells when a drainer has stored an event,
 * since it removes the entry last.
 */
import { dirname } from 'node:path';
import type { Logger } from '../../src-core/base/logger.ts';
import type { RefreshReport } from '../../src-core/contract/views.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { isLockHeld } from '../../src-core/lock/lock.ts';
import { listSpool } from '../../src-core/spool/entry.ts';
import type { MaintenanceJob } from '../maintain/maintenance-job.ts';
import { startTicker } from '../schedule/ticker.ts';
import { watchFolders } from '../schedule/watch.ts';
import type { TranscriptJob } from '../transcripts/job.ts';
import type { Upkeep } from '../upkeep/upkeep.ts';
import type { Engine } from './engine.ts';

const TICK_MS = 60_000;
/** Changes of the file system come in bursts; one look after this serves them all. */
const SETTLE_MS = 10;
/** An entry that nobody drained for this long has no runtime: then this program drains it. */
const ORPHANED_MS = 1500;

/** A working engine. */
export interface Service {
  /**
   * One run now; null where nothing is installed.
   * @throws what the run threw
   */
  refresh(): Promise<RefreshReport | null>;
  /** Tells whoever shows figures that something changed of which the stores know nothing. */
  announce(): void;
  /** After sleep the clock has jumped and the timers are late: look at once. */
  wake(): void;
  stop(): Promise<void>;
}

/** What the service needs. */
export interface ServiceOptions {
  readonly engine: Engine;
  readonly paths: Paths;
  readonly log: Logger;
  /** What is done for the hook once a day. */
  readonly upkeep?: Upkeep;
  /** Reads Claude's own transcripts, after each run of the bridge. */
  readonly transcripts?: TranscriptJob;
  /** What keeps the record small, once a week. */
  readonly maintenance?: MaintenanceJob;
  /** Called when there may be something new to show. */
  readonly onChanged: () => void;
}

/** How the last run ended. */
interface Outcome {
  readonly report: RefreshReport | null;
  readonly error: Error | null;
}

/** Equal texts for equal troubles. */
function troublesOf({ report, error }: Outcome): string {
  return JSON.stringify([error?.message ?? null, report?.unreachable ?? []]);
}

/** Starts the work; the first run begins at once. */
export function startService(options: ServiceOptions): Service {
  const { engine, paths, log, upkeep, transcripts, maintenance, onChanged } = options;
  let last: Outcome = { report: null, error: null };
  let revision = engine.revision();
  let isStopped = false;
  let keepingUp: Promise<unknown> = Promise.resolve();
  let settling: NodeJS.Timeout | undefined;
  let orphaned: NodeJS.Timeout | undefined;

  const ticker = startTicker({
    everyMs: TICK_MS,
    log,
    job: async () => {
      folders.rearm();
      const before = { revision: engine.revision(), troubles: troublesOf(last) };
      last = await engine.refresh().then(
        (report) => ({ report, error: null }),
        (error: Error) => ({ report: null, error }),
      );
      folders.rearm();
      for (const { store, reason } of last.report?.unreachable ?? [])
        log.warn('bridge', `${store}: ${reason}`);
      revision = engine.revision();
      // Trouble that ends is news as well, though no event tells of it.
      if (revision !== before.revision || troublesOf(last) !== before.troubles) onChanged();
      // Nobody who asks for a refresh waits for these.
      const isDone = [upkeep?.(), readTranscripts(last), maintain(last)];
      keepingUp = Promise.all([
        keepingUp,
        ...isDone.map((done) => done?.then((is) => is && !isStopped && onChanged())),
      ]);
      if (last.error !== null) throw last.error;
    },
  });

  /** What a transcript tells is held against both stores, so both must have been reached. */
  const readTranscripts = ({ report }: Outcome): Promise<boolean> | undefined =>
    report?.ok === true ? transcripts?.tick() : undefined;
  /** Nothing is moved while a store is out of reach. */
  const maintain = ({ report }: Outcome): Promise<boolean> | undefined =>
    report?.ok === true ? maintenance?.() : undefined;
  /** Nobody waits for what a timer does, so nobody else would hear of its failure. */
  const guarded = (what: string, work: () => void) => (): void => {
    try {
      work();
    } catch (error) {
      log.error('engine', what, error);
    }
  };
  const look = guarded('looking for news', () => {
    settling = undefined;
    const now = engine.revision();
    if (now !== revision) {
      revision = now;
      onChanged();
    }
    if (orphaned === undefined && listSpool(paths.spool).length > 0) {
      orphaned = setTimeout(drainOrphans, ORPHANED_MS);
    }
  });
  const drainOrphans = guarded('looking into the spool', () => {
    orphaned = undefined;
    if (listSpool(paths.spool).length === 0 || isLockHeld(paths)) return;
    ticker.runNow().catch(() => undefined);
  });
  const storage = dirname(paths.database);
  const folders = watchFolders([paths.spool, paths.own, paths.claude, storage], (folder) => {
    // settings.json and the hook's own folder decide whether anything is captured at all.
    if (folder === paths.claude) {
      folders.rearm();
      revision = '';
    }
    settling ??= setTimeout(look, SETTLE_MS);
  });

  const runNow = (): void => {
    ticker.runNow().catch(() => undefined);
  };
  runNow();
  return {
    refresh: async () => {
      await ticker.runNow();
      if (last.error !== null) throw last.error;
      return last.report;
    },
    announce: () => {
      revision = engine.revision();
      onChanged();
    },
    wake: runNow,
    stop: async () => {
      isStopped = true;
      clearTimeout(settling);
      clearTimeout(orphaned);
      folders.stop();
      await ticker.stop();
      await transcripts?.stop();
      await keepingUp;
      engine.close();
    },
  };
}
