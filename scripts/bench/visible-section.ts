/** How long after the launcher's return an event can be read in either store. */
import { closeSync, fstatSync, openSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { OpenSqlite, ReadableDb } from '../../src-core/store/driver.ts';
import { nodeSqlite } from '../../src-core/store/node-sqlite.ts';
import { openForReading } from '../../src-core/store/open.ts';
import { type InstalledHome, makeInstalledHome } from './installed-home.ts';
import { makePayload } from './payload.ts';
import { runToEnd } from './run-to-end.ts';
import { type BenchRow, figure, type GoalSpec, type Section } from './section.ts';

const EVENTS = 10_000;
const ROUNDS = 30;
const WITHIN_MS = 10_000;
const GOALS: readonly GoalSpec[] = [{ of: 'p95', most: 250 }];

/** The section. */
export const visibleSection: Section = {
  title: "From the launcher's return until the event can be read",
  run: async () => {
    const home = await makeInstalledHome(EVENTS);
    const db = openForReading({
      path: home.paths.database,
      open: nodeSqlite() as OpenSqlite,
      busyMs: 1000,
      now: Date.now(),
    });
    if (db === null) throw new Error('there is no database to read');
    try {
      return await measure(home, db);
    } finally {
      db.close();
      await home.remove();
    }
  },
};

async function measure(home: InstalledHome, db: ReadableDb): Promise<BenchRow[]> {
  const cold: Seen[] = [];
  const warm: Seen[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    await home.drained();
    cold.push(await seeOne(home, db));
    // The drainer that the first one started is still there.
    warm.push(await seeOne(home, db));
  }
  const row = (what: string, samples: readonly number[]): BenchRow =>
    figure(what, { unit: 'ms', samples, goals: GOALS });
  return [
    row(
      'SQLite, a drainer has to start',
      cold.map(({ sqliteMs }) => sqliteMs),
    ),
    row(
      'tool-usage.jsonl, a drainer has to start',
      cold.map(({ jsonlMs }) => jsonlMs),
    ),
    row(
      'SQLite, a drainer is there',
      warm.map(({ sqliteMs }) => sqliteMs),
    ),
    row(
      'tool-usage.jsonl, a drainer is there',
      warm.map(({ jsonlMs }) => jsonlMs),
    ),
  ];
}

interface Seen {
  readonly sqliteMs: number;
  readonly jsonlMs: number;
}

async function seeOne({ paths, env }: InstalledHome, db: ReadableDb): Promise<Seen> {
  const { toolUseId, text } = makePayload(2048);
  const stdin = join(paths.home, 'payload.json');
  writeFileSync(stdin, text);
  const journal = openSync(paths.journals.toolUsage, 'r');
  try {
    const from = fstatSync(journal).size;
    const query = db.prepare('SELECT 1 FROM hookline_event WHERE id = ?');
    runToEnd({ command: paths.launcher, args: ['capture'], stdin, env });
    const returnedAt = performance.now();
    const since = (): number => performance.now() - returnedAt;
    let sqliteMs: number | null = null;
    let jsonlMs: number | null = null;
    while (sqliteMs === null || jsonlMs === null) {
      if (sqliteMs === null && query.get(toolUseId) !== undefined) sqliteMs = since();
      if (jsonlMs === null && hasLine(journal, from, toolUseId)) jsonlMs = since();
      if (since() > WITHIN_MS) throw new Error(`${toolUseId} was not stored in ten seconds`);
      await pause(1);
    }
    return { sqliteMs, jsonlMs };
  } finally {
    closeSync(journal);
  }
}

/** True once the file has a whole line with the id behind `from`. */
function hasLine(file: number, from: number, id: string): boolean {
  const added = fstatSync(file).size - from;
  if (added <= 0) return false;
  const bytes = Buffer.alloc(added);
  const text = bytes.toString('utf8', 0, readSync(file, bytes, 0, added, from));
  const at = text.indexOf(id);
  return at >= 0 && text.indexOf('\n', at) >= 0;
}
