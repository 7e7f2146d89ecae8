import { describe, expect, it } from 'vitest';
import { homePerTest } from '../../test/support/home.ts';
import { AFTERWARDS, addTree, backfillerOf, TREES } from '../../test/support/transcript-world.ts';
import { checkedUsage, EVER, storedTotal, storedUsage } from '../../test/support/usage-world.ts';
import { comparedSessions } from './client-cost.ts';

const home = homePerTest();

async function takeTree(tree: (typeof TREES)[number]): Promise<void> {
  home().clock.set(AFTERWARDS);
  addTree(home(), tree);
  await backfillerOf(home()).run({ origin: 'asked' });
}

describe.each(TREES)('the usage of %s', (tree) => {
  it('is what was counted by hand, by who asked for it', async () => {
    await takeTree(tree);
    const stored = storedUsage(home(), 'agentType');
    const checked = checkedUsage(tree);
    expect([...stored.keys()].sort()).toEqual([...checked.keys()].sort());
    for (const [agent, sum] of checked) expect(stored.get(agent), agent).toMatchObject(sum);
  });

  it('stays the same when it is taken again', async () => {
    await takeTree(tree);
    const before = storedTotal(home());
    await backfillerOf(home()).run({ origin: 'asked', again: true });
    expect(storedTotal(home())).toEqual(before);
  });
});

const compare = () => home().withStore((db) => comparedSessions(db, EVER));

describe("the client's own account", () => {
  it.each([
    'background-bash',
    'hook-failures-recorded',
    'large-output',
    'main',
    'mcp',
    'permission-denied',
    'sigint-in-tool',
    'two-background-agents',
  ] as const)('of %s is ours, to the billionth of a dollar', async (tree) => {
    await takeTree(tree);
    const [session, ...others] = compare();
    expect(others).toEqual([]);
    const { nanoUsd, isWhole, ...tokens } = session?.client ?? {};
    expect(session?.ours).toMatchObject({ nanoUsd, ...tokens, unpriced: 0 });
    expect(isWhole).toBe(true);
  });

  it('of the main run is 0.285914 dollars', async () => {
    await takeTree('main');
    expect(compare()[0]?.client.nanoUsd).toBe(285_914_000);
    expect(storedTotal(home()).nanoUsd).toBe(285_914_000);
  });

  it('has the request of a compaction, which is in no transcript', async () => {
    await takeTree('interactive-main-compact');
    const [session] = compare();
    const missing = (kind: 'input' | 'output' | 'cacheRead' | 'write5m'): number =>
      (session?.client[kind] ?? 0) - (session?.ours[kind] ?? 0);
    expect([missing('input'), missing('output')]).toEqual([55, 101]);
    expect([missing('cacheRead'), missing('write5m')]).toEqual([35_870, 2011]);
    expect((session?.client.nanoUsd ?? 0) - (session?.ours.nanoUsd ?? 0)).toBe(19_469_000);
  });

  it('is none where the client was killed', async () => {
    await takeTree('sigkill-in-tool');
    expect(compare()).toEqual([]);
  });
});
