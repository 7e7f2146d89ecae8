import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { describe, expect, it } from 'vitest';
import { callPayload, TEST_TIME } from '../../test/support/capture-text.ts';
import {
  changedPayload,
  hookPayload,
  sequencePayloads,
} from '../../test/support/claude-fixtures.ts';
import { drain, idsByStream, recordsIn, spoolEntry } from '../../test/support/spool.ts';
import { queryFile } from '../../test/support/sqlite.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { createPaths } from '../files/paths.ts';
import { quarantineFile } from '../journal/quarantine.ts';
import { hasRightSum } from '../journal/sum.ts';

const folder = tempFolderPerTest();
const paths = () => createPaths({ home: folder() });
const spool = (payload: string | Buffer, options = {}) => spoolEntry(paths(), payload, options);
const left = () => readdirSync(paths().spool);
const query = (sql: string) => queryFile(paths().database, sql);
const stored = () =>
  query('SELECT id FROM hookline_event ORDER BY seq').map(({ id }) => String(id));
const outcomes = () => query('SELECT id, outcome, exit_code FROM hookline_event');
const { toolUse, batch } = {
  toolUse: (members = {}) => callPayload(members),
  batch: (tool_response: unknown) =>
    callPayload({
      hook_event_name: 'PostToolBatch',
      tool_calls: [{ tool_name: 'Bash', tool_input: {}, tool_use_id: 'toolu_01', tool_response }],
    }),
};

describe('drainSpool', () => {
  it('stores an event in SQLite and in every stream that it belongs to', () => {
    spool(hookPayload('PostToolUseFailure-Bash-exit3'));
    spool(hookPayload('SessionStart-startup'));
    spool(hookPayload('Stop'));
    expect(drain(paths())).toMatchObject({ entries: 3, events: 3, rejected: 0, problems: [] });
    const [call, start, stop] = stored();
    expect(idsByStream(paths())).toEqual({
      'tool-usage': [call],
      'session-events': [start],
      events: [stop],
      'activity-events': [call, start].sort(),
      'tool-success': [call],
      'command-usage': [call],
      errors: [call],
    });
    expect(recordsIn(paths().journals.toolUsage).every(hasRightSum)).toBe(true);
    expect(query('SELECT tool FROM tool_events')).toEqual([
      { tool: 'Bash' },
      { tool: 'session_start' },
    ]);
    expect(left()).toEqual([]);
    expect(readFileSync(paths().activityLog, 'utf8')).toContain(' Bash\n');
  });

  it('takes the time and the project of the entry', () => {
    spool(toolUse(), { at: TEST_TIME, project: '/w/p' });
    drain(paths());
    expect(query('SELECT at_ms, project, via, source FROM hookline_event')).toEqual([
      { at_ms: TEST_TIME, project: '/w/p', via: 'direct', source: 'hook' },
    ]);
  });

  it('does nothing where there is no spool', () => {
    expect(drain(paths(), { db: null })).toMatchObject({ entries: 0, events: 0, problems: [] });
  });

  it('keeps a payload that comes twice once: the client ran two hooks for one call', () => {
    spool(toolUse());
    spool(toolUse());
    expect(drain(paths()).events).toBe(1);
    spool(toolUse());
    expect(drain(paths())).toMatchObject({ entries: 1, events: 0, amended: 0 });
    expect(stored()).toEqual(['toolu_01']);
    expect(idsByStream(paths())['tool-usage']).toEqual(['toolu_01']);
  });

  it('knows an entry again that could not be removed', () => {
    const path = spool(hookPayload('Stop'), { name: '5-0.event', at: TEST_TIME });
    const bytes = readFileSync(path);
    drain(paths());
    writeFileSync(path, bytes);
    utimesSync(path, TEST_TIME / 1000, TEST_TIME / 1000);
    expect(drain(paths()).events).toBe(0);
    expect(idsByStream(paths()).events).toHaveLength(1);
  });

  it('takes how a call ended from its own event, before or after the batch, in one drain', () => {
    spool(batch('Exit code 3\nfrom a log'));
    spool(toolUse());
    expect(drain(paths())).toMatchObject({ events: 1, amended: 0 });
    expect(outcomes()).toEqual([{ id: 'toolu_01', outcome: 'succeeded', exit_code: null }]);
    expect(recordsIn(paths().journals.toolUsage)).toMatchObject([{ success: true }]);
  });

  it('amends a call whose own event comes after its batch, and leaves its line', () => {
    spool(batch('Exit code 3\nfrom a log'));
    drain(paths());
    spool(toolUse());
    expect(drain(paths()).events).toBe(0);
    expect(outcomes()).toEqual([{ id: 'toolu_01', outcome: 'succeeded', exit_code: null }]);
    expect(recordsIn(paths().journals.toolUsage)).toMatchObject([{ success: false, exit_code: 3 }]);
    const fields = recordsIn(paths().journals.amendments).map(({ field, value }) => [field, value]);
    expect(Object.fromEntries(fields)).toMatchObject({ outcome: 'succeeded', durationMs: 12 });
    expect(query('SELECT count(*) AS n FROM hookline_amendment')).toEqual([{ n: fields.length }]);
  });

  it('learns nothing from a batch that comes after the call', () => {
    spool(toolUse());
    drain(paths());
    spool(batch('Exit code 3\nfrom a log'));
    expect(drain(paths()).amended).toBe(0);
    expect(outcomes()).toEqual([{ id: 'toolu_01', outcome: 'succeeded', exit_code: null }]);
  });

  it('keeps calls that only their batch tells, each with its outcome', () => {
    for (const name of ['Edit-string-not-found', 'permission-denied', 'unknown-tool', 'Write']) {
      spool(hookPayload(`PostToolBatch-${name}`));
    }
    drain(paths());
    expect(outcomes().map(({ outcome }) => outcome)).toEqual([
      'failed',
      'denied',
      'failed',
      'unknown',
    ]);
  });

  it('keeps byte-equal payloads of one session within a second once, in one drain or in two', () => {
    spool(hookPayload('Stop'), { at: TEST_TIME });
    spool(hookPayload('Stop'), { at: TEST_TIME + 500 });
    expect(drain(paths()).events).toBe(1);
    spool(hookPayload('Stop'), { at: TEST_TIME + 1000 });
    expect(drain(paths()).events).toBe(0);
    spool(hookPayload('Stop'), { at: TEST_TIME + 1500 });
    spool(changedPayload('Stop', { session_id: 'other' }), { at: TEST_TIME });
    expect(drain(paths()).events).toBe(2);
  });

  it('records nothing of an excluded folder, not even what is damaged in it', () => {
    const isExcluded = (project: string | null, cwd: string | null) =>
      project === '/secret' || cwd === '/secret';
    spool(toolUse(), { project: '/secret' });
    spool(toolUse({ cwd: '/secret' }));
    spool('{"prompt":"half a JS', { project: '/secret' });
    spool(hookPayload('PreToolUse-Bash'), { project: '/secret' });
    expect(drain(paths(), { isExcluded })).toMatchObject({ entries: 4, events: 0, rejected: 0 });
    expect(left()).toEqual([]);
    expect(existsSync(quarantineFile(paths()))).toBe(false);
    expect(query('SELECT * FROM hookline_running')).toEqual([]);
  });

  it.each([
    ['empty', ''],
    ['not JSON', '{"hook_event_name":"Stop"'],
    ['not JSON', '\0\0\0'],
    ['not a JSON object', 'null'],
    ['no hook_event_name', '{}'],
  ])('keeps what is malformed (%s: %j) in quarantine, and the rest as ever', (reason, payload) => {
    spool(payload);
    spool(toolUse());
    expect(drain(paths())).toMatchObject({ entries: 2, events: 1, rejected: 1 });
    expect(recordsIn(quarantineFile(paths()))).toMatchObject([{ reason, text: payload }]);
    expect(left()).toEqual([]);
  });

  it('keeps a payload with a stray byte', () => {
    const payload = Buffer.from(toolUse({ tool_input: { command: 'echo @' } }));
    payload[payload.indexOf('@')] = 0xe9;
    spool(payload);
    drain(paths());
    expect(query('SELECT command FROM hookline_event')).toEqual([{ command: 'echo \ufffd' }]);
  });

  it('waits for an entry that is being written, and for nobody who is dead', () => {
    const now = () => TEST_TIME;
    spool('{"half', { name: `${process.pid}-0.event`, isFinished: false, at: TEST_TIME - 1000 });
    spool('{"half', { name: '99999999-0.event', isFinished: false, at: TEST_TIME - 1000 });
    spool(toolUse(), { name: '99999998-0.event', isFinished: false, at: TEST_TIME - 1000 });
    expect(drain(paths(), { now })).toMatchObject({ unfinished: 1, rejected: 1, events: 1 });
    expect(left()).toEqual([`${process.pid}-0.event`]);
    expect(recordsIn(quarantineFile(paths()))).toMatchObject([{ reason: 'unfinished, not JSON' }]);
    const later = { now: () => TEST_TIME + 120_000 };
    expect(drain(paths(), later)).toMatchObject({ unfinished: 0, rejected: 1 });
    expect(left()).toEqual([]);
  });

  it('does not wait for ever where the clock was set back', () => {
    const name = `${process.pid}-0.event`;
    spool('{"half', { name, isFinished: false, at: TEST_TIME + 3_600_000 });
    expect(drain(paths(), { now: () => TEST_TIME })).toMatchObject({ unfinished: 0, rejected: 1 });
  });

  it('says what it left, until that is written to', () => {
    const path = spool('{"half', { name: `${process.pid}-0.event`, isFinished: false });
    const now = () => TEST_TIME;
    utimesSync(path, TEST_TIME / 1000, TEST_TIME / 1000);
    expect(drain(paths(), { now }).left.size).toBe(1);
    rmSync(path);
    expect(drain(paths(), { now }).left.size).toBe(0);
  });

  it('shows a call as running until it ends, whichever of the two is told first', () => {
    const running = () => query('SELECT tool_use_id FROM hookline_running');
    const pre = changedPayload('PreToolUse-Bash', { tool_use_id: 'toolu_01' });
    spool(pre);
    drain(paths());
    expect(running()).toEqual([{ tool_use_id: 'toolu_01' }]);
    expect(stored()).toEqual([]);
    spool(toolUse());
    drain(paths());
    expect(running()).toEqual([]);
    spool(pre);
    drain(paths());
    expect(running()).toEqual([]);
  });

  it('drains more entries than one batch holds', () => {
    for (let i = 0; i < 450; i++) spool(toolUse({ tool_use_id: `toolu_${i}` }));
    expect(drain(paths())).toMatchObject({ entries: 450, events: 450 });
    expect(new Set(idsByStream(paths())['tool-usage']).size).toBe(450);
    expect(left()).toEqual([]);
  });
});

describe('drainSpool of a whole run', () => {
  const names = [
    'headless-main',
    'headless-denied',
    'headless-two-background-agents',
    'headless-background-bash',
    'interactive-main-compact-exit',
  ];
  const callsIn = (texts: readonly string[]) => {
    const ids = texts.flatMap((text) => {
      const payload = JSON.parse(text);
      const calls: { tool_use_id: string }[] = payload.tool_calls ?? [payload];
      const isTold = /^PostTool/.test(payload.hook_event_name);
      return isTold ? calls.map(({ tool_use_id }) => tool_use_id) : [];
    });
    return [...new Set(ids)].sort();
  };

  it.each(names)('keeps each call of %s once, drained at once or one by one', (name) => {
    const texts = sequencePayloads(name);
    for (const text of texts) spool(text);
    drain(paths());
    const atOnce = idsByStream(paths());
    expect(atOnce['tool-usage']).toEqual(callsIn(texts));
    const plain = texts.filter((text) => !/"hook_event_name":"(Pre|Post)Tool/.test(text));
    expect(stored()).toHaveLength(callsIn(texts).length + plain.length);

    const other = createPaths({ home: `${folder()}/other` });
    mkdirSync(other.home);
    for (const text of [...texts].reverse()) {
      spoolEntry(other, text);
      drain(other);
    }
    const oneByOne = idsByStream(other);
    for (const stream of ['tool-usage', 'tool-success', 'command-usage']) {
      expect(oneByOne[stream]).toEqual(atOnce[stream]);
    }
    const ends =
      "SELECT id, outcome, exit_code, error_class FROM hookline_event WHERE kind = 'tool' ORDER BY id";
    expect(queryFile(other.database, ends)).toEqual(query(ends));
  });
});
