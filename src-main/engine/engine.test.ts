import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contract } from '../../src-core/contract/ipc.ts';
import { hookPayload } from '../../test/support/claude-fixtures.ts';
import { changedPaths, readFootprint } from '../../test/support/footprint.ts';
import { homePerTest, makeHome } from '../../test/support/home.ts';
import {
  failedCall,
  NOON,
  otherEvent,
  sessionEvent,
  toolCall,
} from '../../test/support/make-event.ts';
import { removeFolder } from '../../test/support/temp-folder.ts';
import { appState } from '../views/app-state.ts';
import { createEngine, type Engine } from './engine.ts';

const home = homePerTest();
let engine: Engine;
beforeEach(() => {
  const { paths, open, clock } = home();
  engine = createEngine({ paths, open, clock });
});
afterEach(() => engine.close());

const dropDatabase = (): void => {
  for (const suffix of ['', '-wal', '-shm'])
    rmSync(`${home().paths.database}${suffix}`, { force: true });
};
const total = (): number => engine.readHealth().total;

describe('the engine before install', () => {
  it('answers every question and writes nothing, not even beside a database that is there', async () => {
    const { paths, open, folder } = home();
    mkdirSync(dirname(paths.database), { recursive: true });
    const db = open(paths.database);
    db.exec('PRAGMA journal_mode = WAL; CREATE TABLE tool_events (id INTEGER PRIMARY KEY)');
    db.close();
    const before = readFootprint([folder]);
    engine.readGlance();
    engine.readOverview(7);
    engine.view(appState);
    engine.readHealth();
    expect(engine.revision()).toMatch(/^none/);
    expect(await engine.refresh()).toBeNull();
    expect(changedPaths(before, readFootprint([folder]))).toEqual([]);
    expect(readdirSync(dirname(paths.database))).toEqual(['antigravity.db']);
  });
});

describe('the engine’s answers', () => {
  it('fit the contract, with events of every kind', async () => {
    home().pretendInstalled();
    home().add(
      sessionEvent('SessionStart'),
      toolCall(),
      failedCall(),
      otherEvent('Stop'),
      toolCall({ outcome: null, project: null, sessionId: null }),
    );
    await engine.refresh();
    v.parse(contract['glance.read'].result, engine.readGlance());
    for (const days of [0, 1, 7, 30, 90] as const)
      v.parse(contract['overview.read'].result, engine.readOverview(days));
    v.parse(contract['health.read'].result, engine.readHealth());
    v.parse(contract['refresh.run'].result, await engine.refresh());
  });
});

describe('a change of the database', () => {
  it('gives another revision, whoever made it; reading gives none', () => {
    mkdirSync(home().paths.own, { recursive: true });
    expect(engine.revision()).toMatch(/^none/);
    home().add(toolCall());
    const first = engine.revision();
    expect(first).not.toBe('none');
    engine.readGlance();
    expect(engine.revision()).toBe(first);
    home().add(toolCall());
    expect(engine.revision()).not.toBe(first);
  });

  it('is seen when another file takes the database’s place', () => {
    mkdirSync(home().paths.own, { recursive: true });
    home().add(toolCall());
    expect(total()).toBe(1);
    const other = makeHome();
    other.add(toolCall(), toolCall());
    const revision = engine.revision();
    dropDatabase();
    renameSync(other.paths.database, home().paths.database);
    removeFolder(other.folder);
    expect(engine.revision()).not.toBe(revision);
    expect(total()).toBe(2);
  });

  it('is seen when the database goes, and when it comes back', () => {
    mkdirSync(home().paths.own, { recursive: true });
    home().add(toolCall());
    expect(total()).toBe(1);
    dropDatabase();
    expect(total()).toBe(0);
    home().add(toolCall(), toolCall());
    expect(total()).toBe(2);
  });

  it('that breaks it is told, with the time of the last good look', () => {
    home().pretendInstalled();
    home().add(toolCall());
    expect(engine.readHealth().health.dataAt).toBe(NOON);
    dropDatabase();
    writeFileSync(home().paths.database, 'x'.repeat(8192));
    home().clock.advance(5000);
    const { health } = engine.readHealth();
    expect(health).toMatchObject({ state: 'attention', dataAt: NOON });
    expect(health.findings).toMatchObject([
      { code: 'store-unreachable', sinceAt: NOON, detail: expect.stringMatching(/^corrupt/) },
    ]);
    expect(engine.readGlance().today.calls.total).toBe(0);
    expect(engine.revision()).toMatch(/^none/);
  });

  it('that is a change of zone is seen at the next question', () => {
    mkdirSync(home().paths.own, { recursive: true });
    writeFileSync(home().paths.settings, '{"timeZone":"UTC"}');
    expect(engine.readGlance().timeZone).toBe('UTC');
    writeFileSync(home().paths.settings, '{"timeZone":"Asia/Kolkata"}');
    expect(engine.readGlance().timeZone).toBe('Asia/Kolkata');
  });
});

describe('the engine’s refresh', () => {
  it('runs once the launcher is in place', async () => {
    home().spool(hookPayload('PostToolUse-Bash'));
    expect(await engine.refresh()).toBeNull();
    expect(existsSync(home().paths.database)).toBe(false);
    home().pretendInstalled();
    expect(await engine.refresh()).toMatchObject({ ok: true, drained: 1 });
    expect(readdirSync(join(home().paths.spool))).toEqual([]);
  });
});
