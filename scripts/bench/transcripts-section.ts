/**
 * Transcripts: a cold backfill of a month of them with the large lines of requests, and a look at
 * files in which nothing is new; beside them what merely reading and parsing the same files costs.
 * Speeds are of processor time, which another program on the same core does not change; the wall's
 * is told beside them.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { systemClock } from '../../src-core/base/clock.ts';
import { silentLogger } from '../../src-core/base/logger.ts';
import { createPaths, type Paths } from '../../src-core/files/paths.ts';
import { readLines } from '../../src-core/journal/read.ts';
import { chooseSqlite } from '../../src-main/engine/open-sqlite.ts';
import { type Backfiller, createBackfiller } from '../../src-main/transcripts/backfiller.ts';
import { listTranscripts } from '../../src-main/transcripts/files.ts';
import { makeHistory } from '../make-history.ts';
import { interleave } from './interleave.ts';
import { type BenchRow, figure, note, type Section } from './section.ts';
import type { TranscriptsRun } from './transcripts-run.ts';

const USUAL = { events: 12_000, rounds: 5 };
/** About a gigabyte. */
const BIG = { events: 62_000, rounds: 2 };
const FILES = 1000;
const LEAST_SPEED = 120;
/** What a megabyte may take at that speed. */
const MOST_MS = Math.floor(10_000 / LEAST_SPEED) / 10;
const MOST_MEMORY = 250;
const run = promisify(execFile);
const RUN = join(import.meta.dirname, 'transcripts-run.ts');
const MB = 1_000_000;

/** The section. */
export const transcriptsSection: Section = {
  title: 'Transcripts',
  run: async ({ isBig, say }) => {
    if (isBig) say('a gigabyte of transcripts takes minutes');
    const cold = await withHome((paths) => measureCold(paths, isBig ? BIG : USUAL));
    return [...cold, ...(await withHome(measureIdle))];
  },
};

async function withHome<T>(work: (paths: Paths) => Promise<T>): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), 'hookline-bench-transcripts-'));
  try {
    return await work(createPaths({ home }));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function measureCold(paths: Paths, { events, rounds }: typeof USUAL): Promise<BenchRow[]> {
  const days = Math.ceil(events / 450);
  const untilAt = Date.parse('2026-11-20T00:00:00Z');
  makeHistory({
    home: paths.home,
    seed: 'bench',
    days,
    events,
    untilAt,
    isLive: false,
    transcripts: 'full',
  });
  const size = sizeOf(paths);
  const runs: TranscriptsRun[] = [];
  const costs = await interleave(rounds, {
    parsing: async () => (await runOnce(paths, 'parse')).cpuMs / size.megabytes,
    backfill: async () => {
      forgetAll(paths);
      const run = await runOnce(paths, 'backfill');
      if (run.events < events / 2) throw new Error(`took over ${run.events} of ${events} events`);
      runs.push(run);
      return run.cpuMs / size.megabytes;
    },
  });
  const yardstick = { name: 'parsing', samples: costs.parsing };
  const perMb = runs.map(({ wallMs }) => wallMs / size.megabytes);
  return [
    figure('yardstick: read and JSON.parse each line, processor, for 1 MB', {
      unit: 'ms',
      samples: costs.parsing,
    }),
    figure('cold backfill, processor, for 1 MB', {
      unit: 'ms',
      samples: costs.backfill,
      yardstick,
      goals: [{ of: 'p50', most: MOST_MS }],
    }),
    figure('cold backfill, on the wall, for 1 MB', { unit: 'ms', samples: perMb }),
    figure('processor time of one turn of its thread (p99)', {
      unit: 'ms',
      samples: runs.map(({ turnMs }) => turnMs),
    }),
    figure('until its thread gives others a turn (p99)', {
      unit: 'ms',
      samples: runs.map(({ delayMs }) => delayMs),
      goals: [{ of: 'p50', most: 50 }],
    }),
    figure('memory at its most', {
      unit: 'MB',
      samples: runs.map(({ memoryMb }) => memoryMb),
      goals: [{ of: 'p50', most: MOST_MEMORY }],
    }),
    note(
      `${size.files} files, ${size.megabytes.toFixed(0)} MB, ${size.lines.toLocaleString('en-US')} lines of ${Math.round((size.megabytes * MB) / size.lines)} bytes, ${(runs[0]?.events ?? 0).toLocaleString('en-US')} events; ${LEAST_SPEED} MB/s are ${MOST_MS} ms for 1 MB`,
    ),
  ];
}

async function runOnce({ home }: Paths, what: 'parse' | 'backfill'): Promise<TranscriptsRun> {
  const { stdout } = await run(process.execPath, [RUN, home, what]);
  return JSON.parse(stdout) as TranscriptsRun;
}

async function measureIdle(paths: Paths): Promise<BenchRow[]> {
  const at = new Date(Date.parse('2026-11-01T00:00:00Z')).toISOString();
  for (let i = 0; i < FILES; i++) {
    const folder = join(paths.projects, `-Users-dev-${i % 20}`);
    const sessionId = `${String(i).padStart(8, '0')}-aaaa-4bbb-8ccc-000000000000`;
    const use = { type: 'tool_use', id: `toolu_${i}`, name: 'Read', input: {} };
    const line = { type: 'assistant', sessionId, timestamp: at, message: { content: [use] } };
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${sessionId}.jsonl`), `${JSON.stringify(line)}\n`);
  }
  forgetAll(paths);
  const backfiller = backfillerOf(paths);
  await backfiller.run({ origin: 'asked' });
  const walls = await interleave(15, {
    idle: () => wallOf(() => backfiller.run({ origin: 'auto' })),
    audit: () => wallOf(() => backfiller.audit()),
  });
  return [
    figure(`nothing new in ${FILES} files`, {
      unit: 'ms',
      samples: walls.idle,
      goals: [{ of: 'p50', most: 30 }],
    }),
    figure(`audit of ${FILES} sessions`, { unit: 'ms', samples: walls.audit }),
  ];
}

function backfillerOf(paths: Paths): Backfiller {
  const open = chooseSqlite(undefined);
  if (open === null) throw new Error('this Node has no SQLite');
  return createBackfiller({ paths, open, clock: systemClock, log: silentLogger });
}

/** Leaves the transcripts alone and an installed hook. */
function forgetAll(paths: Paths): void {
  for (const path of [paths.data, join(paths.home, '.agent-core')])
    rmSync(path, { recursive: true, force: true });
  mkdirSync(paths.hookFolder, { recursive: true });
  mkdirSync(paths.own, { recursive: true });
  writeFileSync(paths.launcher, '#!/bin/sh\n');
}

function sizeOf(paths: Paths): { files: number; megabytes: number; lines: number } {
  const files = listTranscripts(paths.projects).map(({ path }) => join(paths.projects, path));
  let [bytes, lines] = [0, 0];
  for (const file of files) {
    for (const line of readLines(file)) {
      bytes += line.bytes.length + 1;
      lines++;
    }
  }
  return { files: files.length, megabytes: bytes / MB, lines };
}

async function wallOf(work: () => unknown): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
