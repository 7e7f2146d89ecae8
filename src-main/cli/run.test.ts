import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src-core/base/clock.ts';
import { HealthView, RefreshReport } from '../../src-core/contract/views.ts';
import { hookPayload } from '../../test/support/claude-fixtures.ts';
import { createFakeTerminal, type FakeTerminal } from '../../test/support/fake-terminal.ts';
import { changedPaths, readFootprint } from '../../test/support/footprint.ts';
import { homePerTest } from '../../test/support/home.ts';
import { toolCall } from '../../test/support/make-event.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import { createInstaller } from '../install/installer.ts';
import { runCli } from './run.ts';

const home = homePerTest();
const paths = () => home().paths;
const engines: Engine[] = [];
afterEach(() => {
  for (const engine of engines.splice(0)) engine.close();
});

interface Ran extends FakeTerminal {
  readonly code: number;
}

interface RunOptions {
  readonly program?: string;
  /** What a person answers; null for nobody. */
  readonly answer?: boolean | null;
  readonly terminal?: FakeTerminal;
  interrupted?(): Promise<void>;
}

async function run(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { program = 'hookline', answer = null, interrupted = () => Promise.resolve() } = options;
  const { paths: places, open, folder } = home();
  const asset = (name: string, text: string): string => {
    const path = join(folder, 'assets', name);
    mkdirSync(join(folder, 'assets'), { recursive: true });
    if (!existsSync(path)) writeFileSync(path, text);
    return path;
  };
  const terminal = options.terminal ?? createFakeTerminal(answer);
  const engine = createEngine({ paths: places, open, clock: systemClock });
  engines.push(engine);
  const installer = createInstaller({
    paths: places,
    assets: {
      launcher: asset('hookline-hook', '#!/bin/sh\nexit 0\n'),
      hookScript: asset('hook.cjs', '// the built hook\n'),
    },
    version: '1.2.3',
    clock: systemClock,
    environment: { PATH: '' },
    ownNode: process.execPath,
    appFolder: null,
  });
  const code = await runCli(program, args, {
    paths: places,
    engine,
    installer,
    terminal,
    version: '1.2.3',
    interrupted,
  });
  return { ...terminal, code };
}
const printedJson = ({ printed }: Ran): Record<string, unknown> => {
  expect(printed).toHaveLength(1);
  return JSON.parse(printed[0] ?? '');
};

describe('hookline', () => {
  it('helps when it is asked for nothing', async () => {
    const { code, printed } = await run([]);
    expect([code, printed[0]]).toEqual([0, expect.stringContaining('Usage: hookline <verb>')]);
  });

  it('says its version', async () => {
    expect(await run(['--version'])).toMatchObject({ code: 0, printed: ['1.2.3'] });
  });

  it('ends with 2 on wrong usage, says what was wrong on stderr, and touches nothing', async () => {
    const before = readFootprint([paths().claude, paths().app]);
    const { code, printed, warned } = await run(['frobnicate']);
    expect([code, printed]).toEqual([2, []]);
    expect(warned[0]).toMatch(/^hookline: there is no verb "frobnicate"\n\nUsage:/);
    expect(changedPaths(before, readFootprint([paths().claude, paths().app]))).toEqual([]);
  });
});

describe('hookline status', () => {
  it('says that nothing is installed, and writes nothing', async () => {
    expect(await run(['status'])).toMatchObject({
      code: 0,
      printed: [expect.stringMatching(/^Not installed · 0 events/)],
    });
    expect(existsSync(paths().claude)).toBe(false);
  });

  it('gives all of it as JSON', async () => {
    v.parse(HealthView, printedJson(await run(['status', '--json'])));
  });
});

describe('hookline refresh', () => {
  it('does nothing before install, ends with 1, and says what to do', async () => {
    expect(await run(['refresh'])).toMatchObject({
      code: 1,
      printed: [],
      warned: [expect.stringContaining('hookline install')],
    });
    const refused = await run(['refresh', '--json']);
    expect(printedJson(refused)).toMatchObject({ kind: 'refused', exitCode: 1 });
    expect(existsSync(paths().claude)).toBe(false);
  });

  it('does its work and says what it did', async () => {
    home().pretendInstalled();
    home().spool(hookPayload('PostToolUse-Bash'));
    const { code, printed } = await run(['refresh']);
    expect(code).toBe(0);
    expect(printed[0]).toMatch(
      /^1 captured, 0 added to SQLite, 0 added to JSONL, 0 drift\n7 statistics/,
    );
  });

  it('gives its report as JSON', async () => {
    home().pretendInstalled();
    home().addToJournals([toolCall()]);
    const report = v.parse(RefreshReport, printedJson(await run(['refresh', '--json'])));
    expect(report).toMatchObject({ ok: true, healedToSqlite: 1, drift: 0 });
  });

  it('ends with 1 when a store cannot be used, and gives the same report', async () => {
    home().pretendInstalled();
    mkdirSync(paths().database, { recursive: true });
    const { code, printed } = await run(['refresh']);
    expect([code, printed[0]]).toEqual([1, expect.stringContaining(paths().database)]);
    const json = await run(['refresh', '--json']);
    expect([json.code, printedJson(json).ok]).toEqual([1, false]);
  });

  it('ends with 0 when something was not understood', async () => {
    home().pretendInstalled();
    home().spool('no JSON');
    const { code, printed } = await run(['refresh']);
    expect([code, printed[0]]).toEqual([0, expect.stringContaining('quarantine')]);
  });
});

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

describe('hookline settings', () => {
  it('shows all, one, and changes one', async () => {
    expect((await run(['settings'])).printed[0]).toMatch(/^privacy +"metadata"$/m);
    expect(await run(['settings', 'timeZone', 'Asia/Kolkata'])).toMatchObject({ code: 0 });
    expect(await run(['settings', 'timeZone'])).toMatchObject({
      code: 0,
      printed: ['"Asia/Kolkata"'],
    });
    const { settings } = printedJson(await run(['settings', '--json'])) as { settings: object };
    expect(settings).toMatchObject({ timeZone: 'Asia/Kolkata', preToolUse: false });
  });

  it.each([
    [['settings', 'colour', 'red'], /no setting "colour"/],
    [['settings', 'timeZone', 'Mars/Olympus'], /not a time zone/],
    [['settings', 'preToolUse', 'perhaps'], /preToolUse/],
  ])('%j ends with 1 and changes nothing', async (args, reason) => {
    const { code, warned } = await run(args);
    expect([code, warned]).toEqual([1, [expect.stringMatching(reason)]]);
    expect(existsSync(paths().settings)).toBe(false);
  });
});

describe('hookline open', () => {
  it('says what to do where the app was never started', async () => {
    expect(await run(['open'])).toMatchObject({
      code: 1,
      warned: [expect.stringContaining('Start it once')],
    });
    expect(printedJson(await run(['open', '--json']))).toMatchObject({ opened: false });
  });

  it('starts the app the way it was started last, with its dashboard', async () => {
    const told = join(home().folder, 'told');
    const program = join(home().folder, 'app.sh');
    writeFileSync(
      program,
      `#!/bin/sh\nprintf '%s ' "$@" > '${told}.new' && mv '${told}.new' '${told}'\n`,
      { mode: 0o755 },
    );
    mkdirSync(paths().app, { recursive: true });
    writeFileSync(paths().appRecord, JSON.stringify({ program, arguments: ['--no-sandbox'] }));
    expect((await run(['open'])).code).toBe(0);
    await expect.poll(() => home().text(told)).toBe('--no-sandbox --dashboard ');
  });
});

describe('ccc', () => {
  it('refreshes and opens, and ends with what did not work', async () => {
    home().pretendInstalled();
    const { code, printed, warned } = await run([], { program: '/home/me/bin/ccc' });
    expect(code).toBe(1);
    expect(printed[0]).toMatch(/^0 captured/);
    expect(warned[0]).toContain('Start it once');
  });
});

describe('hookline watch', () => {
  it('works until it is interrupted, and shows how things stand', async () => {
    home().pretendInstalled();
    home().spool(hookPayload('PostToolUse-Bash'));
    const terminal = createFakeTerminal();
    const seen = new Promise<void>((resolve) => {
      const { showLine } = terminal;
      terminal.showLine = (text) => {
        showLine(text);
        if (text.includes('1 events')) resolve();
      };
    });
    const { code } = await run(['watch'], { terminal, interrupted: () => seen });
    expect(code).toBe(0);
    expect(terminal.lines.at(-1)).toBe('');
    expect(home().query('SELECT * FROM hookline_event')).toHaveLength(1);
  });
});
