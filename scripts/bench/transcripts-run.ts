/**
 * One run over the transcripts of a made-up home in a process of its own, so that its memory is its
 * own: `node transcripts-run.ts <home> parse|backfill`. Prints what it took as JSON.
 */
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { systemClock } from '../../src-core/base/clock.ts';
import { silentLogger } from '../../src-core/base/logger.ts';
import { createPaths } from '../../src-core/files/paths.ts';
import { readLines } from '../../src-core/journal/read.ts';
import { chooseSqlite } from '../../src-main/engine/open-sqlite.ts';
import { createBackfiller } from '../../src-main/transcripts/backfiller.ts';
import { listTranscripts } from '../../src-main/transcripts/files.ts';
import { quantile } from './statistics.ts';

/** What a run took. */
export interface TranscriptsRun {
  readonly events: number;
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly memoryMb: number;
  /** 99th percentile of how long the thread gave nobody else a turn; others on the machine add to it. */
  readonly delayMs: number;
  /** 99th percentile of the processor time of such a stretch. */
  readonly turnMs: number;
}

const paths = createPaths({ home: process.argv[2] ?? '' });

function parse(): number {
  let lines = 0;
  for (const { path } of listTranscripts(paths.projects)) {
    for (const { bytes } of readLines(join(paths.projects, path))) {
      JSON.parse(bytes.toString('utf8'));
      lines++;
    }
  }
  return lines;
}

async function backfill(): Promise<number> {
  const open = chooseSqlite(undefined);
  if (open === null) throw new Error('this Node has no SQLite');
  const backfiller = createBackfiller({ paths, open, clock: systemClock, log: silentLogger });
  const result = await backfiller.run({ origin: 'asked' });
  if (result.kind !== 'done') throw new Error(JSON.stringify(result));
  return result.events;
}

/** Notes the processor time between two turns that anybody else may take. */
function watchTurns(): { end(): readonly number[] } {
  const turnsMs: number[] = [];
  let last = process.cpuUsage();
  let next: NodeJS.Immediate;
  const note = (): void => {
    const { user, system } = process.cpuUsage(last);
    turnsMs.push((user + system) / 1000);
    last = process.cpuUsage();
    next = setImmediate(note);
  };
  next = setImmediate(note);
  return {
    end: () => {
      clearImmediate(next);
      return turnsMs.length === 0 ? [0] : turnsMs;
    },
  };
}

const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const turns = watchTurns();
const from = performance.now();
const before = process.cpuUsage();
const events = process.argv[3] === 'parse' ? parse() : await backfill();
const { user, system } = process.cpuUsage(before);
const run: TranscriptsRun = {
  events,
  cpuMs: (user + system) / 1000,
  wallMs: performance.now() - from,
  memoryMb: process.resourceUsage().maxRSS / 1000,
  delayMs: delay.percentile(99) / 1e6,
  turnMs: quantile(turns.end(), 0.99),
};
delay.disable();
console.log(JSON.stringify(run));
