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
import { startTicker } from '../schedule/ticker.ts';
import { watchFolders } from '../schedule/watch.ts';
import type { Engine } from './engine.ts';

const TICK_MS = 60_000;
/** Changes of the file system come in bursts; one look after this serves them all. */
const SETTLE_MS = 10;
/** An entry that nobody drained for this long has no runtime: then this program drains it. */
const ORPHANED_MS = 1500;

/** A working engine. */
export interface Service {
  /** One run now; null where nothing is installed. */
  refresh(): Promise<RefreshReport | null>;
  /** After sleep the clock has jumped and the timers are late: look at once. */
  wake(): void;
  stop(): Promise<void>;
}

/** What the service needs. */
export interface ServiceOptions {
  readonly engine: Engine;
  readonly paths: Paths;
  readonly log: Logger;
  /** Called when there may be something new to show. */
  readonly onChanged: () => void;
}

/** Starts the work; the first run begins at once. */
export function startService({ engine, paths, log, onChanged }: ServiceOptions): Service {
  let report: RefreshReport | null = null;
  let revision = engine.revision();
  let settling: NodeJS.Timeout | undefined;
  let orphaned: NodeJS.Timeout | undefined;

  const ticker = startTicker({
    everyMs: TICK_MS,
    log,
    job: async () => {
      folders.rearm();
      const before = engine.revision();
      report = await engine.refresh();
      folders.rearm();
      for (const { store, reason } of report?.unreachable ?? [])
        log.warn('bridge', `${store}: ${reason}`);
      revision = engine.revision();
      if (revision !== before || report?.ok === false) onChanged();
    },
  });

  const look = (): void => {
    settling = undefined;
    const now = engine.revision();
    if (now !== revision) {
      revision = now;
      onChanged();
    }
    if (orphaned === undefined && listSpool(paths.spool).length > 0) {
      orphaned = setTimeout(drainOrphans, ORPHANED_MS);
    }
  };
  const drainOrphans = (): void => {
    orphaned = undefined;
    if (listSpool(paths.spool).length === 0 || isLockHeld(paths)) return;
    ticker.runNow().catch(() => undefined);
  };
  const storage = dirname(paths.database);
  const folders = watchFolders([paths.spool, paths.claude, storage], (folder) => {
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
      return report;
    },
    wake: runNow,
    stop: async () => {
      clearTimeout(settling);
      clearTimeout(orphaned);
      folders.stop();
      await ticker.stop();
      engine.close();
    },
  };
}
