import { mkdtempSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src-core/base/clock.ts';
import { createPaths, type Paths } from '../../src-core/files/paths.ts';
import { STREAMS } from '../../src-core/journal/streams.ts';
import type { OpenSqlite, Row } from '../../src-core/store/driver.ts';
import { refresh } from '../../src-main/bridge/refresh.ts';
import { chooseSqlite } from '../../src-main/engine/open-sqlite.ts';
import { makeHistory } from '../make-history.ts';
import { openMadeHome } from './made-home.ts';

const open = chooseSqlite(undefined) as OpenSqlite;

function makeHome(): Paths {
  const folder = join(mkdtempSync(join(homedir(), 'history-')), 'home');
  const opened = openMadeHome({ folder, ownHome: undefined });
  if (opened.kind === 'refused') throw new Error(opened.reason);
  makeHistory({
    home: opened.home,
    seed: '7',
    days: 20,
    events: 2500,
    untilAt: Date.parse('2026-03-12T16:20:00Z'),
    isLive: true,
  });
  return createPaths({ home: opened.home });
}

function readJournals(paths: Paths): string[] {
  return STREAMS.map((stream) => readFileSync(stream.pathIn(paths), 'utf8'));
}

function readTable(paths: Paths, sql: string): readonly unknown[] {
  const db = open(paths.database, { readonly: true });
  try {
    return db.prepare(sql).all();
  } finally {
    db.close();
  }
}

const EVENTS =
  'SELECT seq, id, kind, at_ms, outcome, command, facts, via, sum, expected FROM hookline_event ORDER BY seq';

describe('a written history', () => {
  it('leaves nothing for the bridge to heal, in either direction', async () => {
    const paths = makeHome();
    const journals = readJournals(paths);
    const events = readTable(paths, EVENTS);
    const old = readTable(paths, 'SELECT * FROM tool_events ORDER BY id');
    expect(events).toHaveLength(2500);

    const run = { paths, open, clock: systemClock, waitMs: 1000 };
    expect(await refresh(run)).toMatchObject({
      ok: true,
      drained: 0,
      healedToSqlite: 0,
      healedToJsonl: 0,
      duplicates: 0,
      quarantined: 0,
      drift: 0,
    });
    expect(readJournals(paths)).toEqual(journals);
    expect(readTable(paths, EVENTS)).toEqual(events);
    expect(readTable(paths, 'SELECT * FROM tool_events ORDER BY id')).toEqual(old);
    expect((await refresh(run)).statsWritten).toEqual([]);
  });

  it('is the same to the byte in another home', () => {
    const [one, other] = [makeHome(), makeHome()];
    expect(readJournals(one)).toEqual(readJournals(other));
    expect(readTable(one, EVENTS)).toEqual(readTable(other, EVENTS));
  });

  it('holds in its table what old readers look for', () => {
    const paths = makeHome();
    const [row] = readTable(
      paths,
      "SELECT count(*) AS n FROM tool_events WHERE tool = 'session_start'",
    );
    expect(Number((row as Row).n)).toBeGreaterThan(20);
  });
});
