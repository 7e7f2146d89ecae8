import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
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
  addSixCalls,
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

describe('planning an import', () => {
  it('writes nothing, before install and after', () => {
    addSixCalls(home());
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
    addSixCalls(home());
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
    addSixCalls(home());
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
    expect(home().query('SELECT count(*) AS n FROM hookline_event')).toEqual([{ n: 400 }]);
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
    addSixCalls(home());
    const importer = createImporter({ ...home(), waitMs: 0 });
    expect(await importer.apply({ again: false })).toMatchObject({ kind: 'refused' });
    expect(existsSync(home().paths.own)).toBe(false);
  });

  it('refuses while another run holds the lock', async () => {
    addSixCalls(home());
    const importer = importerOf(home());
    const lock = takeLock({ ...home(), waitMs: 0 });
    expect(await importer.apply({ again: false })).toMatchObject({ kind: 'refused' });
    lock?.release();
  });
});

describe('lines of imported events', () => {
  it('are written for what only a database knew, and for nothing else', async () => {
    addSixCalls(home());
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
