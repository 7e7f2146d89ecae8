/** The bridge over a private home, and what its tests look at. */
import { rmSync } from 'node:fs';
import { expect } from 'vitest';
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { createRedactor } from '../../src-core/event/redact.ts';
import { quarantineFile } from '../../src-core/journal/quarantine.ts';
import { STREAMS } from '../../src-core/journal/streams.ts';
import { createEventWriter } from '../../src-core/store/events.ts';
import { type BridgeOptions, type BridgeReport, runBridge } from '../../src-main/bridge/bridge.ts';
import type { Home } from './home.ts';
import { failedCall, NOON, otherEvent, sessionEvent, toolCall } from './make-event.ts';

const redactor = createRedactor(() => '0'.repeat(64));
const TABLES = [
  'hookline_event',
  'hookline_amendment',
  'hookline_cursor',
  'hookline_ledger',
  'tool_events',
] as const;

/** Runs the bridge once. */
export function bridge(
  { paths, clock, withStore }: Home,
  options: Pick<BridgeOptions, 'sweep'> = {},
): BridgeReport {
  return withStore((db) => runBridge({ paths, db, redactor, now: clock.now(), ...options }));
}

/** A morning's events: calls of several kinds, a session, and what is neither; 22 lines in all. */
export function morning(): CapturedEvent[] {
  return [
    sessionEvent('SessionStart'),
    otherEvent('UserPromptSubmit', { facts: { prompt_bytes: 12 } }),
    toolCall({ at: NOON + 1 }),
    toolCall({ at: NOON + 2, tool: 'Read', command: null, filePath: '/é/ü.ts' }),
    failedCall({ at: NOON + 3 }),
    toolCall({ at: NOON + 4, outcome: 'unknown', hookEvent: 'PostToolBatch', durationMs: null }),
    otherEvent('Stop'),
    sessionEvent('SessionEnd'),
  ];
}

/** The files of all streams. */
export function streamFiles({ paths }: Home): string[] {
  return STREAMS.map((stream) => stream.pathIn(paths));
}

/** The lines of a file, without their ends. */
export function linesOf(home: Home, path: string): string[] {
  return home
    .text(path)
    .split('\n')
    .filter((line) => line !== '');
}

/** All stored events, by id. */
export function storedEvents(home: Home): (CapturedEvent | null)[] {
  const ids = home.query('SELECT id FROM hookline_event ORDER BY id').map(({ id }) => String(id));
  return home.withStore((db) => ids.map(createEventWriter(db).find));
}

/** Events in the order in which `storedEvents` gives them. */
export function byId(events: readonly CapturedEvent[]): CapturedEvent[] {
  return events.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Removes the database, as if it had never been. */
export function dropDatabase({ paths }: Home): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${paths.database}${suffix}`, { force: true });
}

/** All that a run without news must leave alike: bytes of files and rows of tables. */
export function everything(home: Home): unknown {
  const { paths } = home;
  const files = [
    ...Object.values(paths.journals),
    ...Object.values(paths.stats),
    quarantineFile(paths),
  ];
  return {
    files: files.map((path) => [path, home.text(path)]),
    tables: TABLES.map((table) => home.query(`SELECT * FROM ${table}`)),
  };
}

/** Runs the bridge a minute later and expects that it changes nothing. */
export function expectNothingToDo(home: Home): void {
  const before = everything(home);
  home.clock.advance(60_000);
  expect(bridge(home)).toMatchObject({
    healedToSqlite: 0,
    healedToJsonl: 0,
    quarantined: 0,
    drift: 0,
  });
  expect(everything(home)).toEqual(before);
}
