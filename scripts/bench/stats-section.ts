/**
 * The statistics: publishing with nothing new, with new events, from scratch; and the queries of the
 * dashboard. Beside them the way without sums: parsing tool-usage.jsonl and folding all of it.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { eventOfRecord } from '../../src-core/event/record.ts';
import { readLines } from '../../src-core/journal/read.ts';
import { transaction, type WritableDb } from '../../src-core/store/driver.ts';
import { createEventWriter } from '../../src-core/store/events.ts';
import { openStore } from '../../src-core/store/open.ts';
import { chooseSqlite } from '../../src-main/engine/open-sqlite.ts';
import { foldFlow, newFlowFold, windowsOf } from '../../src-main/stats/flow-fold.ts';
import { publishStats } from '../../src-main/stats/publish.ts';
import { subjectOf } from '../../src-main/stats/shell/subject.ts';
import { createZone } from '../../src-main/stats/zone.ts';
import { glanceView } from '../../src-main/views/glance.ts';
import { overviewView } from '../../src-main/views/overview.ts';
import { type InstalledHome, makeInstalledHome } from './installed-home.ts';
import { interleave } from './interleave.ts';
import { type BenchRow, figure, note, type Section } from './section.ts';
import { callNumber, plainHealth, rebuildProgram, widen } from './stats-record.ts';

const run = promisify(execFile);
const USUAL = { events: 10_000, rounds: 15 };
const BIG = { events: 1_000_000, rounds: 9 };
const NEW_EVENTS = 100;
const TIME_ZONE = 'Europe/Berlin';
const DAYS = [1, 7, 30, 90, 0] as const;

/** The section. */
export const statsSection: Section = {
  title: 'Statistics',
  run: async ({ isBig, say }) => {
    const rows = await measureAt(USUAL);
    if (!isBig) return [...rows, note('at a million events: npm run bench -- --big')];
    say('a history of a million events takes minutes');
    return [...rows, ...(await measureAt(BIG))];
  },
};

async function measureAt({ events, rounds }: typeof USUAL): Promise<BenchRow[]> {
  const home = await makeInstalledHome(events);
  const open = chooseSqlite(undefined);
  if (open === null) throw new Error('this Node has no SQLite');
  const options = { path: home.paths.database, open, busyMs: 1000, now: Date.now() };
  const db = openStore(options);
  db.exec('PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8000');
  try {
    const at = `${events.toLocaleString('en-US')} events`;
    const rows = [
      ...(await measureRebuild(home, at)),
      ...(await measurePublishing(home, db, { at, rounds })),
      ...(await measureViews(db, { at, rounds })),
    ];
    if (events < BIG.events) return rows;
    widen(db);
    const wide = `sums of ten times the events (made in the tables), ${at}`;
    return [
      ...rows,
      ...(await measurePublishing(home, db, { at: wide, rounds, mostMs: 100 })),
      ...(await measureViews(db, { at: wide, rounds })),
    ];
  } finally {
    db.close();
    await home.remove();
  }
}

interface At {
  readonly at: string;
  readonly rounds: number;
  /** Goal for a publication with new events. */
  readonly mostMs?: number;
}

async function measurePublishing(
  { paths }: InstalledHome,
  db: WritableDb,
  { at, rounds, mostMs = 60 }: At,
): Promise<BenchRow[]> {
  const publish = (): number =>
    timed(() => publishStats({ paths, db, now: Date.now(), timeZone: TIME_ZONE }));
  publish();
  const samples = await interleave(rounds, {
    folding: () => timed(() => foldWhole(paths.journals.toolUsage)),
    idle: publish,
    fresh: () => {
      addCalls(db);
      return publish();
    },
  });
  const yardstick = { name: 'folding', samples: samples.folding };
  return [
    figure(`yardstick: parse tool-usage.jsonl and fold all of it, ${at}`, {
      unit: 'ms',
      samples: samples.folding,
    }),
    figure(`publish with nothing new, ${at}`, {
      unit: 'ms',
      samples: samples.idle,
      yardstick,
      goals: [{ of: 'p50', most: 10 }],
    }),
    figure(`publish with ${NEW_EVENTS} new, ${at}`, {
      unit: 'ms',
      samples: samples.fresh,
      yardstick,
      goals: [{ of: 'p50', most: mostMs }],
    }),
  ];
}

/** In a process of its own, whose memory can be told. */
async function measureRebuild({ paths }: InstalledHome, at: string): Promise<BenchRow[]> {
  const args = ['--input-type=module-typescript', '-e', rebuildProgram(paths.database, TIME_ZONE)];
  const { stdout } = await run(process.execPath, args, { cwd: import.meta.dirname });
  const { tookMs, cpuMs, rssMb } = JSON.parse(stdout) as Record<string, number>;
  return [
    figure(`all sums from scratch, ${at}`, {
      unit: 'ms',
      samples: [tookMs ?? Number.NaN],
      goals: [{ of: 'p50', most: 10_000 }],
    }),
    figure(`all sums from scratch, processor time, ${at}`, {
      unit: 'ms',
      samples: [cpuMs ?? Number.NaN],
    }),
    figure(`all sums from scratch, memory, ${at}`, {
      unit: 'MB',
      samples: [rssMb ?? Number.NaN],
      goals: [{ of: 'p50', most: 300 }],
    }),
  ];
}

async function measureViews(db: WritableDb, { at, rounds }: At): Promise<BenchRow[]> {
  const zone = createZone(TIME_ZONE);
  const view = () => ({ db, zone, now: Date.now(), health: plainHealth(Date.now()) });
  const queries: Record<string, () => number> = {
    glance: () => timed(() => glanceView(view())),
  };
  for (const days of DAYS)
    queries[days === 0 ? 'overview of all' : `overview of ${days} days`] = () =>
      timed(() => overviewView({ ...view(), days }));
  const samples = await interleave(rounds, queries);
  return Object.entries(samples).map(([name, taken]) =>
    figure(`${name}, ${at}`, {
      unit: 'ms',
      samples: taken,
      goals: [{ of: 'p95', most: 50 }],
    }),
  );
}

function addCalls(db: WritableDb): void {
  const writer = createEventWriter(db);
  transaction(db, () => {
    for (let i = 0; i < NEW_EVENTS; i++) writer.insert(callNumber(i), 'direct');
  });
}

/** What publishing would cost without sums, in its parts that matter most. */
function foldWhole(path: string): void {
  const programs = new Map<string, number>();
  const flow = newFlowFold();
  for (const { bytes } of readLines(path)) {
    const event = eventOfRecord(JSON.parse(bytes.toString('utf8')));
    if (event === null) continue;
    if (event.command !== null) {
      const { program } = subjectOf(event.command);
      programs.set(program, (programs.get(program) ?? 0) + 1);
    }
    foldFlow(flow, [{ ...event, asksPermission: false }]);
  }
  windowsOf(flow);
}

function timed(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}
