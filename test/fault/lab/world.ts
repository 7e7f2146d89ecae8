/** A made-up record in a private home of its own: what it holds is known event by event. */
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createRandom, type Random } from '../../../scripts/make-history/seeded-random.ts';
import { silentLogger } from '../../../src-core/base/logger.ts';
import type { CapturedEvent } from '../../../src-core/event/event.ts';
import { type Amendment, applyAmendments } from '../../../src-core/event/merge.ts';
import { createPaths, type Paths } from '../../../src-core/files/paths.ts';
import { amendmentRecord, recordAmendments } from '../../../src-core/journal/amendments.ts';
import { appendLines } from '../../../src-core/journal/append.ts';
import { STREAMS } from '../../../src-core/journal/streams.ts';
import { lineOf } from '../../../src-core/journal/sum.ts';
import { betterSqlite } from '../../../src-core/store/better-sqlite.ts';
import { type OpenSqlite, type Row, transaction } from '../../../src-core/store/driver.ts';
import { createEventWriter } from '../../../src-core/store/events.ts';
import { openStore } from '../../../src-core/store/open.ts';
import { refresh } from '../../../src-main/bridge/refresh.ts';
import { hooksSnippet } from '../../../src-main/install/hook-entries.ts';
import { createRepairer, type Repairer } from '../../../src-main/repair/repairer.ts';
import { createBackfiller } from '../../../src-main/transcripts/backfiller.ts';
import { failedCall, NOON, otherEvent, sessionEvent, toolCall } from '../../support/make-event.ts';
import { makeTranscript } from '../../support/transcript-world.ts';

/** A record, and what is true of it. */
export interface LabWorld {
  readonly seed: string;
  readonly random: Random;
  readonly folder: string;
  readonly paths: Paths;
  readonly open: OpenSqlite;
  readonly clock: { now(): number; advance(ms: number): void };
  readonly repairer: Repairer;
  /** All events as the store has them before anything is damaged; those in the spool apart. */
  readonly truth: Map<string, CapturedEvent>;
  readonly spooled: readonly string[];
  /** Calls that a transcript tells of too. */
  readonly inTranscript: ReadonlySet<string>;
  /** Lines of others, and the files in which they stand. */
  readonly foreign: readonly { readonly path: string; readonly text: string }[];
  refresh(): Promise<unknown>;
  query(sql: string): readonly Row[];
  remove(): void;
}

const SESSION = '22222222-bbbb-4ccc-8ddd-000000000002';
const WORDS = ['npm test', 'git status', 'echo "é ü"', 'ls -la', 'printf \'{"a":1}\'', 'make'];

/** Makes one; the same seed makes the same. */
export async function makeLabWorld(seed: string): Promise<LabWorld> {
  const random = createRandom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'hookline-lab-'));
  const paths = createPaths({ home: folder });
  const open = betterSqlite();
  if (open === null) throw new Error('the lab needs a Node that loads better-sqlite3');
  let now = NOON + 86_400_000;
  const clock = { now: () => now, advance: (ms: number) => (now += ms) };
  mkdirSync(dirname(paths.launcher), { recursive: true });
  writeFileSync(paths.launcher, '#!/bin/sh\n');
  const entry = { launcher: paths.launcher, form: 'exec', preToolUse: false } as const;
  writeFileSync(paths.settingsJson, hooksSnippet(entry));
  const backfiller = createBackfiller({ paths, open, clock, log: silentLogger, waitMs: 2000 });
  const repairer = createRepairer({ paths, open, clock, backfiller, waitMs: 2000, busyMs: 500 });
  const bridge = () => refresh({ paths, open, clock, waitMs: 2000, busyMs: 500 });

  const events = makeEvents(random);
  const amendments = makeAmendments(random, events);
  store(paths, open, events, amendments);
  const foreign = addForeign(paths, random);
  await bridge();
  const inTranscript = random.chance(0.4)
    ? tellInTranscript(paths, random, events)
    : new Set<string>();
  if (inTranscript.size > 0) {
    // What the transcript alone tells, its prompt say, is taken over before anything is damaged.
    await backfiller.run({ origin: 'asked' });
    await bridge();
  }
  const world = { seed, random, folder, paths, open, clock, repairer, inTranscript, foreign };
  const query = (sql: string): readonly Row[] => queryFile(open, paths.database, sql);
  const truth = readTruth(open, paths);
  const spooled = random.chance(0.4) ? fillSpool(paths, random) : [];
  return {
    ...world,
    truth,
    spooled,
    query,
    refresh: bridge,
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }),
  };
}

function makeEvents(random: Random): CapturedEvent[] {
  const count = random.integer(3, 60);
  return Array.from({ length: count }, (_, i) => {
    const at = NOON + i * random.integer(500, 90_000);
    const members = { at, sessionId: SESSION };
    switch (random.integer(0, 5)) {
      case 0:
        return otherEvent(random.pick(['Stop', 'Notification', 'UserPromptSubmit']), {
          ...members,
          id: `ev_o${i}`,
          facts: { prompt_bytes: i },
        });
      case 1:
        return sessionEvent(random.pick(['SessionStart', 'SessionEnd']), {
          ...members,
          id: `ev_s${i}`,
        });
      case 2:
        return failedCall({ ...members, id: `toolu_${random.hex(12)}${i}` });
      default:
        return toolCall({
          ...members,
          id: `toolu_${random.hex(12)}${i}`,
          command: random.pick(WORDS),
          filePath: random.chance(0.3) ? '/Users/dev/é.ts' : null,
        });
    }
  });
}

function makeAmendments(random: Random, events: readonly CapturedEvent[]): Amendment[] {
  return events
    .filter(({ kind }) => kind === 'tool' && random.chance(0.15))
    .map(({ id, at }) => ({
      eventId: id,
      field: 'model',
      value: 'claude-opus-5-5',
      source: 'transcript',
      at: at + 5,
    }));
}

function store(
  paths: Paths,
  open: OpenSqlite,
  events: readonly CapturedEvent[],
  amendments: readonly Amendment[],
): void {
  const db = openStore({ path: paths.database, open, busyMs: 500, now: NOON });
  const writer = createEventWriter(db);
  transaction(db, () => {
    for (const event of events) writer.insert(event, 'direct');
    recordAmendments(db, amendments);
    for (const amendment of amendments) {
      const event = writer.find(amendment.eventId);
      if (event !== null) writer.replace(applyAmendments(event, [amendment]));
    }
  });
  db.exec("CREATE TABLE findings (text TEXT); INSERT INTO findings VALUES ('one'), ('two')");
  db.close();
  for (const stream of STREAMS) {
    const records = events.map(stream.lineFor).filter((record) => record !== null);
    appendLines(stream.pathIn(paths), records.map(lineOf));
  }
  appendLines(
    paths.journals.amendments,
    amendments.map((amendment) => lineOf(amendmentRecord(amendment))),
  );
}

function addForeign(paths: Paths, random: Random): { path: string; text: string }[] {
  const files = [paths.journals.toolUsage, paths.journals.activityEvents, paths.journals.errors];
  return files
    .filter(() => random.chance(0.5))
    .map((path, i) => {
      const text = JSON.stringify({
        ts: 1_769_000_000 + i,
        tool: 'Read',
        source: 'old',
        note: `é${i}`,
      });
      appendLines(path, [`${text}\n`]);
      return { path, text };
    });
}

function tellInTranscript(
  paths: Paths,
  random: Random,
  events: readonly CapturedEvent[],
): ReadonlySet<string> {
  const transcript = makeTranscript({ paths } as Parameters<typeof makeTranscript>[0], {
    sessionId: SESSION,
    at: NOON,
  });
  transcript.prompt('go on');
  const ids = events
    .filter(({ kind }) => kind === 'tool' && random.chance(0.7))
    .map(({ id }) => id);
  for (const id of ids) transcript.call(id);
  return new Set(ids);
}

function fillSpool(paths: Paths, random: Random): string[] {
  mkdirSync(paths.spool, { recursive: true, mode: 0o700 });
  return Array.from({ length: random.integer(1, 4) }, (_, i) => {
    const id = `toolu_spool${random.hex(8)}${i}`;
    const payload = JSON.stringify({
      session_id: SESSION,
      cwd: '/Users/dev/project',
      hook_event_name: 'PostToolUse',
      tool_name: 'Bash',
      tool_input: { command: 'npm test' },
      tool_use_id: id,
      tool_response: { stdout: 'ok', interrupted: false },
    });
    const path = join(paths.spool, `4194400-${i + 1}.event`);
    writeFileSync(
      path,
      `hookline-spool 1\0${'1'}\0/Users/dev/project\0cli\0${payload}\n\0hookline-end\n`,
    );
    const seconds = (NOON + 80_000_000 + i * 1000) / 1000;
    utimesSync(path, seconds, seconds);
    return id;
  });
}

/** Runs a query on a file. */
export function queryFile(open: OpenSqlite, path: string, sql: string): readonly Row[] {
  const db = open(path, { readonly: true });
  try {
    return db.prepare(sql).all() as Row[];
  } finally {
    db.close();
  }
}

/** All events of the store, by id. */
export function readTruth(open: OpenSqlite, paths: Paths): Map<string, CapturedEvent> {
  const db = openStore({ path: paths.database, open, busyMs: 500, now: NOON });
  try {
    const { find } = createEventWriter(db);
    const ids = (db.prepare('SELECT id FROM hookline_event').all() as Row[]).map(({ id }) =>
      String(id),
    );
    return new Map(
      ids.flatMap((id) => {
        const event = find(id);
        return event === null ? [] : [[id, event] as const];
      }),
    );
  } finally {
    db.close();
  }
}
