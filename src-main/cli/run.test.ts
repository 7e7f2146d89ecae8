import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { HealthView, RefreshReport } from '../../src-core/contract/views.ts';
import { hookPayload } from '../../test/support/claude-fixtures.ts';
import { printedJson, type Ran, type RunOptions, runVerb } from '../../test/support/cli-world.ts';
import { createFakeTerminal } from '../../test/support/fake-terminal.ts';
import { changedPaths, readFootprint } from '../../test/support/footprint.ts';
import { homePerTest } from '../../test/support/home.ts';
import { toolCall } from '../../test/support/make-event.ts';

const home = homePerTest();
const paths = () => home().paths;
const run = (args: readonly string[], options?: RunOptions): Promise<Ran> =>
  runVerb(home(), args, options);

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

describe('hookline pause and resume', () => {
  it('are refused before install', async () => {
    const { code, warned } = await run(['pause']);
    expect([code, warned[0]]).toEqual([1, expect.stringContaining('not installed')]);
  });

  it('stop recording and go on with it, each once', async () => {
    home().pretendInstalled();
    expect((await run(['pause'])).printed).toEqual(['Recording is paused.']);
    expect(existsSync(paths().pauseMarker)).toBe(true);
    expect((await run(['pause'])).printed).toEqual(['Recording is paused already.']);
    expect(printedJson(await run(['resume', '--json']))).toEqual({
      isPaused: false,
      isChanged: true,
    });
    expect(existsSync(paths().pauseMarker)).toBe(false);
    expect((await run(['resume'])).printed).toEqual(['Recording goes on already.']);
  });
});
