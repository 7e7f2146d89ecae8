import { describe, expect, it } from 'vitest';
import { printedJson, runVerb } from '../../test/support/cli-world.ts';
import { fakeUsage, noUsage } from '../../test/support/fake-usage.ts';
import { homePerTest } from '../../test/support/home.ts';
import { addTree, backfillerOf, makeTranscript } from '../../test/support/transcript-world.ts';
import { describeUsage } from './cost.ts';

const home = homePerTest();
const NOW = Date.UTC(2026, 10, 23, 12);

async function backfill(): Promise<void> {
  expect(await backfillerOf(home()).run({ origin: 'asked' })).toMatchObject({ kind: 'done' });
}

describe('hookline cost', () => {
  it('prints all that is known as one object', async () => {
    addTree(home(), 'main');
    await backfill();
    const view = printedJson(await runVerb(home(), ['cost', 'all', '--json']));
    expect(view).toMatchObject({
      total: { usd: 0.285914, answers: 23 },
      client: { sessions: 1, differing: [] },
    });
  });

  it('refuses a stretch that there is none of', async () => {
    expect(await runVerb(home(), ['cost', '8'])).toMatchObject({ code: 2, printed: [] });
  });

  it('says what it does not know, and never that it cost nothing', () => {
    expect(describeUsage(noUsage(NOW))).toContain('No usage is known');
    const text = describeUsage(fakeUsage(30, NOW));
    expect(text).toMatch(/local-coder-7b +no price/);
    expect(text).toMatch(/≥ \$[\d,.]+ at list price \(of 2026-11-12\)/);
    expect(text).toContain('without a price (local-coder-7b)');
    expect(text).toContain('s-atlas  client $9.12, ours $9.10, by 38,037 tokens more');
  });
});

describe('hookline research', () => {
  it('lists what came up, and says when nothing did', async () => {
    const lines = makeTranscript(home(), { sessionId: 'a', at: NOW - 3_600_000 });
    const input = { url: 'https://github.com/owner/name/issues?q=x' };
    lines.call('toolu_1', {}, { name: 'WebFetch', input });
    home().pretendInstalled();
    expect((await runVerb(home(), ['research'])).printed).toEqual([
      'No search or fetch has brought up a paper or a repository.',
    ]);
    await backfill();
    const [text] = (await runVerb(home(), ['research'])).printed;
    expect(text).toMatch(/^\d+ Nov 2026 +repository +https:\/\/github.com\/owner\/name$/);
    expect(printedJson(await runVerb(home(), ['research', '--json']))).toMatchObject({
      links: [{ id: 'github.com/owner/name' }],
    });
  });
});
