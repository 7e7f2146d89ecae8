import { rmSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { printedJson, runVerb } from '../../test/support/cli-world.ts';
import { homePerTest } from '../../test/support/home.ts';
import { toolCall } from '../../test/support/make-event.ts';

const home = homePerTest();
const never = { interrupted: () => new Promise<void>(() => undefined) };
const run = (...args: readonly string[]) => runVerb(home(), ['repair', ...args], never);

const events = ['toolu_a', 'toolu_b'].map((id) => toolCall({ id }));
const tools = () => home().paths.journals.toolUsage;

beforeEach(async () => {
  home().pretendInstalled();
  home().add(...events);
  await home().refresh();
});

/** Two lines run into one, and a line of nobody. */
function damage(): string {
  const text = `${home().text(tools()).split('\n').join('')}\nnot a line\n`;
  writeFileSync(tools(), text);
  return text;
}

describe('hookline repair', () => {
  it('finds nothing in a sound record and changes no byte', async () => {
    const before = home().text(tools());
    const { code, printed } = await run('--yes');
    expect([code, printed.join()]).toEqual([0, expect.stringContaining('Nothing is wrong.')]);
    expect(home().text(tools())).toBe(before);
  });

  it('shows with --dry-run what it would do, and does nothing', async () => {
    const before = damage();
    const { code, printed } = await run('--dry-run');
    expect(code).toBe(0);
    expect(printed.join()).toContain('2 lines cannot be read');
    expect(home().text(tools())).toBe(before);
  });

  it('asks, and does nothing without consent', async () => {
    const before = damage();
    expect((await run()).code).toBe(1);
    expect(home().text(tools())).toBe(before);
  });

  it('mends with --yes, proves it, and says how to take it back', async () => {
    damage();
    const { code, printed } = await run('--yes');
    expect(code).toBe(0);
    expect(printed.join()).toContain('A fresh look finds nothing more');
    expect(
      home()
        .text(tools())
        .match(/"id":"toolu_[ab]"/g),
    ).toHaveLength(2);
  });

  it('does only the parts that are named, and knows no others', async () => {
    damage();
    expect((await run('--only', 'statistics', '--yes')).printed.join()).toContain(
      '2 lines cannot be read',
    );
    expect(home().text(tools())).toContain('not a line');
    const { code, warned } = await run('--only', 'everything', '--yes');
    expect([code, warned.join()]).toEqual([2, expect.stringContaining('no part "everything"')]);
  });

  it('changes nothing where the hook is not installed', async () => {
    const before = damage();
    rmSync(home().paths.launcher);
    const { code, warned } = await run('--yes');
    expect([code, warned.join()]).toEqual([1, expect.stringContaining('not installed')]);
    expect(home().text(tools())).toBe(before);
  });

  it('takes the last repair back to the byte', async () => {
    const before = damage();
    await run('--yes');
    expect(printedJson(await run('--undo', '--yes', '--json'))).toMatchObject({ kind: 'undone' });
    expect(home().text(tools())).toBe(before);
    expect((await run('--undo', '--yes')).code).toBe(1);
  });

  it('prints one object of JSON with the report', async () => {
    damage();
    expect(printedJson(await run('--yes', '--json'))).toMatchObject({
      kind: 'repaired',
      report: { state: 'done', isProven: true, lost: { events: 0 } },
    });
  });
});
