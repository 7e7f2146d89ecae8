/**
 * What the old hook lost and the old integrator misread, each with its old input and our right answer. The
 * numbers are those under which the defects are known.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createOldPipeline } from '../../scripts/old-home/old-pipeline.ts';
import { OLD_TABLES } from '../../scripts/old-home/write-old-home.ts';
import { homePerTest } from '../../test/support/home.ts';
import { toolCall } from '../../test/support/make-event.ts';
import {
  addLines,
  addOldPipeline,
  addRows,
  fill,
  hooked,
  importerOf,
  oldCalls,
  planned,
  planOf,
  THEN_S,
} from '../../test/support/old-record.ts';

const home = homePerTest();

describe('events that the old hook lost', () => {
  it('D09a: a call that neither store took is known from the transcript by the backfill', () => {
    const pipeline = createOldPipeline();
    pipeline.weeklyBackfill(oldCalls(1));
    addOldPipeline(home(), pipeline);
    expect(planned(home()).calls).toBe(1);
  });

  it('D09b: a database without the table hinders nothing', () => {
    fill(home(), home().paths.database, 'CREATE TABLE findings (id)', 'findings', [[1]]);
    addLines(home(), 'tool-usage', hooked(2).lines['tool-usage']);
    const plan = planOf(home());
    expect(plan.problems).toEqual([]);
    expect(plan.events.calls).toBe(2);
  });

  it('D09b: a table without a column for the time is named as what is wrong', () => {
    fill(home(), home().paths.database, 'CREATE TABLE tool_events (tool TEXT)', 'tool_events', [
      ['x'],
    ]);
    expect(planOf(home()).problems).toMatchObject([
      { store: 'antigravity.db: tool_events', reason: expect.stringContaining('no column for ts') },
    ]);
  });

  it('D13: a blank command is no command, and stops nothing', async () => {
    const metadata = JSON.stringify({ command: ' ', success: true, exit_code: 0, model: 'sonnet' });
    addRows(home(), [
      [THEN_S, 'Bash', null, '/w', metadata],
      ...oldCalls(6).map(({ endedS }) => [endedS, 'Read', null, '/w', null]),
    ]);
    await importerOf(home()).apply({ again: false });
    expect(
      home().query('SELECT tool, command, count(*) AS n FROM hookline_event GROUP BY 1'),
    ).toEqual([
      { tool: 'Bash', command: null, n: 1 },
      { tool: 'Read', command: null, n: 6 },
    ]);
  });

  it('D13b: metadata that is no object, or no JSON, leaves the call', () => {
    addRows(home(), [
      [THEN_S, 'Bash', null, '/w', '[1]'],
      [THEN_S + 60, 'Bash', null, '/w', 'null'],
      [THEN_S + 120, 'Bash', null, '/w', '{"command":'],
      [THEN_S + 180, 'Bash', null, null, '"text"'],
    ]);
    expect(planned(home()).calls).toBe(4);
  });

  it('D16: two edits of one file in one second are two, whatever the old table can hold', async () => {
    fill(
      home(),
      home().paths.database,
      OLD_TABLES.recommended,
      'tool_events (ts, tool, file_path)',
      [[THEN_S, 'Edit', '/w/a.ts']],
    );
    const line = (session: string): string =>
      `{"ts": ${THEN_S}, "tool": "Edit", "session": "${session}", "model": "sonnet", "source": "hook", "file_path": "/w/a.ts", "command": "", "success": true}`;
    addLines(home(), 'tool-usage', [line('my-proje'), line('my-proje')]);
    expect(await importerOf(home()).apply({ again: false })).toMatchObject({ events: 2 });
    expect(home().query('SELECT count(*) AS n FROM tool_events')).toEqual([{ n: 1 }]);
  });
});

describe('times of the old record', () => {
  it('D22: one event is at one moment, and its day is that of the zone that is asked for', () => {
    addRows(home(), [[Date.UTC(2026, 0, 26, 2) / 1000, 'Read', null, '/w', null]]);
    const { quarters } = importerOf(home()).count(null);
    expect(quarters).toMatchObject([{ quarter: Date.UTC(2026, 0, 26, 2) / 900_000, calls: 1 }]);
  });

  it('D23: rows with `timestamp` instead of `ts` are on their day like the others', () => {
    addLines(home(), 'activity-events', [
      ...hooked(6).lines['activity-events'],
      ...[1, 2, 3, 4].map(
        (i) =>
          `{"timestamp": ${THEN_S + i}, "type": "query", "query": "q${i}", "source": "transcript"}`,
      ),
    ]);
    const plan = planOf(home());
    expect(plan.events).toEqual({ calls: 6, sessions: 0, prompts: 4 });
    expect(plan.months).toEqual([{ month: '2026-01', events: 10 }]);
  });

  it('D24: milliseconds are not taken for seconds', () => {
    addLines(home(), 'activity-events', [
      `{"type":"query","timestamp":${THEN_S * 1000 + 123},"query":"fix it","source":"cli"}`,
    ]);
    expect(planOf(home()).months).toEqual([{ month: '2026-01', events: 1 }]);
  });
});

describe('lines that are no calls', () => {
  it('D28: a sum of a day is not taken for one successful call', () => {
    addLines(home(), 'tool-success', [
      '{"date": "2026-01-18", "tool": "Bash", "success": 46, "failure": 54, "total": 100}',
    ]);
    expect(planned(home()).calls).toBe(0);
  });

  it('D29: an invalid byte costs one character, not the file', () => {
    addLines(home(), 'tool-usage', [
      Buffer.from(
        '{"ts":1769300000,"tool":"Edit","file":"/w/caf\u00e9","source":"hook"}',
        'latin1',
      ),
      '{"ts":1769300001,"tool":"Read","source":"hook"}',
    ]);
    expect(planned(home()).calls).toBe(2);
  });

  it('D30: lines that cannot be read are counted, shown and in no sum', () => {
    addLines(home(), 'tool-usage', [
      '{"ts":1769300000,"tool":"Read","source":"hook"}',
      '{"ts":1769300000,"tool":"Re',
      '[]',
    ]);
    const [file] = planOf(home()).files;
    expect(file).toMatchObject({ read: 3, bad: { 'not JSON': 1, 'not a JSON object': 1 } });
    expect(file?.samples).toMatchObject([
      { place: 48, text: '{"ts":1769300000,"tool":"Re' },
      { place: 76, text: '[]' },
    ]);
  });
});

describe('statistics beside the old record', () => {
  const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

  it('D32: an archived file wipes no total, and the next event adds one', async () => {
    const { stats, journals } = home().paths;
    home().add(...Array.from({ length: 5 }, (_, i) => toolCall({ id: `toolu_${i}` })));
    await home().refresh();
    renameSync(journals.toolUsage, `${journals.toolUsage}.2026-01`);
    await home().refresh();
    expect(read(stats.toolUsage).total_calls).toBe(5);
    home().add(toolCall({ id: 'toolu_later' }));
    await home().refresh();
    expect(read(stats.toolUsage).total_calls).toBe(6);
  });

  it('D33: a fresh machine without the folder of the statistics gets them', async () => {
    home().add(toolCall());
    expect(existsSync(home().paths.kernel)).toBe(false);
    expect(await home().refresh()).toMatchObject({ ok: true });
    expect(Object.values(home().paths.stats).every((path) => existsSync(path))).toBe(true);
  });

  it('D59: an attempt keeps its category, whichever member names it', async () => {
    mkdirSync(home().paths.data, { recursive: true });
    writeFileSync(
      home().paths.journals.recoveryOutcomes,
      `{"ts": ${THEN_S}, "category": "git", "action": "a", "success": true}\n{"ts": ${THEN_S}, "category": "permission", "action": "b", "success": false}\n`,
    );
    await home().refresh();
    expect(read(home().paths.stats.recovery).by_pattern).toEqual({ git: 1, permission: 1 });
  });
});
