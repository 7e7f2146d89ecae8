/**
 * What the old bridge and the backfills repeated, each with its old input and our right answer. The
 * numbers are those under which the defects are known.
 */
import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createOldPipeline } from '../../scripts/old-home/old-pipeline.ts';
import { homePerTest } from '../../test/support/home.ts';
import {
  addLines,
  addOldPipeline,
  claudeDb,
  fill,
  hooked,
  importerOf,
  oldCalls,
  planned,
  planOf,
  SESSION,
  THEN_S,
} from '../../test/support/old-record.ts';

const home = homePerTest();

describe('duplicates that the old bridge made', () => {
  it('D01: twenty calls and two session events that hook and bridge both wrote are twenty-two', () => {
    const pipeline = createOldPipeline();
    pipeline.session(SESSION, 'start', 'dual');
    for (const call of oldCalls(20)) pipeline.hook(call, 'dual', true);
    pipeline.session(SESSION, 'end', 'dual');
    pipeline.bridge('late');
    addOldPipeline(home(), pipeline);
    expect(planned(home())).toEqual({ calls: 20, sessions: 2, prompts: 0 });
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
    expect(planned(home()).calls).toBe(8);
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
    expect(planned(home()).calls).toBe(2);
  });

  it('D04: calls of which all JSONL files were deleted are known from SQLite', () => {
    const pipeline = hooked(10);
    pipeline.bridge('late');
    addOldPipeline(home(), pipeline);
    rmSync(home().paths.journals.toolUsage);
    rmSync(home().paths.journals.activityEvents);
    rmSync(home().paths.journals.toolSuccess);
    expect(planned(home()).calls).toBe(10);
  });

  it('D05: a history that was exported again because the state file was lost counts once', () => {
    const pipeline = hooked(10);
    pipeline.bridge('late');
    pipeline.setBridgeBack(0);
    pipeline.bridge('late');
    addOldPipeline(home(), pipeline);
    expect(planned(home()).calls).toBe(10);
  });

  it('D06: a history that was exported every minute because the state could not be saved counts once', () => {
    const pipeline = hooked(10);
    for (let run = 0; run < 5; run++) {
      pipeline.setBridgeBack(0);
      pipeline.bridge('late');
    }
    expect(pipeline.lines['tool-usage']).toHaveLength(60);
    addOldPipeline(home(), pipeline);
    expect(planned(home()).calls).toBe(10);
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
    expect(planned(home()).calls).toBe(12);
  });

  it('D07: two bridges at once double every line and no event', () => {
    const pipeline = hooked(10);
    pipeline.bridge('late');
    const before = pipeline.lines['tool-usage'].slice(10);
    addOldPipeline(home(), pipeline);
    addLines(home(), 'tool-usage', before);
    expect(planned(home()).calls).toBe(10);
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
    expect(planned(home()).calls).toBe(10);
  });

  it('D40: what was repeated is known as such without hooks too, and calls of one second stay two', () => {
    const calls = [...oldCalls(10), ...oldCalls(1), ...oldCalls(1, { tool: 'Grep' })];
    const pipeline = createOldPipeline();
    for (let week = 0; week < 3; week++) pipeline.weeklyBackfill(calls);
    expect(pipeline.lines['tool-usage']).toHaveLength(36);
    addOldPipeline(home(), pipeline);
    expect(planned(home()).calls).toBe(12);
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
    expect(planned(home())).toEqual({ calls: 0, sessions: 0, prompts: 7 });
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
    expect(planned(home()).calls).toBe(36);
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
    expect(planned(home()).calls).toBe(1);
  });
});
