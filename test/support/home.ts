/**
 * A private home with real files and a real database, and the ways in which tests bring events into
 * it: as the drainer would, into one store alone, or as entries in the spool.
 */
import { existsSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { Clock } from '../../src-core/base/clock.ts';
import type { RefreshReport } from '../../src-core/contract/views.ts';
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { type Amendment, applyAmendments } from '../../src-core/event/merge.ts';
import { createPaths, type Paths } from '../../src-core/files/paths.ts';
import { amendmentRecord, recordAmendments } from '../../src-core/journal/amendments.ts';
import { appendLines } from '../../src-core/journal/append.ts';
import { STREAMS, type Stream } from '../../src-core/journal/streams.ts';
import { lineOf } from '../../src-core/journal/sum.ts';
import { betterSqlite } from '../../src-core/store/better-sqlite.ts';
import {
  type OpenSqlite,
  type Row,
  transaction,
  type WritableDb,
} from '../../src-core/store/driver.ts';
import { createEventWriter } from '../../src-core/store/events.ts';
import { openStore } from '../../src-core/store/open.ts';
import { type RefreshOptions, refresh } from '../../src-main/bridge/refresh.ts';
import { hooksSnippet } from '../../src-main/install/hook-entries.ts';
import { NOON } from './make-event.ts';
import { makeTempFolder, removeFolder } from './temp-folder.ts';

/** A clock that stands still until the test moves it. */
export interface TestClock extends Clock {
  set(at: number): void;
  advance(ms: number): void;
}

/** A private home. */
export interface Home {
  readonly folder: string;
  readonly paths: Paths;
  readonly clock: TestClock;
  readonly open: OpenSqlite;
  /** Works on the open store and closes it. */
  withStore<T>(work: (db: WritableDb) => T): T;
  /** Adds events to both stores, as the drainer does. */
  add(...events: readonly CapturedEvent[]): void;
  /** Adds events to SQLite alone. */
  addToStore(...events: readonly CapturedEvent[]): void;
  /** Appends the events' lines alone: to the given streams, or to all that they belong to. */
  addToJournals(events: readonly CapturedEvent[], streams?: readonly Stream[]): void;
  /** Amends stored events in both stores, as the drainer does. */
  amend(...amendments: readonly Amendment[]): void;
  /** Puts a payload into the spool as the launcher does. */
  spool(payload: object | string, at?: number): string;
  /** Makes what the program takes for an installed launcher. */
  pretendInstalled(): void;
  refresh(
    options?: Partial<Pick<RefreshOptions, 'waitMs' | 'busyMs' | 'isSweep'>>,
  ): Promise<RefreshReport>;
  /** All rows that a query gives. */
  query(sql: string): readonly Row[];
  /** All bytes of one of the files, as text; empty where there is none. */
  text(path: string): string;
}

/** Gives each test of the file or block a home of its own. */
export function homePerTest(): () => Home {
  let home: Home;
  beforeEach(() => {
    home = makeHome();
  });
  afterEach(() => removeFolder(home.folder));
  return () => home;
}

/** A home; the caller removes its folder. */
export function makeHome(): Home {
  const folder = makeTempFolder();
  const paths = createPaths({ home: folder });
  const clock = createClock(NOON);
  const open = openSqlite();
  let entries = 0;

  const withStore = <T>(work: (db: WritableDb) => T): T => {
    const db = openStore({ path: paths.database, open, busyMs: 1000, now: clock.now() });
    try {
      return work(db);
    } finally {
      db.close();
    }
  };
  const addToStore = (...events: readonly CapturedEvent[]): void =>
    withStore((db) => {
      const writer = createEventWriter(db);
      transaction(db, () => {
        for (const event of events) writer.insert(event, 'direct');
      });
    });
  const addToJournals = (
    events: readonly CapturedEvent[],
    streams: readonly Stream[] = STREAMS,
  ): void => {
    for (const stream of streams) {
      const records = events.map(stream.lineFor).filter((record) => record !== null);
      appendLines(stream.pathIn(paths), records.map(lineOf));
    }
  };
  return {
    folder,
    paths,
    clock,
    open,
    withStore,
    addToStore,
    addToJournals,
    add: (...events) => {
      addToStore(...events);
      addToJournals(events);
    },
    amend: (...amendments) => {
      withStore((db) => {
        const writer = createEventWriter(db);
        transaction(db, () => {
          recordAmendments(db, amendments);
          for (const amendment of amendments) {
            const event = writer.find(amendment.eventId);
            if (event !== null) writer.replace(applyAmendments(event, [amendment]));
          }
        });
      });
      appendLines(
        paths.journals.amendments,
        amendments.map((amendment) => lineOf(amendmentRecord(amendment))),
      );
    },
    spool: (payload, at = clock.now()) => {
      mkdirSync(paths.spool, { recursive: true });
      // A process id that no process has: the entry counts as finished by its end mark alone.
      const path = join(paths.spool, `4194400-${++entries}.event`);
      const text = typeof payload === 'string' ? payload : `${JSON.stringify(payload)}\n`;
      writeFileSync(
        path,
        `hookline-spool 1\0${'1'}\0/Users/dev/project\0cli\0${text}\0hookline-end\n`,
      );
      utimesSync(path, at / 1000, at / 1000);
      return path;
    },
    pretendInstalled: () => {
      mkdirSync(dirname(paths.launcher), { recursive: true });
      writeFileSync(paths.launcher, '#!/bin/sh\n');
      const entry = { launcher: paths.launcher, form: 'exec', preToolUse: false } as const;
      writeFileSync(paths.settingsJson, hooksSnippet(entry));
    },
    refresh: ({ waitMs = 0, ...options } = {}) =>
      refresh({ paths, open, clock, waitMs, ...options }),
    query: (sql) => withStore((db) => db.prepare(sql).all() as Row[]),
    text: (path) => (existsSync(path) && statSync(path).isFile() ? readFileSync(path, 'utf8') : ''),
  };
}

function createClock(start: number): TestClock {
  let at = start;
  return {
    now: () => at,
    set: (value) => {
      at = value;
    },
    advance: (ms) => {
      at += ms;
    },
  };
}

function openSqlite(): OpenSqlite {
  const open = betterSqlite();
  if (open === null) throw new Error('these tests need a Node that loads better-sqlite3');
  return open;
}
