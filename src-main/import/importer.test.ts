import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeOldHome, sizeOfShare } from '../../scripts/old-home/old-home.ts';
import { createOldPipeline } from '../../scripts/old-home/old-pipeline.ts';
import { writeOldHome } from '../../scripts/old-home/write-old-home.ts';
import { takeLock } from '../../src-core/lock/lock.ts';
import { changedPaths, readFootprint } from '../../test/support/footprint.ts';
import { homePerTest } from '../../test/support/home.ts';
import { readJsonLines } from '../../test/support/jsonl.ts';
import {
  addLines,
  addOldPipeline,
  addRows,
  importerOf,
  oldCalls,
  planOf,
  SESSION,
  THEN_S,
  unaccounted,
} from '../../test/support/old-record.ts';
import { applyImport } from './apply.ts';
import { createImporter } from './importer.ts';
import { surveyOldRecord } from './survey.ts';
import { ChangedMeanwhile } from './trace-reader.ts';

const home = homePerTest();
const EVENTS = 'SELECT * FROM hookline_event ORDER BY seq';

/** Six calls of all kinds of traces, and their session. */
function aLittleOfEverything(): void {
  const pipeline = createOldPipeline();
  const calls = oldCalls(6, { tool: 'Bash', command: 'git status' });
  pipeline.session(SESSION, 'start', 'dual');
  for (const call of calls.slice(0, 2)) pipeline.hook(call, 'echo');
  for (const call of calls.slice(2, 4)) pipeline.hook(call, 'sqlite-only');
  for (const call of calls.slice(4)) pipeline.hook(call, 'dual', true);
  pipeline.bulkBackfill(calls.slice(4));
  addOldPipeline(home(), pipeline);
}

describe('planning an import', () => {
  it('writes nothing, before install and after', () => {
    aLittleOfEverything();
    const before = readFootprint([home().folder]);
    planOf(home());
    const changed = changedPaths(before, readFootprint([home().folder]));
    // SQLite makes and removes its own two files beside a database that it reads.
    expect(changed.filter((path) => !/antigravity\.db|storage$/.test(path))).toEqual([]);
    expect(existsSync(home().paths.own)).toBe(false);
  });

  it('finds nothing to import in an empty home', () => {
    expect(planOf(home())).toMatchObject({ files: [], verdicts: { new: 0 }, problems: [] });
  });

  it('accounts for every line and row of a home of the old pipeline, and knows the truth', () => {
    const made = makeOldHome(sizeOfShare(0.05), 'plan');
    writeOldHome(made, home().paths, home().open);
    const plan = planOf(home());
    expect(unaccounted(plan)).toEqual(plan.files.map(() => 0));
    const { calls, longCalls, sessions, prompts } = made.truth;
    expect(plan.events).toEqual({ calls: calls + longCalls, sessions, prompts });
    expect(plan.perhapsTwice).toBe(longCalls);
    const lines = plan.files.find(({ name }) => name === 'tool-usage.jsonl');
    expect(Object.values(lines?.bad ?? {}).reduce((a, b) => a + b)).toBe(made.broken['tool-usage']);
  });
});

describe('importing', () => {
  it('brings in every event once, with what all of its traces know, and leaves the old table alone', async () => {
    aLittleOfEverything();
    const transcripts = join(home().paths.projects, '-Users-dev-my-project');
    mkdirSync(transcripts, { recursive: true });
    writeFileSync(join(transcripts, `${SESSION.id}.jsonl`), '');
    const rows = home().query('SELECT * FROM tool_events');
    expect(await importerOf(home()).apply({ again: false })).toMatchObject({
      kind: 'imported',
      events: 7,
    });
    expect(home().query('SELECT * FROM tool_events')).toEqual(rows);
    const [last] = home().query(`${EVENTS.replace('seq', 'at_ms')} DESC`);
    expect(last).toMatchObject({
      id: expect.stringMatching(/^old_[0-9a-f]{24}$/),
      at_ms: (THEN_S + 5 * 60 + 2) * 1000,
      source: 'old',
      via: 'direct',
      session_id: SESSION.id,
      tool: 'Bash',
      command: 'git status',
      cwd: SESSION.pwd,
      model: 'opus',
      outcome: 'unknown',
      facts: JSON.stringify({ old_writer: 'row', old_success: true }),
    });
  });

  it('does nothing the second time', async () => {
    aLittleOfEverything();
    const importer = importerOf(home());
    await importer.apply({ again: false });
    const before = home().query(EVENTS);
    expect(await importer.apply({ again: false })).toEqual({ kind: 'nothing-new' });
    expect(importer.plan().verdicts).toMatchObject({ new: 0, known: 7 });
    expect(home().query(EVENTS)).toEqual(before);
    expect(importer.runs()).toHaveLength(1);
  });

  it('knows an imported event again when another trace of it turns up later', async () => {
    const pipeline = createOldPipeline();
    pipeline.weeklyBackfill(oldCalls(3));
    addOldPipeline(home(), pipeline);
    const importer = importerOf(home());
    await importer.apply({ again: false });
    addRows(
      home(),
      oldCalls(3).map(({ endedS }) => [endedS, 'Read', null, '/w', null]),
    );
    expect(importer.plan().verdicts).toMatchObject({ new: 0, known: 4 });
  });

  it('takes secrets out of commands, and out of the examples of what was not understood', async () => {
    const secret = 'sk-ant-api03-0123456789abcdefghijABCDEFGHIJ';
    const metadata = JSON.stringify({
      command: `curl -H "x-api-key: ${secret}" https://x`,
      exit_code: 2,
    });
    addRows(home(), [[THEN_S, 'Bash', null, '/w', metadata]]);
    addLines(home(), 'tool-usage', [`{"ts": 1, "command": "export KEY=${secret}"`]);
    const importer = importerOf(home());
    expect(JSON.stringify(importer.plan())).not.toContain(secret);
    await importer.apply({ again: false });
    const [event] = home().query(EVENTS);
    expect(event).toMatchObject({ outcome: 'failed', exit_code: 2, error: 'Exit code 2' });
    expect(event?.command).toContain('curl');
    expect(JSON.stringify(home().query('SELECT * FROM hookline_event'))).not.toContain(secret);
  });

  it('leaves out folders that are not to be recorded', async () => {
    addRows(home(), [
      [THEN_S, 'Read', null, '/private/diary', null],
      [THEN_S + 60, 'Read', null, '/w', null],
    ]);
    const importer = importerOf(home());
    mkdirSync(home().paths.own, { recursive: true });
    writeFileSync(home().paths.settings, JSON.stringify({ excludedFolders: ['/private'] }));
    expect(importer.plan().verdicts).toMatchObject({ new: 1, excluded: 1 });
    await importer.apply({ again: false });
    expect(home().query('SELECT cwd FROM hookline_event')).toEqual([{ cwd: '/w' }]);
  });

  it('leaves events of the last minute for the next time: ours may still be in the spool', () => {
    const nowS = home().clock.now() / 1000;
    addRows(home(), [
      [nowS - 10, 'Read', null, '/w', null],
      [nowS - 90, 'Read', null, '/w', null],
    ]);
    const importer = importerOf(home());
    expect(importer.plan().verdicts).toMatchObject({ new: 1, recent: 1 });
    home().clock.advance(61_000);
    expect(importer.plan().verdicts).toMatchObject({ new: 2, recent: 0 });
  });

  it('goes on with the same run after it was broken off', async () => {
    addRows(
      home(),
      oldCalls(600).map(({ endedS }) => [endedS, 'Read', null, '/w', null]),
    );
    const importer = importerOf(home());
    const options = {
      ...home(),
      now: home().clock.now(),
      busyMs: 1000,
      redactor: { redact: (text: string) => text },
    };
    home().withStore((db) => {
      const survey = surveyOldRecord(db, options);
      db.exec(`DELETE FROM tool_events WHERE ts >= ${THEN_S + 400 * 60}`);
      expect(() => applyImport(db, survey, { ...options, again: false })).toThrow(ChangedMeanwhile);
    });
    expect(home().query('SELECT count(*) AS n FROM hookline_event')).toEqual([{ n: 250 }]);
    addRows(
      home(),
      oldCalls(600)
        .slice(400)
        .map(({ endedS }) => [endedS, 'Read', null, '/w', null]),
    );
    expect(await importer.apply({ again: false })).toMatchObject({ run: 1 });
    expect(importer.runs()).toMatchObject([{ id: 1, events: 600, undoneAt: null }]);
    expect(home().query('SELECT count(*) AS n FROM hookline_event')).toEqual([{ n: 600 }]);
  });

  it('refuses where the hook is not installed, and writes nothing', async () => {
    aLittleOfEverything();
    const importer = createImporter({ ...home(), waitMs: 0 });
    expect(await importer.apply({ again: false })).toMatchObject({ kind: 'refused' });
    expect(existsSync(home().paths.own)).toBe(false);
  });

  it('refuses while another run holds the lock', async () => {
    aLittleOfEverything();
    const importer = importerOf(home());
    const lock = takeLock({ ...home(), waitMs: 0 });
    expect(await importer.apply({ again: false })).toMatchObject({ kind: 'refused' });
    lock?.release();
  });
});

describe('lines of imported events', () => {
  it('are written for what only a database knew, and for nothing else', async () => {
    aLittleOfEverything();
    const importer = importerOf(home());
    await importer.apply({ again: false });
    const before = home().text(home().paths.journals.toolUsage);
    await home().refresh();
    const text = home().text(home().paths.journals.toolUsage);
    expect(text.startsWith(before)).toBe(true);
    const added = readJsonLines(home().paths.journals.toolUsage).filter(
      ({ id }) => id !== undefined,
    );
    expect(added).toMatchObject(
      [2, 3].map((i) => ({ ts: THEN_S + i * 60 + 2, tool: 'Bash', source: 'old', success: null })),
    );
    expect(importer.plan().verdicts).toMatchObject({ new: 0, known: 7 });
  });
});

describe('taking an import back', () => {
  it('removes its events and its lines, to the byte', async () => {
    aLittleOfEverything();
    const importer = importerOf(home());
    await home().refresh();
    const before = readFileSync(home().paths.journals.toolUsage);
    await importer.apply({ again: false });
    await home().refresh();
    expect(await importer.undo(1)).toEqual({
      kind: 'undone',
      run: 1,
      events: 7,
      lines: 2,
      linesLeft: 0,
    });
    expect(readFileSync(home().paths.journals.toolUsage)).toEqual(before);
    expect(home().query(EVENTS)).toEqual([]);
    await home().refresh();
    expect(readFileSync(home().paths.journals.toolUsage)).toEqual(before);
    expect(home().query(EVENTS)).toEqual([]);
  });

  it('keeps the events away until they are asked for', async () => {
    aLittleOfEverything();
    const importer = importerOf(home());
    await importer.apply({ again: false });
    const before = home()
      .query(EVENTS)
      .map(({ seq, ...event }) => event);
    await importer.undo(1);
    expect(importer.plan().verdicts).toMatchObject({ new: 0, takenBack: 7 });
    expect(await importer.apply({ again: false })).toEqual({ kind: 'nothing-new' });
    expect(await importer.apply({ again: true })).toMatchObject({
      kind: 'imported',
      run: 2,
      events: 7,
    });
    expect(
      home()
        .query(EVENTS)
        .map(({ seq, ...event }) => event),
    ).toEqual(before);
    expect(await importer.undo(1)).toMatchObject({ kind: 'refused' });
  });

  it('removes what that run added, and no other', async () => {
    addRows(home(), [[THEN_S, 'Read', null, '/w', null]]);
    const importer = importerOf(home());
    await importer.apply({ again: false });
    addRows(home(), [[THEN_S + 60, 'Edit', '/w/a.ts', '/w', null]]);
    await importer.apply({ again: false });
    await importer.undo(1);
    expect(home().query('SELECT tool FROM hookline_event')).toEqual([{ tool: 'Edit' }]);
  });

  it('leaves its lines where somebody wrote behind them', async () => {
    addRows(home(), [[THEN_S, 'Read', null, '/w', null]]);
    const importer = importerOf(home());
    await importer.apply({ again: false });
    await home().refresh();
    appendFileSync(
      home().paths.journals.toolUsage,
      '{"ts":1769300000,"tool":"Read","source":"hook"}\n',
    );
    const before = readFileSync(home().paths.journals.toolUsage);
    expect(await importer.undo(1)).toMatchObject({ events: 1, lines: 0, linesLeft: 1 });
    expect(readFileSync(home().paths.journals.toolUsage)).toEqual(before);
  });

  it('refuses a run that there is not', async () => {
    expect(await importerOf(home()).undo(7)).toEqual({
      kind: 'refused',
      reason: 'There is no import 7.',
    });
  });
});

describe('counting what is not imported', () => {
  it('tells the same as the store does after the import, and nothing then', async () => {
    writeOldHome(makeOldHome(sizeOfShare(0.02), 'count'), home().paths, home().open);
    const importer = importerOf(home());
    const count = () => home().withStore((db) => importer.count(db));
    const before = count();
    await importer.apply({ again: false });
    const byTool = home()
      .query(
        "SELECT tool, count(*) AS n FROM hookline_event WHERE kind = 'tool' GROUP BY 1 ORDER BY n DESC, tool",
      )
      .map(({ tool, n }) => [tool, n]);
    expect(before.tools).toEqual(byTool);
    const quarters = home()
      .query(
        "SELECT at_ms / 900000 AS quarter, count(*) AS n FROM hookline_event WHERE kind <> 'other' GROUP BY 1",
      )
      .map(({ quarter, n }) => [Number(quarter), n]);
    expect(before.quarters.map((one) => [one.quarter, one.calls + one.sessionEvents])).toEqual(
      quarters.filter(([, n]) => Number(n) > 0),
    );
    expect(before.programs.reduce((sum, [, n]) => sum + n, 0)).toBe(
      Number(home().query('SELECT count(command) AS n FROM hookline_event')[0]?.n),
    );
    expect(count().events).toEqual({ calls: 0, sessions: 0, prompts: 0 });
    await importer.undo(1);
    expect(count()).toEqual(before);
  });

  it('does not read again what has not changed, not even in another process', () => {
    addRows(home(), [[THEN_S, 'Read', null, '/w', null]]);
    const first = importerOf(home());
    home().withStore((db) => {
      const totals = first.count(db);
      expect(first.count(db)).toBe(totals);
      // Whoever read the file would find this.
      const file = join(home().paths.own, 'old-count.json');
      writeFileSync(file, readFileSync(file, 'utf8').replace('"calls":1', '"calls":77'));
      expect(importerOf(home()).count(db).events.calls).toBe(77);
    });
  });

  it.each([
    [
      'a line of the old hook',
      () => addLines(home(), 'tool-usage', ['{"ts":1769300000,"tool":"Read"}']),
      2,
    ],
    ['a row of the old hook', () => addRows(home(), [[THEN_S + 60, 'Read', null, '/w', null]]), 2],
    ['a row that is gone', () => home().withStore((db) => db.exec('DELETE FROM tool_events')), 0],
    ['a lost file', () => rmSync(home().paths.database), 0],
  ])('counts again after %s', (_, change, expected) => {
    addRows(home(), [[THEN_S, 'Read', null, '/w', null]]);
    const importer = importerOf(home());
    expect(home().withStore((db) => importer.count(db)).events.calls).toBe(1);
    change();
    importerOf(home());
    expect(home().withStore((db) => importer.count(db)).events.calls).toBe(expected);
  });
});
