/**
 * One run of the bridge alone (without statistics) in a process of its own, in a worker thread as the
 * app has it: `node run.ts <home> [drain]` prints how long it took, and what it took of the machine.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { createRedactor } from '../../../src-core/event/redact.ts';
import { createPaths } from '../../../src-core/files/paths.ts';
import { openStore } from '../../../src-core/store/open.ts';
import { type BridgeReport, runBridge } from '../../../src-main/bridge/bridge.ts';
import { buildStore } from '../../../src-main/bridge/build-store.ts';
import { drainAll } from '../../../src-main/bridge/drain-all.ts';
import { readStatus, storeStamp, writeStatus } from '../../../src-main/bridge/status.ts';
import { ENGINE_LIMITS } from '../../../src-main/engine/client.ts';
import { chooseSqlite } from '../../../src-main/engine/open-sqlite.ts';

/** What a run took. */
export interface BridgeRun {
  readonly tookMs: number;
  /** Processor time of the whole process, its start included. */
  readonly cpuMs: number;
  /** The most memory that the process ever held. */
  readonly rssMb: number;
  /** Delay of the main thread's loop meanwhile: 99th percentile. */
  readonly loopP99Ms: number;
  readonly report: Pick<BridgeReport, 'healedToSqlite' | 'healedToJsonl' | 'drift'>;
}

type Told = Pick<BridgeRun, 'tookMs' | 'report'>;

const redactor = createRedactor(() => '0'.repeat(64));
const LOOP_RESOLUTION_MS = 1;

function bridgeOnce(home: string, isDrained: boolean): Told {
  const paths = createPaths({ home });
  const open = chooseSqlite(undefined);
  if (open === null) throw new Error('this Node has no SQLite');
  const now = Date.now();
  const store = { path: paths.database, open, busyMs: 5000, now };
  if (isDrained) {
    const db = openStore(store);
    const key = Buffer.alloc(32);
    drainAll({ paths, clock: { now: Date.now } }, { db, key, redactor, isAfterCrash: false });
    db.close();
  }
  const startedAt = performance.now();
  const before = readStatus(paths);
  const isStoreUntouched = before?.store === storeStamp(paths);
  const rebuilt = buildStore({ paths, open, redactor, now }) ?? 0;
  const db = openStore(store);
  db.exec('PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 8000');
  const { healedToSqlite, healedToJsonl, drift } = runBridge({
    paths,
    db,
    redactor,
    now,
    isStoreUntouched,
  });
  db.close();
  const report = { healedToSqlite: healedToSqlite + rebuilt, healedToJsonl, drift };
  writeStatus(paths, {
    checkedAt: now,
    failingSinceAt: null,
    store: storeStamp(paths),
    report: {
      ...report,
      ok: true,
      drained: 0,
      duplicates: 0,
      quarantined: 0,
      statsWritten: [],
      unreachable: [],
      durationMs: 0,
    },
  });
  return { tookMs: performance.now() - startedAt, report };
}

function main(): void {
  const [home = '', drain] = process.argv.slice(2);
  const loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  const worker = new Worker(new URL(import.meta.url), {
    workerData: { home, isDrained: drain === 'drain' },
    resourceLimits: ENGINE_LIMITS,
  });
  worker.once('online', () => loop.enable());
  worker.once('message', (told: Told) => {
    loop.disable();
    const { user, system } = process.cpuUsage();
    const run: BridgeRun = {
      ...told,
      cpuMs: (user + system) / 1000,
      rssMb: process.resourceUsage().maxRSS / 1024,
      loopP99Ms: loop.percentile(99) / 1e6,
    };
    console.log(JSON.stringify(run));
  });
}

if (!isMainThread) {
  const { home, isDrained } = workerData as { home: string; isDrained: boolean };
  parentPort?.postMessage(bridgeOnce(home, isDrained));
} else if (import.meta.main) main();
