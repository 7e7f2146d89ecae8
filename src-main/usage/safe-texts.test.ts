import { expect, it } from 'vitest';
import { homePerTest } from '../../test/support/home.ts';
import { NOON } from '../../test/support/make-event.ts';
import { backfillerOf, makeTranscript } from '../../test/support/transcript-world.ts';
import { writeAnswer } from '../../test/support/usage-world.ts';

const home = homePerTest();
const TOKEN = `ghp_${'a1B2c3D4e5'.repeat(4).slice(0, 36)}`;

it('no secret of a transcript comes into the tables of usage, and projects are named as in events', async () => {
  const sessionId = 'session-a';
  const at = NOON - 3_600_000;
  const cwd = `/Users/dev/${TOKEN}`;
  const lines = makeTranscript(home(), { sessionId, at, cwd });
  lines.prompt('go on', { promptId: TOKEN });
  lines.call('toolu_1');
  const fetch = (id: string, url: string) =>
    ({ type: 'tool_use', id, name: 'WebFetch', input: { url } }) as const;
  const content = [
    fetch('toolu_2', `https://github.com/owner/name?token=${TOKEN}`),
    fetch('toolu_3', `https://github.com/owner/${TOKEN}`),
  ];
  const members = { cwd, attributionAgent: TOKEN };
  const model = `model-${TOKEN}`;
  writeAnswer(lines, { id: `msg_${TOKEN}`, at, sessionId, output: 5, model, content, members });
  await backfillerOf(home()).run({ origin: 'asked' });
  const project = home().query("SELECT DISTINCT project FROM hookline_event WHERE kind = 'tool'");
  expect(home().query('SELECT project FROM hookline_usage')).toEqual(project);
  expect(home().query('SELECT url FROM hookline_link')).toEqual([
    { url: 'https://github.com/owner/name' },
  ]);
  for (const table of ['hookline_usage', 'hookline_usage_quarter', 'hookline_link']) {
    const rows = home().query(`SELECT * FROM ${table}`);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows), table).not.toContain(TOKEN);
  }
});
