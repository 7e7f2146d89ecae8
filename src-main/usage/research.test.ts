import { describe, expect, it } from 'vitest';
import { homePerTest } from '../../test/support/home.ts';
import { NOON } from '../../test/support/make-event.ts';
import { backfillerOf, makeTranscript } from '../../test/support/transcript-world.ts';
import { EVER } from '../../test/support/usage-world.ts';
import { readResearchLog } from './research.ts';
import { routedPrompts } from './routing.ts';

const home = homePerTest();
const AT = NOON - 3_600_000;

const log = () => home().withStore((db) => readResearchLog(db, 10));
const take = () => backfillerOf(home()).run({ origin: 'asked' });

describe('the research log', () => {
  it('has each paper and repository once, with its first and last time and its projects', async () => {
    const one = makeTranscript(home(), { sessionId: 'session-a', at: AT });
    one.prompt('look it up');
    const fetch = {
      name: 'WebFetch',
      input: { url: 'https://arxiv.org/pdf/2401.01234?key=s3cret' },
    };
    one.call('toolu_1', {}, fetch);
    const results = [
      { tool_use_id: 'x', content: [{ title: 'A', url: 'https://github.com/owner/name#readme' }] },
      'Links: https://arxiv.org/abs/2401.01234 and https://example.org/',
    ];
    const search = { name: 'WebSearch', input: { query: 'hooks' } };
    one.call('toolu_2', { response: { query: 'hooks', results } }, search);
    const other = { folder: '-other', cwd: '/Users/dev/other', at: AT + 600_000 };
    const two = makeTranscript(home(), { sessionId: 'session-b', ...other });
    // Agents' lines have no list of their own, only what the model reads.
    const content = 'Links: [{"url":"https://arxiv.org/abs/2401.01234v3"}]';
    two.call('toolu_3', { response: undefined, content }, search);
    await take();
    expect(log()).toMatchObject([
      {
        id: 'arxiv:2401.01234',
        kind: 'paper',
        fetches: 1,
        searches: 2,
        projects: ['/Users/dev/other', '/Users/dev/project'],
      },
      { id: 'github.com/owner/name', kind: 'repository', fetches: 0, searches: 1 },
    ]);
    const [paper] = log();
    expect((paper?.lastAt ?? 0) - (paper?.firstAt ?? 0)).toBeGreaterThan(590_000);
    expect(JSON.stringify(log())).not.toContain('s3cret');
  });

  it('does not grow when the same lines are read again', async () => {
    const lines = makeTranscript(home(), { sessionId: 'session-a', at: AT });
    const input = { url: 'https://doi.org/10.1145/3597503' };
    lines.call('toolu_1', {}, { name: 'mcp__web__fetch_page', input });
    await take();
    await backfillerOf(home()).run({ origin: 'asked', again: true });
    expect(log()).toMatchObject([{ id: 'doi:10.1145/3597503', fetches: 1 }]);
  });

  it('has nothing of other tools', async () => {
    const lines = makeTranscript(home(), { sessionId: 'session-a', at: AT });
    const input = { url: 'https://github.com/owner/name', command: 'git clone' };
    lines.call('toolu_1', { content: 'https://github.com/owner/name' }, { name: 'Bash', input });
    await take();
    expect(log()).toEqual([]);
  });
});

describe('the record of routing', () => {
  it('says which model answered which prompt, for the session and for each agent', async () => {
    const usage = { input_tokens: 1, output_tokens: 5 };
    const message = (id: string, model: string) => ({ message: { id, model, usage, content: [] } });
    const lines = makeTranscript(home(), { sessionId: 'session-a', at: AT });
    lines.prompt('first');
    lines.call('1', null, message('msg_1', 'claude-opus-5-5'));
    lines.call('2', null, message('msg_2', 'claude-opus-5-5'));
    lines.prompt('second');
    lines.call('3', null, message('msg_3', 'claude-haiku-5-5'));
    await take();
    expect(home().withStore((db) => routedPrompts(db, EVER, 10))).toMatchObject([
      { promptId: 'prompt-session--2', model: 'claude-haiku-5-5', answers: 1, agentId: null },
      { promptId: 'prompt-session--1', model: 'claude-opus-5-5', answers: 2, output: 10 },
    ]);
  });
});
