/**
 * Backfills made-up transcripts in a private home: broken off at a seeded moment, gone on with, taken
 * back. After each step the stores are counted.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../src-core/base/clock.ts';
import { silentLogger } from '../../src-core/base/logger.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import type { OpenSqlite, Row } from '../../src-core/store/driver.ts';
import { refresh } from '../../src-main/bridge/refresh.ts';
import { createBackfiller } from '../../src-main/transcripts/backfiller.ts';
import { createRandom, type Random } from '../make-history/seeded-random.ts';

/** How large a drill is. */
export interface DrillOptions {
  readonly paths: Paths;
  readonly open: OpenSqlite;
  readonly files: number;
  readonly calls: number;
  readonly seed: string;
}

/** What a drill did and found. */
export interface DrillResult {
  /** Calls that were stored when it was broken off. */
  readonly cancelledAt: number;
  /** What was not as it had to be; empty when all was. */
  readonly faults: readonly string[];
}

const OUTCOMES = ['succeeded', 'failed', 'rejected', 'unknown'] as const;
type Outcome = (typeof OUTCOMES)[number];
const LAST_DAY = Date.parse('2026-03-01T00:00:00Z');

/** Runs a drill in an empty home. */
export async function drillBackfill(options: DrillOptions): Promise<DrillResult> {
  const { paths, open, calls, seed } = options;
  const random = createRandom(seed);
  const expected = makeTranscripts(options, random);
  mkdirSync(paths.hookFolder, { recursive: true });
  writeFileSync(paths.launcher, '#!/bin/sh\n');
  const faults: string[] = [];
  const expect = (what: string, found: unknown, wanted: unknown): void => {
    const [is, should] = [JSON.stringify(found), JSON.stringify(wanted)];
    if (is !== should) faults.push(`${what}: ${is} instead of ${should}`);
  };
  const count = createCounter(options);
  const clock = systemClock;
  const backfiller = createBackfiller({ paths, open, clock, log: silentLogger });
  const bridge = () => refresh({ paths, open, clock, waitMs: 1000 });

  const stop = new AbortController();
  let left = random.integer(1, Math.max(1, Math.floor(calls / 250)));
  const first = await backfiller.run({
    origin: 'asked',
    signal: stop.signal,
    onProgress: () => {
      if (--left === 0) stop.abort();
    },
  });
  expect('broken off', first.kind, 'cancelled');
  const cancelledAt = count("kind = 'tool'");
  if (cancelledAt === 0 || cancelledAt >= calls) faults.push(`broken off at ${cancelledAt} calls`);

  const second = await backfiller.run({ origin: 'asked' });
  expect('gone on with', second.kind, 'done');
  expect('calls', count("kind = 'tool'"), calls);
  for (const outcome of OUTCOMES)
    expect(outcome, count(`outcome = '${outcome}'`), expected[outcome]);
  expect('runs', backfiller.runs().length, 1);
  const whole = backfiller.audit().total;
  expect('audited', [whole.seen, whole.missing, whole.extra], [calls, 0, 0]);
  expect('drift', (await bridge()).drift, 0);
  expect('lines', linesIn(paths.journals.toolUsage), calls);
  const third = await backfiller.run({ origin: 'asked', healsGaps: true });
  expect('done again', 'events' in third && [third.events, third.amended], [0, 0]);

  expect('taken back', (await backfiller.undo(1)).kind, 'undone');
  expect('drift after that', (await bridge()).drift, 0);
  expect('events after that', count('1'), 0);
  expect('lines after that', linesIn(paths.journals.toolUsage), 0);
  const fourth = await backfiller.run({ origin: 'asked' });
  expect('not taken again', 'events' in fourth && fourth.events, 0);
  return { cancelledAt, faults };
}

function createCounter({ paths, open }: DrillOptions): (where: string) => number {
  return (where) => {
    const db = open(paths.database, { readonly: true });
    try {
      const row = db
        .prepare(`SELECT count(*) AS n FROM hookline_event WHERE ${where}`)
        .get() as Row;
      return Number(row.n);
    } finally {
      db.close();
    }
  };
}

function linesIn(path: string): number {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;
}

/** Writes the transcripts; tells how many calls end how. */
function makeTranscripts(
  { paths, files, calls }: DrillOptions,
  random: Random,
): Record<Outcome, number> {
  const counts = { succeeded: 0, failed: 0, rejected: 0, unknown: 0 };
  let made = 0;
  for (let file = 0; file < files; file++) {
    const sessionId = random.uuid();
    const folder = join(paths.projects, `-Users-dev-${file % 9}`);
    mkdirSync(folder, { recursive: true });
    const rest = files - file;
    const wanted = rest === 1 ? calls - made : Math.round((calls - made) / rest);
    let at = LAST_DAY + file * 600_000;
    let text = '';
    const write = (line: object): void => {
      at += 700;
      const time = new Date(at).toISOString();
      text += `${JSON.stringify({ ...line, sessionId, timestamp: time, cwd: '/Users/dev/x', entrypoint: 'cli' })}\n`;
    };
    for (let n = 0; n < wanted; n++, made++) {
      if (n % 12 === 0) {
        const promptId = `${sessionId}-${n}`;
        const message = { role: 'user', content: 'go on' };
        write({ type: 'user', promptId, promptSource: 'typed', message });
      }
      const outcome = random.weighted(OUTCOMES, (name) => (name === 'succeeded' ? 20 : 1));
      counts[outcome]++;
      writeCall(write, `toolu_${String(made).padStart(8, '0')}`, outcome);
    }
    appendFileSync(join(folder, `${sessionId}.jsonl`), text);
  }
  return counts;
}

const RESULTS = {
  succeeded: { content: 'ok' },
  failed: { content: 'Exit code 2\nno', is_error: true },
  rejected: { content: "The user doesn't want to proceed with this.", is_error: true },
} as const;

function writeCall(write: (line: object) => void, id: string, outcome: Outcome): void {
  const use = { type: 'tool_use', id, name: 'Bash', input: { command: `echo ${id}` } };
  const message = { id: `msg_${id}`, model: 'claude-sonnet-5', role: 'assistant', content: [use] };
  write({ type: 'assistant', message });
  if (outcome === 'unknown') return;
  const result = { type: 'tool_result', tool_use_id: id, ...RESULTS[outcome] };
  write({ type: 'user', message: { role: 'user', content: [result] } });
}
