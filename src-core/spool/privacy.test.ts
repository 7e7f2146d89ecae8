import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changedPayload, hookPayload } from '../../test/support/claude-fixtures.ts';
import { homePerTest } from '../../test/support/home.ts';
import { drain, recordsIn, spoolEntry } from '../../test/support/spool.ts';

const home = homePerTest();
const PROMPT = 'please look at the notes';
const prompt = (id: string) =>
  changedPayload('UserPromptSubmit', { prompt_id: id, prompt: PROMPT, session_id: id });
const rows = () =>
  home()
    .query('SELECT id, content FROM hookline_event ORDER BY at_ms')
    .map(({ content }) => (content === null ? null : JSON.parse(String(content))));
const { tool_use_id: callId } = JSON.parse(hookPayload('PostToolUse-Write'));
const batch = () => {
  const payload = JSON.parse(hookPayload('PostToolBatch-Write'));
  const [call] = payload.tool_calls;
  return JSON.stringify({ ...payload, tool_calls: [{ ...call, tool_use_id: callId }] });
};

describe('the level of privacy', () => {
  it('counts for new events: what is stored gets no content and loses none', () => {
    spoolEntry(home().paths, prompt('one'));
    drain(home().paths);
    spoolEntry(home().paths, prompt('two'));
    drain(home().paths, { privacy: 'full' });
    spoolEntry(home().paths, prompt('three'));
    drain(home().paths, { privacy: 'metadata' });
    expect(rows()).toEqual([null, { prompt: PROMPT }, null]);
    expect(recordsIn(home().paths.journals.events).map(({ content }) => content)).toEqual([
      undefined,
      { prompt: PROMPT },
      undefined,
    ]);
  });

  it('adds no content to a call by a later telling of it', () => {
    spoolEntry(home().paths, hookPayload('PostToolUse-Write'));
    drain(home().paths);
    spoolEntry(home().paths, batch());
    drain(home().paths, { privacy: 'full' });
    expect(rows()).toEqual([null]);
  });

  it('keeps the content that the first telling of a call had', () => {
    const { tool_input, tool_response } = JSON.parse(hookPayload('PostToolUse-Write'));
    for (const text of [batch(), hookPayload('PostToolUse-Write')]) spoolEntry(home().paths, text);
    drain(home().paths, { privacy: 'full' });
    spoolEntry(home().paths, batch());
    drain(home().paths);
    expect(rows()).toEqual([{ tool_input, tool_response }]);
  });
});

describe('content', () => {
  it('stands in the whole record alone, and comes back with it', async () => {
    const { paths, text } = home();
    mkdirSync(dirname(paths.settings), { recursive: true });
    writeFileSync(paths.settings, '{"privacy":"redacted"}');
    spoolEntry(paths, prompt('one'));
    spoolEntry(paths, changedPayload('PostToolUse-Bash', { tool_input: { description: PROMPT } }));
    expect(await home().refresh()).toMatchObject({ ok: true, drained: 2 });
    const stored = rows();
    expect(stored).toMatchObject([{ prompt: PROMPT }, { tool_input: { description: PROMPT } }]);
    const { toolUsage, events, ...projections } = paths.journals;
    for (const path of [toolUsage, events]) expect(text(path)).toContain(PROMPT);
    for (const path of [...Object.values(projections), ...Object.values(paths.stats)]) {
      expect(text(path)).not.toContain(PROMPT);
    }
    expect(text(paths.activityLog)).not.toContain(PROMPT);
    const old = JSON.stringify(home().query('SELECT * FROM tool_events'));
    expect(old).not.toContain(PROMPT);
    for (const end of ['', '-wal', '-shm']) rmSync(`${paths.database}${end}`, { force: true });
    expect(existsSync(paths.database)).toBe(false);
    expect(await home().refresh()).toMatchObject({ ok: true, healedToSqlite: 2 });
    expect(rows()).toEqual(stored);
  });

  it('is written into JSONL again where a file is lost', async () => {
    const { paths } = home();
    spoolEntry(paths, prompt('one'));
    drain(paths, { privacy: 'full' });
    const line = readFileSync(paths.journals.events, 'utf8');
    rmSync(paths.journals.events);
    await home().refresh();
    expect(readFileSync(paths.journals.events, 'utf8')).toBe(line);
  });
});
