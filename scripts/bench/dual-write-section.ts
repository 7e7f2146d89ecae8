/**
 * What the hook's script does for an event once it runs: both stores opened, written and closed.
 * Measured in processes of their own: a drainer's first event meets code that was never run.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { OpenSqlite } from '../../src-core/store/driver.ts';
import { nodeSqlite } from '../../src-core/store/node-sqlite.ts';
import { openForReading } from '../../src-core/store/open.ts';
import { type InstalledHome, makeInstalledHome } from './installed-home.ts';
import { interleave } from './interleave.ts';
import { type BenchRow, figure, type GoalSpec, note, type Section } from './section.ts';

const run = promisify(execFile);
const EVENTS = 10_000;
const PROCESSES = 20;
const WARM_DRAINS = 8;
const BURST = 100;
const GOALS: readonly GoalSpec[] = [
  { of: 'p50', most: 3 },
  { of: 'p95', most: 8 },
];

/** The section. */
export const dualWriteSection: Section = {
  title: 'Dual write inside the script, per event: lock, open, write both stores, close',
  run: async () => {
    const home = await makeInstalledHome(EVENTS);
    try {
      return await measure(home);
    } finally {
      await home.remove();
    }
  },
};

async function measure(home: InstalledHome): Promise<BenchRow[]> {
  const warm: number[] = [];
  const bare: number[] = [];
  const samples = await interleave(PROCESSES, {
    first: async () => {
      const { drains, bareMs } = await drainInProcess(home, 1, 1 + WARM_DRAINS);
      warm.push(...drains.slice(1));
      bare.push(bareMs);
      return drains[0] ?? Number.NaN;
    },
    burst: async () => ((await drainInProcess(home, BURST, 1)).drains[0] ?? Number.NaN) / BURST,
    besideApp: async () => {
      const reader = openReader(home);
      try {
        return (await drainInProcess(home, 1, 1)).drains[0] ?? Number.NaN;
      } finally {
        reader.close();
      }
    },
  });
  // The first round only warmed up.
  const yardstick = { name: 'bare', samples: bare.slice(1) };
  const row = (what: string, values: readonly number[]): BenchRow =>
    figure(what, { unit: 'ms', samples: values, yardstick, goals: GOALS });
  return [
    figure('yardstick (bare): open SQLite, insert a row, append a line, close', {
      unit: 'ms',
      samples: yardstick.samples,
    }),
    row('1 entry, the first of a process', samples.first),
    row('1 entry, the first, while the app has the database open', samples.besideApp),
    row('1 entry, later in the same process, the stores held open', warm.slice(WARM_DRAINS)),
    row(`${BURST} entries at once, per event`, samples.burst),
    note(`a database of ${EVENTS.toLocaleString('en-US')} events; payloads of 2 kB; node:sqlite`),
  ];
}

interface Drained {
  /** Milliseconds of each drain. */
  readonly drains: readonly number[];
  /** Milliseconds of the least that a dual write can be, in the same process, afterwards. */
  readonly bareMs: number;
}

/** Drains in a fresh process. */
async function drainInProcess(
  { paths, env }: InstalledHome,
  entries: number,
  drains: number,
): Promise<Drained> {
  const program = fileURLToPath(new URL('./dual-write-run.ts', import.meta.url));
  const args = [program, paths.home, String(entries), String(drains)];
  const { stdout } = await run(process.execPath, args, { env });
  return JSON.parse(stdout) as Drained;
}

/** A connection as the app holds it: with it the drainer's is not the last one to close. */
function openReader({ paths }: InstalledHome): { close(): void } {
  const open = nodeSqlite() as OpenSqlite;
  const db = openForReading({ path: paths.database, open, busyMs: 1000, now: Date.now() });
  if (db === null) throw new Error('there is no database to read');
  db.prepare('SELECT 1 FROM hookline_event LIMIT 1').get();
  return db;
}
