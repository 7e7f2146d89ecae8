/**
 * Fills a private home with a made-up history of Claude Code work, for demonstrations, tests and
 * measurements. See --help.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createPaths, type Paths } from '../src-core/files/paths.ts';
import { sha256 } from '../src-core/journal/sum.ts';
import { chooseSqlite } from '../src-main/engine/open-sqlite.ts';
import { machineZone } from '../src-main/stats/zone.ts';
import { historyEvents } from './make-history/history-events.ts';
import { type LiveSession, openLiveSessions } from './make-history/live-session.ts';
import { openMadeHome } from './make-history/made-home.ts';
import type { LineMix } from './make-history/transcript-lines.ts';
import { writeHistory } from './make-history/write-history.ts';
import { createTranscriptWriter } from './make-history/write-transcripts.ts';

const USAGE = `Usage: node scripts/make-history.ts --home <folder> [options]

Writes a made-up history of a developer's Claude Code work into a private home: sessions, prompts,
tool calls with their outcomes, in SQLite and JSONL, as capture would have written them. The same
options always make the same history. Never a real home: a folder that holds records which this
program did not make is refused; records that it made before are replaced.

  --home <folder>   the private home
  --days <n>        how many days (30, or as many as the events need)
  --events <n>      how many events exactly, up to 10000000 (as many as the days bring)
  --until <time>    end of the history, ISO 8601 (now, with two sessions open)
  --seed <text>     another history (1)
  --transcripts     also the transcripts that Claude Code would have written`;

/** The made-up user's home, as the payloads name it, and the folder of his projects. */
const PLACES = { home: '/Users/dev', workFolder: '/Users/dev/work' } as const;
const MOST_EVENTS = 10_000_000;
const MOST_DAYS = 3650;
const USUAL_DAYS = 30;
/** Beyond the usual days, and up to three years, a history grows longer instead of denser. */
const EVENTS_A_DAY = 450;
const USUAL_MOST_DAYS = 1095;
const PROGRESS_EVERY_MS = 2000;

/** What to make and where. */
export interface MakeHistoryOptions {
  /** A folder that `openMadeHome` made ready. */
  readonly home: string;
  readonly seed: string;
  readonly days: number;
  readonly events: number | null;
  readonly untilAt: number;
  readonly isLive: boolean;
  /** Also writes transcripts: `full` as the client does, `lean` without the large lines of requests. */
  readonly transcripts?: LineMix | null;
  readonly onProgress?: (events: number) => void;
}

/** What was made. */
export interface MadeHistory {
  readonly events: number;
  readonly tookMs: number;
}

/**
 * Makes a history in a private home.
 * @throws when the home cannot be written
 */
export function makeHistory(made: MakeHistoryOptions): MadeHistory {
  const { home, onProgress, transcripts = null, ...options } = made;
  const paths = createPaths({ home });
  const open = chooseSqlite(undefined);
  if (open === null) throw new Error('this Node has no SQLite; use Node 22.14 or newer');
  const startedAt = performance.now();
  const key = writeKey(paths, options.seed);
  const writer = transcripts === null ? null : createTranscriptWriter(paths, transcripts);
  const events = writeHistory({
    paths,
    open,
    events: historyEvents({
      ...options,
      key,
      timeZone: machineZone(),
      ...PLACES,
      ...(writer === null ? {} : { onTold: writer.tell }),
    }),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  return { events, tookMs: performance.now() - startedAt };
}

/** The sessions that are open at the end of a history of this seed, ready to go on. */
export function openSessionsOf(options: {
  readonly seed: string;
  readonly untilAt: number;
}): readonly LiveSession[] {
  return openLiveSessions({ ...options, ...PLACES });
}

/** A key that follows from the seed, so that hashes too are the same each time. */
function writeKey(paths: Paths, seed: string): Uint8Array {
  const key = sha256(`made-up history ${seed}`);
  mkdirSync(paths.own, { recursive: true, mode: 0o700 });
  writeFileSync(paths.redactionKey, key, { mode: 0o600 });
  return Buffer.from(key, 'hex');
}

function main(args: readonly string[]): number {
  const { values } = parseArgs({
    args: [...args],
    options: {
      home: { type: 'string' },
      days: { type: 'string' },
      events: { type: 'string' },
      until: { type: 'string' },
      seed: { type: 'string', default: '1' },
      transcripts: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help || values.home === undefined) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const events =
    values.events === undefined ? null : wholeNumber('--events', values.events, MOST_EVENTS);
  const days =
    values.days === undefined ? daysFor(events) : wholeNumber('--days', values.days, MOST_DAYS);
  const untilAt = values.until === undefined ? Date.now() : Date.parse(values.until);
  if (Number.isNaN(untilAt)) throw new Error(`--until ${values.until} is no time in ISO 8601`);
  const opened = openMadeHome({ folder: values.home, ownHome: process.env.HOME });
  if (opened.kind === 'refused') {
    console.error(opened.reason);
    return 1;
  }
  const made = makeHistory({
    home: opened.home,
    seed: values.seed,
    days,
    events,
    untilAt,
    isLive: values.until === undefined,
    transcripts: values.transcripts ? 'full' : null,
    onProgress: showProgress(events),
  });
  const rate = Math.round((made.events / made.tookMs) * 1000);
  console.log(
    `${count(made.events)} events over ${days} days in ${(made.tookMs / 1000).toFixed(1)} s (${count(rate)} events/s): ${opened.home}`,
  );
  return 0;
}

function daysFor(events: number | null): number {
  const needed = Math.ceil((events ?? 0) / EVENTS_A_DAY);
  return Math.max(USUAL_DAYS, Math.min(USUAL_MOST_DAYS, needed));
}

function wholeNumber(option: string, text: string, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most) {
    throw new Error(`${option} ${text} is no whole number from 1 to ${count(most)}`);
  }
  return value;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

function showProgress(total: number | null): (events: number) => void {
  let shownAt = performance.now();
  return (events) => {
    if (performance.now() - shownAt < PROGRESS_EVERY_MS) return;
    shownAt = performance.now();
    console.error(`${count(events)}${total === null ? '' : ` of ${count(total)}`} events`);
  };
}

if (import.meta.main) {
  try {
    process.exitCode = main(process.argv.slice(2));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 2;
  }
}
