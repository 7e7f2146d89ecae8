/**
 * One run of the bridge, with nothing new and with some new events, as the app does it each minute
 * and as the command does it; beside it what merely parsing the largest JSONL file costs.
 */
import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { promisify } from 'node:util';
import { systemClock } from '../../src-core/base/clock.ts';
import type { RefreshReport } from '../../src-core/contract/views.ts';
import { readLines } from '../../src-core/journal/read.ts';
import { refresh } from '../../src-main/bridge/refresh.ts';
import { chooseSqlite } from '../../src-main/engine/open-sqlite.ts';
import { builtFile } from '../demo/built.ts';
import { type InstalledHome, makeInstalledHome } from './installed-home.ts';
import { interleave } from './interleave.ts';
import { makePayload } from './payload.ts';
import { type BenchRow, figure, note, type Section } from './section.ts';
import { putIntoSpool } from './spool-entry.ts';

const run = promisify(execFile);
const USUAL = { events: 10_000, rounds: 15 };
const BIG = { events: 1_000_000, rounds: 5 };
const NEW_EVENTS = 100;

/** The section. */
export const refreshSection: Section = {
  title: 'Refresh',
  run: async ({ isBig, say }) => {
    const rows = await measureAt(USUAL);
    if (!isBig) return [...rows, note('at a million events: npm run bench -- --big')];
    say('a history of a million events takes minutes');
    return [...rows, ...(await measureAt(BIG))];
  },
};

async function measureAt({ events, rounds }: typeof USUAL): Promise<BenchRow[]> {
  const home = await makeInstalledHome(events);
  try {
    return await measure(home, rounds, `${events.toLocaleString('en-US')} events`);
  } finally {
    await home.remove();
  }
}

async function measure(home: InstalledHome, rounds: number, at: string): Promise<BenchRow[]> {
  const { paths } = home;
  const parsing = (): number => timed(() => parseAll(paths.journals.toolUsage));
  const fresh = async (work: () => Promise<RefreshReport>): Promise<number> => {
    for (let i = 0; i < NEW_EVENTS; i++) putIntoSpool(paths, makePayload(2048).text);
    return timedRefresh(work, NEW_EVENTS);
  };
  const idle = await interleave(rounds, {
    parsing,
    node: () => timedAsync(() => run(process.execPath, ['-e', '0'], { env: home.env })),
    inside: () => timedRefresh(() => refreshInside(home), 0),
    command: () => timedRefresh(() => refreshByCommand(home), 0),
  });
  const busy = await interleave(rounds, {
    parsing,
    inside: () => fresh(() => refreshInside(home)),
    command: () => fresh(() => refreshByCommand(home)),
  });
  const parse = { name: 'parsing', samples: idle.parsing };
  const node = { name: 'node -e 0', samples: idle.node };
  const parseBusy = { name: 'parsing', samples: busy.parsing };
  return [
    figure(`yardstick: read and JSON.parse tool-usage.jsonl, ${at}`, {
      unit: 'ms',
      samples: idle.parsing,
    }),
    figure(`nothing new, in the app, ${at}`, {
      unit: 'ms',
      samples: idle.inside,
      yardstick: parse,
    }),
    figure(`nothing new, as a command, ${at}`, {
      unit: 'ms',
      samples: idle.command,
      yardstick: node,
    }),
    figure(`${NEW_EVENTS} new, in the app, ${at}`, {
      unit: 'ms',
      samples: busy.inside,
      yardstick: parseBusy,
    }),
    figure(`${NEW_EVENTS} new, as a command, ${at}`, {
      unit: 'ms',
      samples: busy.command,
      yardstick: parseBusy,
    }),
    note(describeFile(paths.journals.toolUsage)),
  ];
}

async function refreshInside({ paths }: InstalledHome): Promise<RefreshReport> {
  const open = chooseSqlite(undefined);
  if (open === null) throw new Error('this Node has no SQLite');
  return refresh({ paths, open, clock: systemClock, waitMs: 1000 });
}

async function refreshByCommand({ env }: InstalledHome): Promise<RefreshReport> {
  const args = [builtFile('cli', 'hookline.js'), 'refresh', '--json'];
  const { stdout } = await run(process.execPath, args, { env });
  return JSON.parse(stdout) as RefreshReport;
}

/** Times a run and makes sure that it did what it was to do. */
async function timedRefresh(work: () => Promise<RefreshReport>, events: number): Promise<number> {
  let report: RefreshReport | null = null;
  const tookMs = await timedAsync(async () => {
    report = await work();
  });
  const { drained, drift, ok } = report ?? { drained: 0, drift: null, ok: false };
  if (!ok || drift !== 0 || drained !== events) {
    throw new Error(`a refresh did something else: ${JSON.stringify(report)}`);
  }
  return tookMs;
}

function timed(work: () => void): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

async function timedAsync(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Line by line: a file of some millions of lines is longer than a string can be. */
function parseAll(path: string): void {
  for (const { bytes } of readLines(path)) JSON.parse(bytes.toString('utf8'));
}

function describeFile(path: string): string {
  const { size } = statSync(path);
  let lines = 0;
  for (const _line of readLines(path)) lines++;
  const megabytes = (size / 1e6).toFixed(1);
  return `tool-usage.jsonl: ${lines.toLocaleString('en-US')} lines, ${megabytes} MB, ${Math.round(size / lines)} bytes a line`;
}
