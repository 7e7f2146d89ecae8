import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hookPayload } from '../../test/support/claude-fixtures.ts';
import { printedJson, type Ran, type RunOptions, runVerb } from '../../test/support/cli-world.ts';
import { changedPaths, readFootprint } from '../../test/support/footprint.ts';
import { homePerTest } from '../../test/support/home.ts';

const home = homePerTest();
const paths = () => home().paths;
const run = (args: readonly string[], options?: RunOptions): Promise<Ran> =>
  runVerb(home(), args, options);

describe('hookline install', () => {
  const settings = (): string => home().text(paths().settingsJson);
  const MINE = '{\n  "model": "opus"\n}\n';
  const withSettings = (): void => {
    mkdirSync(paths().claude, { recursive: true });
    writeFileSync(paths().settingsJson, MINE);
  };

  it('shows what it would do and writes nothing with --dry-run', async () => {
    withSettings();
    const before = readFootprint([paths().claude, paths().app]);
    const { code, printed } = await run(['install', '--dry-run']);
    expect(code).toBe(0);
    expect(printed[0]).toContain('+');
    expect(printed[0]).toContain('Files:');
    const json = printedJson(await run(['install', '--dry-run', '--json']));
    expect(json).toMatchObject({ plan: { alreadyInstalled: false, refusal: null } });
    expect(changedPaths(before, readFootprint([paths().claude, paths().app]))).toEqual([]);
  });

  it('asks a person, and does nothing without a yes', async () => {
    withSettings();
    const refused = await run(['install'], { answer: false });
    expect([refused.code, refused.asked, settings()]).toEqual([1, ['Install?'], MINE]);
    const done = await run(['install'], { answer: true });
    expect(done.code).toBe(0);
    expect(settings()).toContain('PostToolUse');
  });

  it('does nothing where nobody is there to ask', async () => {
    withSettings();
    const { code, warned } = await run(['install']);
    expect([code, warned]).toEqual([1, [expect.stringContaining('--yes')]]);
    const json = await run(['install', '--json'], { answer: true });
    expect(printedJson(json)).toMatchObject({ kind: 'refused', exitCode: 1 });
    expect([json.asked, settings()]).toEqual([[], MINE]);
  });

  it('is done once, however often it is run, and asks only for what there is to do', async () => {
    withSettings();
    expect((await run(['install', '--yes'])).code).toBe(0);
    const once = settings();
    const again = await run(['install']);
    expect([again.code, again.asked]).toEqual([0, []]);
    expect(again.printed.join()).toContain('already');
    expect(settings()).toBe(once);
    expect(printedJson(await run(['install', '--json']))).toMatchObject({
      kind: 'already-installed',
    });
  });

  it('refuses a settings.json that it cannot read, and leaves it alone', async () => {
    mkdirSync(paths().claude, { recursive: true });
    writeFileSync(paths().settingsJson, '{ "hooks": ');
    const { code, warned } = await run(['install', '--yes']);
    expect([code, warned.length]).toEqual([1, 1]);
    expect(printedJson(await run(['install', '--yes', '--json']))).toMatchObject({
      kind: 'refused',
    });
    expect(settings()).toBe('{ "hooks": ');
    expect(existsSync(paths().launcher)).toBe(false);
  });

  it('is taken back by uninstall, to the byte; what was recorded stays', async () => {
    withSettings();
    await run(['install', '--yes']);
    home().spool(hookPayload('PostToolUse-Bash'));
    await run(['refresh']);
    const shown = await run(['uninstall', '--dry-run']);
    expect([shown.code, shown.printed[0]]).toEqual([0, expect.stringContaining('Removed:')]);
    expect(settings()).not.toBe(MINE);
    const no = await run(['uninstall'], { answer: false });
    expect([no.code, no.asked]).toEqual([1, ['Uninstall?']]);
    expect((await run(['uninstall', '--yes'])).code).toBe(0);
    expect(settings()).toBe(MINE);
    expect(existsSync(paths().launcher)).toBe(false);
    expect(readFileSync(paths().journals.toolUsage, 'utf8')).toContain('"Bash"');
    const nothing = await run(['uninstall']);
    expect([nothing.code, nothing.printed.join()]).toEqual([0, expect.stringContaining('nothing')]);
  });
});
