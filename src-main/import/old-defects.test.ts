/**
 * What the old pipeline got wrong in its stores, each with its old input and our right answer. The
 * numbers are those under which the defects are known.
 */
import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createOldPipeline } from '../../scripts/old-home/old-pipeline.ts';
import { OLD_TABLES } from '../../scripts/old-home/write-old-home.ts';
import { homePerTest } from '../../test/support/home.ts';
import {
  addLines,
  addOldPipeline,
  addRows,
  claudeDb,
  fill,
  importerOf,
  oldCalls,
  planOf,
  SESSION,
  THEN_S,
  unaccounted,
} from '../../test/support/old-record.ts';

const home = homePerTest();

/** The old hook after so many calls, in its last form but one. */
function hooked(count: number, tool = 'Read') {
  const pipeline = createOldPipeline();
  for (const call of oldCalls(count, { tool })) pipeline.hook(call, 'dual', true);
  return pipeline;
}

function planned() {
  const plan = planOf(home());
  expect(unaccounted(plan)).toEqual(plan.files.map(() => 0));
  return plan.events;
}

describe('duplicates that the old bridge made', () => {
  it('D01: twenty calls and two session events that hook and bridge both wrote are twenty-two', () => {
    const pipeline = createOldPipeline();
    pipeline.session(SESSION, 'start', 'dual');
    for (const call of oldCalls(20)) pipeline.hook(call, 'dual', true);
    pipeline.session(SESSION, 'end', 'dual');
    pipeline.bridge('late');
    addOldPipeline(home(), pipeline);
    expect(planned()).toEqual({ calls: 20, sessions: 2, prompts: 0 });
  });

  it('D02: events of the second at which the bridge stood are not lost', () => {
    const pipeline = createOldPipeline();
    const calls = oldCalls(8, { endedS: THEN_S });
    for (const call of calls.slice(0, 5)) pipeline.hook(call, 'sqlite-only');
    pipeline.bridge('late');
    for (const call of calls.slice(5)) pipeline.hook(call, 'sqlite-only');
    pipeline.bridge('late');
    expect(pipeline.lines['tool-usage']).toHaveLength(5);
    addOldPipeline(home(), pipeline);
    expect(planned().calls).toBe(8);
  });

  it('D03: a row that was committed late, with an earlier second, is not lost', () => {
    const pipeline = createOldPipeline();
    const [early, late] = oldCalls(2);
    if (early === undefined || late === undefined) throw new Error('two calls are needed');
    pipeline.hook(late, 'sqlite-only');
    pipeline.bridge('late');
    pipeline.hook(early, 'sqlite-only');
    pipeline.bridge('late');
    expect(pipeline.lines['tool-usage']).toHaveLength(1);
    addOldPipeline(home(), pipeline);
    expect(planned().calls).toBe(2);
  });

  it('D04: calls of which all JSONL files were deleted are known from SQLite', () => {
    const pipeline = hooked(10);
    pipeline.bridge('late');
    addOldPipeline(home(), pipeline);
    rmSync(home().paths.journals.toolUsage);
    rmSync(home().paths.journals.activityEvents);
    rmSync(home().paths.journals.toolSuccess);
    expect(planned().calls).toBe(10);
  });

  it('D05: a history that was exported again because the state file was lost counts once', () => {
    const pipeline = hooked(10);
    pipeline.bridge('late');
    pipeline.setBridgeBack(0);
    pipeline.bridge('late');
    addOldPipeline(home(), pipeline);
    expect(planned().calls).toBe(10);
  });

  it('D06: a history that was exported every minute because the state could not be saved counts once', () => {
    const pipeline = hooked(10);
    for (let run = 0; run < 5; run++) {
      pipeline.setBridgeBack(0);
      pipeline.bridge('late');
    }
    expect(pipeline.lines['tool-usage']).toHaveLength(60);
    addOldPipeline(home(), pipeline);
    expect(planned().calls).toBe(10);
  });

  it('D06: exports count once even when the database is gone, and two calls of one second are two', () => {
    const pipeline = hooked(10);
    const [twice] = oldCalls(1, { endedS: THEN_S + 5000, tool: 'Glob' });
    if (twice === undefined) throw new Error('a call is needed');
    pipeline.hook(twice, 'sqlite-only');
    pipeline.hook(twice, 'sqlite-only');
    for (let run = 0; run < 3; run++) {
      pipeline.setBridgeBack(0);
      pipeline.bridge('early');
    }
    const exported = pipeline.lines['tool-usage'].filter((line) => line.includes('"sqlite"'));
    expect(exported).toHaveLength(36);
    addLines(home(), 'tool-usage', exported);
    expect(planned().calls).toBe(12);
  });

  it('D07: two bridges at once double every line and no event', () => {
    const pipeline = hooked(10);
    pipeline.bridge('late');
    const before = pipeline.lines['tool-usage'].slice(10);
    addOldPipeline(home(), pipeline);
    addLines(home(), 'tool-usage', before);
    expect(planned().calls).toBe(10);
  });

  it('D07b: a session that the bridge told without its model and project is the one that the hook told', async () => {
    const pipeline = createOldPipeline();
    pipeline.session(SESSION, 'start', 'dual');
    pipeline.bridge('late');
    addOldPipeline(home(), pipeline);
    await importerOf(home()).apply({ again: false });
    expect(home().query('SELECT kind, hook_event, cwd FROM hookline_event')).toEqual([
      { kind: 'session', hook_event: 'SessionStart', cwd: SESSION.pwd },
    ]);
  });

  it('D08: of a line that was torn by another one the row still tells', () => {
    const pipeline = hooked(3);
    addOldPipeline(home(), pipeline);
    rmSync(home().paths.journals.toolUsage);
    const [a = '', b = '', c = ''] = pipeline.lines['tool-usage'];
    addLines(home(), 'tool-usage', [a.slice(0, 40) + b, b.slice(40), c]);
    const plan = planOf(home());
    expect(plan.events.calls).toBe(3);
    expect(plan.files.find(({ name }) => name === 'tool-usage.jsonl')?.bad).toEqual({
      'not JSON': 2,
    });
  });
});

describe('events that the old hook lost', () => {
  it('D09a: a call that neither store took is known from the transcript by the backfill', () => {
    const pipeline = createOldPipeline();
    pipeline.weeklyBackfill(oldCalls(1));
    addOldPipeline(home(), pipeline);
    expect(planned().calls).toBe(1);
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
    expect(planned().calls).toBe(4);
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
    expect(planned().calls).toBe(0);
  });

  it('D29: an invalid byte costs one character, not the file', () => {
    addLines(home(), 'tool-usage', [
      Buffer.from(
        '{"ts":1769300000,"tool":"Edit","file":"/w/caf\u00e9","source":"hook"}',
        'latin1',
      ),
      '{"ts":1769300001,"tool":"Read","source":"hook"}',
    ]);
    expect(planned().calls).toBe(2);
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

describe('backfills and copies', () => {
  it('D40: ten calls stay ten through hooks, bridge, bulk, weekly, weekly again and bulk again', () => {
    const calls = oldCalls(10);
    const pipeline = hooked(10);
    pipeline.bridge('late');
    pipeline.bulkBackfill(calls);
    pipeline.weeklyBackfill(calls);
    pipeline.weeklyBackfill(calls);
    pipeline.bulkBackfill(calls);
    expect(pipeline.lines['tool-usage']).toHaveLength(50);
    addOldPipeline(home(), pipeline);
    expect(planned().calls).toBe(10);
  });

  it('D40: what was repeated is known as such without hooks too, and calls of one second stay two', () => {
    const calls = [...oldCalls(10), ...oldCalls(1), ...oldCalls(1, { tool: 'Grep' })];
    const pipeline = createOldPipeline();
    for (let week = 0; week < 3; week++) pipeline.weeklyBackfill(calls);
    expect(pipeline.lines['tool-usage']).toHaveLength(36);
    addOldPipeline(home(), pipeline);
    expect(planned().calls).toBe(12);
  });

  it('D41: prompts that were appended at each change of their transcript are seven, not twenty-five', () => {
    const prompts = Array.from({ length: 7 }, (_, i) => ({
      atS: THEN_S + i * 60,
      text: `prompt ${i}`,
      session: SESSION,
    }));
    const pipeline = createOldPipeline();
    for (let seen = 3; seen <= 7; seen++) pipeline.syncPrompts(prompts.slice(0, seen));
    expect(pipeline.lines['activity-events']).toHaveLength(25);
    addOldPipeline(home(), pipeline);
    expect(planned()).toEqual({ calls: 0, sessions: 0, prompts: 7 });
  });

  it('D42: how a backfilled call ended is unknown, not a success', async () => {
    const pipeline = createOldPipeline();
    pipeline.weeklyBackfill(oldCalls(10));
    addLines(home(), 'tool-usage', pipeline.lines['tool-usage']);
    await importerOf(home()).apply({ again: false });
    expect(home().query('SELECT outcome, count(*) AS n FROM hookline_event GROUP BY 1')).toEqual([
      { outcome: 'unknown', n: 10 },
    ]);
  });

  it('D43: lines that "compacting" lost are known from SQLite, and the duplicates it kept count once', () => {
    const pipeline = hooked(36);
    pipeline.bridge('late');
    addOldPipeline(home(), pipeline);
    rmSync(home().paths.journals.toolUsage);
    const exported = pipeline.lines['tool-usage'].slice(36, 39);
    addLines(home(), 'tool-usage', [...exported, ...exported, ...exported]);
    expect(planned().calls).toBe(36);
  });

  it('D44: each file answers for its own broken lines', () => {
    addLines(
      home(),
      'activity-events',
      Array.from({ length: 5 }, () => '{"ts": 17695'),
    );
    addLines(home(), 'tool-usage', ['{"ts":1769300000,"tool":"Read","source":"hook"}']);
    const broken = planOf(home()).files.map(({ name, bad }) => [name, bad]);
    expect(broken).toEqual([
      ['tool-usage.jsonl', {}],
      ['activity-events.jsonl', { 'not JSON': 5 }],
    ]);
  });

  it('D45: a migration that ran twice, with seconds, milliseconds and texts mixed, adds nothing', () => {
    const pipeline = hooked(1);
    addOldPipeline(home(), pipeline);
    const schema = `CREATE TABLE tool_events (id INTEGER PRIMARY KEY, timestamp INTEGER NOT NULL, tool_name TEXT NOT NULL, success INTEGER NOT NULL, duration_ms INTEGER, error_message TEXT, context TEXT);
      CREATE TABLE activity_events (id INTEGER PRIMARY KEY, timestamp INTEGER NOT NULL, event_type TEXT NOT NULL, data TEXT, session_id TEXT)`;
    const [call] = oldCalls(1);
    const at = call?.endedS ?? 0;
    fill(home(), claudeDb(home()), schema, 'tool_events (timestamp, tool_name, success)', [
      [at, 'Read', 1],
      [at, 'Read', 1],
      [at * 1000, 'Read', 1],
    ]);
    fill(home(), claudeDb(home()), schema, 'activity_events (timestamp, event_type, data)', [
      [at, 'tool_use', '{"tool": "Read"}'],
      [new Date(at * 1000).toISOString(), 'tool_use', '{"tool": "Read"}'],
      [at * 1000, 'tool_use', '{"tool": "Read"}'],
    ]);
    expect(planned().calls).toBe(1);
  });
});
