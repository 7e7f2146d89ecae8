import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../src-core/base/logger.ts';
import { createPaths } from '../../src-core/files/paths.ts';
import { addTombstones } from '../../src-core/store/tombstones.ts';
import { bridge, expectNothingToDo } from '../../test/support/bridge-world.ts';
import { homePerTest } from '../../test/support/home.ts';
import { NOON, toolCall } from '../../test/support/make-event.ts';
import {
  backfillerOf,
  makeTranscript,
  S1,
  transcriptHome,
} from '../../test/support/transcript-world.ts';
import { createBackfiller } from './backfiller.ts';

const home = homePerTest();
const S2 = '22222222-aaaa-4bbb-8ccc-000000000002';
const ASKED = { origin: 'asked' } as const;
const HOUR = 3_600_000;

const { transcript, call, outcomes } = transcriptHome(home);

describe('a backfill', () => {
  it('adds calls, prompts and the start of a session, under the ids that hooks would give', async () => {
    const told = transcript();
    told.prompt('fix the tests');
    told.call('toolu_1', { response: { stdout: '', interrupted: false } });
    const result = await backfillerOf(home()).run(ASKED);
    expect(result).toMatchObject({ kind: 'done', run: 1, events: 3, amended: 0 });
    expect(call('toolu_1')).toMatchObject({
      source: 'transcript',
      hook_event: 'Transcript',
      session_id: S1,
      tool: 'Bash',
      command: 'npm test',
      model: 'claude-opus-5-5',
      outcome: 'succeeded',
      project: '/Users/dev/project',
      prompt_id: 'prompt-11111111-1',
    });
    expect(
      home().query(
        "SELECT hook_event, facts FROM hookline_event WHERE kind <> 'tool' ORDER BY kind",
      ),
    ).toEqual([
      { hook_event: 'UserPromptSubmit', facts: '{"prompt_bytes":15}' },
      { hook_event: 'SessionStart', facts: '{"source":"startup"}' },
    ]);
  });

  it('brings its events into the files by way of the bridge, and nothing twice', async () => {
    const told = transcript();
    told.prompt('go');
    told.call('toolu_1');
    told.call('toolu_2', {
      is_error: true,
      content: 'Exit code 3',
      response: 'Error: Exit code 3',
    });
    const backfiller = backfillerOf(home());
    await backfiller.run(ASKED);
    expect(bridge(home())).toMatchObject({ drift: 0, healedToSqlite: 0 });
    expect(home().text(home().paths.journals.toolUsage).trim().split('\n')).toHaveLength(2);
    expect(home().query('SELECT count(*) AS n FROM tool_events')).toEqual([{ n: 3 }]);
    await backfiller.run(ASKED);
    expectNothingToDo(home());
  });

  it('tells hooked calls their model, in both stores, and leaves what the hook knew', async () => {
    const hooked = toolCall({ id: 'toolu_1', sessionId: S1, outcome: 'expected' });
    home().add(hooked);
    transcript().call('toolu_1');
    expect(await backfillerOf(home()).run(ASKED)).toMatchObject({ events: 1, amended: 1 });
    expect(call('toolu_1')).toMatchObject({
      source: 'hook',
      outcome: 'expected',
      duration_ms: 12,
      model: 'claude-opus-5-5',
    });
    bridge(home());
    expect(home().text(home().paths.journals.amendments)).toContain('"value":"claude-opus-5-5"');
  });

  it('knows how a call ended of which a batch alone had told', async () => {
    const batch = { hookEvent: 'PostToolBatch', outcome: 'unknown', durationMs: null } as const;
    home().add(toolCall({ id: 'toolu_1', sessionId: S1, ...batch }));
    transcript().call('toolu_1', { is_error: true, content: 'the server closed the connection' });
    await backfillerOf(home()).run(ASKED);
    expect(call('toolu_1')).toMatchObject({ outcome: 'failed', error_class: 'other' });
  });

  it('takes a rejected call for rejected, and one that had been allowed for interrupted', async () => {
    const refusal = { is_error: true, content: "The user doesn't want to proceed with this." };
    const told = transcript();
    told.call('toolu_1', refusal);
    told.call('toolu_2', null);
    const result = { type: 'tool_result', tool_use_id: 'toolu_2', ...refusal };
    const line = {
      type: 'user',
      sessionId: S1,
      timestamp: new Date(NOON - HOUR).toISOString(),
      permissionDecision: { decision: 'accept' },
      message: { content: [result] },
    };
    told.raw(`${JSON.stringify(line)}\n`);
    await backfillerOf(home()).run(ASKED);
    expect(outcomes()).toEqual({ toolu_1: 'rejected', toolu_2: 'interrupted' });
  });

  it('goes on where a file has grown, and waits for the rest of a line', async () => {
    const told = transcript();
    told.call('toolu_1', null);
    const backfiller = backfillerOf(home());
    await backfiller.run(ASKED);
    expect(outcomes()).toEqual({ toolu_1: 'unknown' });
    told.result('toolu_1');
    const last = JSON.stringify({ type: 'assistant', message: {} });
    told.raw(last.slice(0, 9));
    await backfiller.run(ASKED);
    expect(outcomes()).toEqual({ toolu_1: 'succeeded' });
    told.raw(`${last.slice(9)}\n`);
    told.call('toolu_2');
    await backfiller.run(ASKED);
    expect(outcomes()).toEqual({ toolu_1: 'succeeded', toolu_2: 'succeeded' });
    expect(backfiller.audit().total).toMatchObject({ seen: 2, stored: 2 });
  });

  it('reads a file again that was replaced or cut, and keeps what it had told', async () => {
    const told = transcript();
    told.call('toolu_1');
    told.call('toolu_2');
    const backfiller = backfillerOf(home());
    await backfiller.run(ASKED);
    truncateSync(told.path, 0);
    told.call('toolu_3');
    await backfiller.run(ASKED);
    expect(Object.keys(outcomes())).toEqual(['toolu_1', 'toolu_2', 'toolu_3']);
    expect(home().query('SELECT id FROM hookline_transcript_call')).toEqual([{ id: 'toolu_3' }]);
  });

  it('counts a call once that a fork repeats, under the session that told it first', async () => {
    transcript().call('toolu_1');
    const fork = makeTranscript(home(), { sessionId: S2, at: NOON - 2 * HOUR });
    fork.call('toolu_1');
    fork.call('toolu_2');
    const backfiller = backfillerOf(home());
    expect(await backfiller.preview()).toMatchObject({ new: 4 });
    await backfiller.run(ASKED);
    expect(call('toolu_1')).toMatchObject({ session_id: S1 });
    expect(call('toolu_2')).toMatchObject({ session_id: S2 });
    expect(backfiller.audit().total).toMatchObject({ seen: 2, stored: 2, missing: 0, extra: 0 });
  });

  it("books an agent's calls on its session's folder, with the agent's kind", async () => {
    transcript().prompt('go');
    const agent = transcript({ agentId: 'a1', cwd: '/Users/dev/project/.worktrees/x' });
    writeFileSync(agent.path.replace('.jsonl', '.meta.json'), '{"agentType":"Explore"}');
    agent.call('toolu_1');
    await backfillerOf(home()).run(ASKED);
    expect(call('toolu_1')).toMatchObject({
      agent_id: 'a1',
      agent_type: 'Explore',
      project: '/Users/dev/project',
      cwd: '/Users/dev/project/.worktrees/x',
    });
  });

  it('leaves out folders that are not recorded, pauses, and what is no prompt', async () => {
    const { paths } = home();
    home().pretendInstalled();
    await home().refresh();
    writeFileSync(paths.settings, '{"excludedFolders":["/Users/dev/secret"]}');
    writeFileSync(paths.pauses, `{"fromAt":${NOON - 2 * HOUR},"toAt":${NOON - HOUR}}\n`);
    transcript({ sessionId: S2, cwd: '/Users/dev/secret', at: NOON - HOUR }).call('toolu_1');
    transcript().call('toolu_2');
    const told = transcript({ at: NOON - HOUR + 5000 });
    told.call('toolu_3');
    told.prompt('<task-notification>done</task-notification>', { promptSource: 'system' });
    told.prompt('This session is being continued', { isCompactSummary: true });
    const backfiller = backfillerOf(home());
    expect(await backfiller.preview()).toMatchObject({ leftOut: { paused: 2 } });
    await backfiller.run(ASKED);
    expect(home().query('SELECT id FROM hookline_event')).toEqual([{ id: 'toolu_3' }]);
    expect(backfiller.audit()).toMatchObject({ total: { seen: 1, missing: 0, leftOut: 1 } });
    expect(home().query('SELECT count(*) AS n FROM hookline_transcript_call')).toEqual([{ n: 2 }]);
  });

  it('knows nothing of a session that was forgotten, not even that there were calls', async () => {
    const backfiller = backfillerOf(home());
    await home().refresh();
    addTombstones(home().paths, { sessionId: S1 }, { reason: 'forget', at: NOON });
    transcript().call('toolu_1');
    await backfiller.look();
    await backfiller.run({ ...ASKED, again: true });
    expect(home().query('SELECT id FROM hookline_event')).toEqual([]);
    expect(home().query('SELECT id FROM hookline_transcript_call')).toEqual([]);
  });

  it('redacts before anything is stored', async () => {
    const secret = `ghp_${'x7Kq2mPz9R'.repeat(4).slice(0, 36)}`;
    transcript({ cwd: `/Users/dev/${secret}`, model: `model-${secret}` }).call(
      'toolu_1',
      {},
      { input: { command: `curl -H "Authorization: ${secret}" x` } },
    );
    await backfillerOf(home()).run(ASKED);
    bridge(home());
    expect(String(call('toolu_1')?.command)).toContain('[redacted');
    const [own, shared] = [home().paths.own, dirname(home().paths.database)];
    const files = [own, home().paths.data, shared].flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    );
    expect(files).toContain(home().paths.database);
    expect(files.filter((path) => readFileSync(path).includes(secret))).toEqual([]);
  });

  it('keeps contents only at a level that asks for them, and without secrets', async () => {
    const secret = `ghp_${'x7Kq2mPz9R'.repeat(4).slice(0, 36)}`;
    const backfiller = backfillerOf(home());
    await home().refresh();
    const content = (id: string) => String(call(id)?.content);
    transcript().call('toolu_1', { response: { stdout: secret } });
    await backfiller.run(ASKED);
    expect(content('toolu_1')).toBe('null');
    writeFileSync(home().paths.settings, '{"privacy":"redacted"}');
    transcript().call('toolu_2', { response: { stdout: `token ${secret}` } });
    await backfiller.run(ASKED);
    expect(content('toolu_2')).toContain('"stdout":"token [redacted');
    expect(content('toolu_2')).not.toContain(secret);
  });

  it('counts damaged lines and unknown types, and reads on', async () => {
    const told = transcript();
    told.raw('{"type":"assistant","message":\n');
    told.raw('{"type":"brand-new","x":1}\n{"type":"brand-new","x":2}\n');
    told.call('toolu_1');
    const backfiller = backfillerOf(home());
    const { notUnderstood } = await backfiller.preview();
    expect(notUnderstood).toEqual({ lines: 1, types: { 'brand-new': 2 }, files: 0 });
    await backfiller.run(ASKED);
    expect(outcomes()).toEqual({ toolu_1: 'succeeded' });
  });

  it('reads calls behind lines of megabytes that nobody wants', async () => {
    const told = transcript();
    told.raw(`{"type":"api-request-blob","message":"${'x'.repeat(3_000_000)}"}\n`);
    told.call('toolu_1', { response: { stdout: 'y'.repeat(2_000_000) } });
    await backfillerOf(home()).run(ASKED);
    expect(call('toolu_1')).toMatchObject({ outcome: 'succeeded', output_bytes: 2_000_013 });
  });

  it('goes without a file that goes', async () => {
    const told = transcript();
    told.call('toolu_1');
    const backfiller = backfillerOf(home());
    await backfiller.run(ASKED);
    rmSync(told.path);
    expect(await backfiller.run(ASKED)).toMatchObject({ kind: 'done', events: 0 });
    expect(outcomes()).toEqual({ toolu_1: 'succeeded' });
    expect(backfiller.audit().noWitness.sessions).toEqual([
      { sessionId: S1, calls: 1, why: 'transcript-gone' },
    ]);
  });

  it('takes over nothing of another root', async () => {
    const { open, clock, folder } = home();
    transcript().call('toolu_1');
    const paths = createPaths({ home: folder, claudeConfigDir: join(folder, 'other') });
    mkdirSync(paths.hookFolder, { recursive: true });
    writeFileSync(paths.launcher, '#!/bin/sh\n');
    const there = createBackfiller({ paths, open, clock, log: silentLogger });
    expect(await there.run(ASKED)).toMatchObject({ events: 0 });
  });

  it('is refused where the hook is not installed, and writes nothing then', async () => {
    const { paths, open, clock } = home();
    transcript().call('toolu_1');
    const backfiller = createBackfiller({ paths, open, clock, log: silentLogger });
    expect(await backfiller.run(ASKED)).toMatchObject({ kind: 'refused' });
    expect(await backfiller.preview()).toMatchObject({ files: 1, new: 2 });
    expect(home().text(paths.database)).toBe('');
  });

  it('is refused while JSONL holds events that SQLite lacks', async () => {
    const backfiller = backfillerOf(home());
    await home().refresh();
    writeFileSync(join(home().paths.own, 'unstored'), `${NOON}\n`);
    expect(await backfiller.run(ASKED)).toMatchObject({ kind: 'refused' });
  });
});
