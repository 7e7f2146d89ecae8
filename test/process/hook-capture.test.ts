import { cpSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callPayload } from '../support/capture-text.ts';
import { hookPayload, sequencePayloads } from '../support/claude-fixtures.ts';
import { entriesIn, type HookHome, makeHookHome } from '../support/hook-home.ts';
import { idsByStream, recordsIn } from '../support/spool.ts';
import { queryFile } from '../support/sqlite.ts';

const SILENT = { code: 0, signal: null, output: '' };
let home: HookHome;
beforeEach(async () => {
  home = await makeHookHome();
});
afterEach(async () => {
  await home.quiet();
  home.remove();
});
const query = (sql: string) => queryFile(home.paths.database, sql);

function toolIds(texts: readonly string[]): readonly string[] {
  const ids = texts.flatMap((text) => {
    const payload = JSON.parse(text);
    if (!payload.hook_event_name.startsWith('PostTool')) return [];
    const calls: { tool_use_id: string }[] = payload.tool_calls ?? [payload];
    return calls.map(({ tool_use_id }) => tool_use_id);
  });
  return [...new Set(ids)].sort();
}

describe('the installed hook', () => {
  it('records a whole run of Claude Code, each event once in both stores', async () => {
    const texts = sequencePayloads('headless-main');
    for (const text of texts) expect(await home.launch(text)).toEqual(SILENT);
    await home.drained();
    const ids = toolIds(texts);
    expect(ids.length).toBeGreaterThan(20);
    const calls = query("SELECT id FROM hookline_event WHERE kind = 'tool' ORDER BY id");
    expect(calls.map(({ id }) => id)).toEqual(ids);
    const old = query("SELECT metadata FROM tool_events WHERE tool NOT LIKE 'session_%'");
    const oldIds = old.map(({ metadata }) => JSON.parse(String(metadata)).hookline_id);
    expect(oldIds.sort()).toEqual(ids);
    const streams = idsByStream(home.paths);
    expect(streams['tool-usage']).toEqual(ids);
    expect(streams['tool-success']).toEqual(ids);
    expect(recordsIn(home.paths.journals.sessionEvents).map(({ event }) => event)).toEqual([
      'session_start',
      'session_end',
    ]);
    const others = texts.filter((text) => !/"hook_event_name":"(Pre|Post)Tool|"Session/.test(text));
    expect(streams.events).toHaveLength(others.length);
    expect(query('SELECT * FROM hookline_running')).toEqual([]);
    // An empty one of that name would keep the real schema from ever being made (D15).
    expect(existsSync(join(home.paths.data, 'claude.db'))).toBe(false);
    expect(query('SELECT DISTINCT project FROM hookline_event')).toEqual([
      { project: '/Users/dev/project' },
    ]);
  });

  it('keeps every file and folder that it makes from everybody else (D17)', async () => {
    await home.launch('{"half');
    await home.launch(hookPayload('PostToolUseFailure-Bash-exit3'));
    await home.launch(hookPayload('SessionStart-startup'));
    await home.drained();
    const { paths } = home;
    const own = readdirSync(paths.own, { recursive: true, encoding: 'utf8' });
    const files = [
      ...own.map((name) => join(paths.own, name)),
      ...readdirSync(paths.data).map((name) => join(paths.data, name)),
      paths.database,
      paths.activityLog,
    ];
    expect(files.length).toBeGreaterThan(10);
    for (const path of [...files, paths.data, paths.own, paths.spool, paths.quarantine]) {
      const stat = statSync(path);
      const mode = `${(stat.mode & 0o777).toString(8)} ${path}`;
      expect(mode).toBe(`${stat.isDirectory() ? 700 : 600} ${path}`);
    }
  });

  it.each([
    ['dash', ['dash']],
    ['bash in POSIX mode', ['bash', '--posix']],
  ])('works under %s', async (_, by) => {
    expect(await home.launch(hookPayload('PostToolUse-Bash'), { by })).toEqual(SILENT);
    expect(await home.launch(hookPayload('SessionEnd-other'), { by })).toEqual(SILENT);
    await home.drained();
    expect(query('SELECT kind FROM hookline_event ORDER BY seq')).toEqual([
      { kind: 'tool' },
      { kind: 'session' },
    ]);
  });

  it('takes the folder that the client tells for the project, whatever is in its name', async () => {
    const CLAUDE_PROJECT_DIR = '/w/a b\n"é\\x\'$(touch gotcha)';
    await home.launch(callPayload({}), { env: { CLAUDE_PROJECT_DIR } });
    await home.drained();
    expect(query('SELECT project FROM hookline_event')).toEqual([{ project: CLAUDE_PROJECT_DIR }]);
  });

  it('stores nothing while capture is paused', async () => {
    await home.launch(callPayload({ tool_use_id: 'toolu_1' }));
    await home.drained();
    writeFileSync(home.paths.pauseMarker, '');
    expect(await home.launch(callPayload({ tool_use_id: 'toolu_2' }))).toEqual(SILENT);
    expect(entriesIn(home.paths.spool)).toEqual([]);
    rmSync(home.paths.pauseMarker);
    await home.launch(callPayload({ tool_use_id: 'toolu_3' }));
    await home.drained();
    expect(query('SELECT id FROM hookline_event ORDER BY id')).toEqual([
      { id: 'toolu_1' },
      { id: 'toolu_3' },
    ]);
  });

  it('says nothing and keeps nothing where it was not installed', async () => {
    const elsewhere = join(home.paths.home, 'hookline-hook');
    cpSync(home.paths.launcher, elsewhere);
    expect(await home.launch(callPayload({}), { by: ['sh', elsewhere] })).toEqual(SILENT);
    expect(entriesIn(home.paths.spool)).toEqual([]);
  });
});
