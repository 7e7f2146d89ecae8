/** The built command line as a program of its own, in a private home. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { HealthView, RefreshReport } from '../../src-core/contract/views.ts';
import { everything } from '../support/bridge-world.ts';
import { homeOnly } from '../support/built-cli.ts';
import { hookPayload } from '../support/claude-fixtures.ts';
import { changedPaths, readFootprint } from '../support/footprint.ts';
import { homePerTest } from '../support/home.ts';
import { failedCall, sessionEvent, toolCall } from '../support/make-event.ts';

const CLI = join(import.meta.dirname, '..', '..', 'out', 'cli', 'hookline.js');
const SETTINGS = '{\n  // mine\n  "model": "opus",\n  "hooks": { "Stop": [] }\n}\n';
const home = homePerTest();
const paths = () => home().paths;

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(args: readonly string[], program = CLI, environment: Record<string, string> = {}) {
  return spawn(process.execPath, [program, ...args], {
    env: { ...homeOnly(home().folder), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function run(
  args: readonly string[],
  program?: string,
  environment?: Record<string, string>,
): Promise<Ran> {
  const child = start(args, program, environment);
  const texts = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].on('data', (text: Buffer) => {
      texts[stream] += text.toString();
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...texts };
}

const writeSettings = (): void => {
  mkdirSync(paths().claude, { recursive: true });
  writeFileSync(paths().settingsJson, SETTINGS);
};
const settings = (): string => readFileSync(paths().settingsJson, 'utf8');
const wholeHome = () => readFootprint([home().folder]);

describe('the built command line', () => {
  it('helps, and says its version', async () => {
    const help = await run(['--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toContain('Usage: hookline <verb>');
    expect((await run(['refresh', '--help'])).stdout).toContain('Usage: hookline refresh');
    expect((await run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('ends with 2 on a verb that it does not know', async () => {
    const before = wholeHome();
    const { code, stdout, stderr } = await run(['frobnicate']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^hookline\.js: there is no verb "frobnicate"\n/);
    expect(changedPaths(before, wholeHome())).toEqual([]);
  });

  it('says how things stand before install, and writes nothing', async () => {
    writeSettings();
    const before = wholeHome();
    expect((await run(['status'])).stdout).toMatch(/^Not installed · 0 events\n/);
    const { code, stdout } = await run(['status', '--json']);
    expect(code).toBe(0);
    expect(v.parse(HealthView, JSON.parse(stdout)).health.state).toBe('not-installed');
    expect((await run(['refresh'])).code).toBe(1);
    expect((await run(['install', '--dry-run'])).stdout).toContain('PostToolUse');
    expect((await run(['install'])).code).toBe(1);
    expect(changedPaths(before, wholeHome())).toEqual([]);
  });

  it('installs once, however often, and takes all of it back to the byte', async () => {
    writeSettings();
    const first = await run(['install', '--yes']);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain('Installed.');
    const installed = settings();
    expect(installed).toContain(paths().launcher);
    expect(installed).toContain('// mine');

    const again = await run(['install', '--yes']);
    expect([again.code, settings()]).toEqual([0, installed]);
    expect(again.stdout).toContain('in place already');
    expect((await run(['status'])).stdout).toMatch(/^Ready · /);

    const dry = await run(['uninstall', '--dry-run']);
    expect([dry.code, settings()]).toEqual([0, installed]);
    expect((await run(['uninstall', '--yes'])).code).toBe(0);
    expect(settings()).toBe(SETTINGS);
    expect((await run(['status'])).stdout).toMatch(/^Not installed/);
  });

  it('refreshes; a second time without news it changes no byte and no row', async () => {
    await run(['install', '--yes']);
    home().spool(hookPayload('PostToolUse-Bash'), Date.now() - 5000);
    home().add(sessionEvent('SessionStart'), failedCall(), toolCall());
    home().addToJournals([toolCall()]);
    const first = await run(['refresh', '--json']);
    expect(first.code).toBe(0);
    expect(v.parse(RefreshReport, JSON.parse(first.stdout))).toMatchObject({
      ok: true,
      drained: 1,
      healedToSqlite: 1,
      drift: 0,
    });
    const before = everything(home());
    const second = v.parse(RefreshReport, JSON.parse((await run(['refresh', '--json'])).stdout));
    expect(second).toMatchObject({ ok: true, drained: 0, healedToSqlite: 0, statsWritten: [] });
    expect(everything(home())).toEqual(before);
  });

  it('refreshes under its short name, and says why it opens nothing', async () => {
    await run(['install', '--yes']);
    const ccc = join(home().folder, 'ccc');
    symlinkSync(CLI, ccc);
    const { code, stdout, stderr } = await run([], ccc);
    expect(stdout).toMatch(/^0 captured, .* 0 drift\n/);
    expect(stderr).toContain('Start it once');
    expect(code).toBe(1);
  });

  it('keeps another configuration folder apart', async () => {
    const other = join(home().folder, 'work-claude');
    const inOther = { CLAUDE_CONFIG_DIR: other };
    expect((await run(['install', '--yes'], CLI, inOther)).code).toBe(0);
    expect((await run(['refresh'], CLI, inOther)).code).toBe(0);
    const view = v.parse(
      HealthView,
      JSON.parse((await run(['status', '--json'], CLI, inOther)).stdout),
    );
    expect(view.places).toContainEqual(
      expect.objectContaining({
        name: 'Database',
        path: '~/work-claude/data/hookline/hookline.db',
      }),
    );
    expect((await run(['status'])).stdout).toMatch(/^Not installed/);
  });

  it('watches until it is interrupted', async () => {
    await run(['install', '--yes']);
    const child = start(['watch']);
    await once(child.stdout, 'data');
    const ended = once(child, 'close');
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
  });

  it('is not disturbed when nobody reads on', async () => {
    const child = start(['status']);
    let stderr = '';
    child.stderr.on('data', (text: Buffer) => {
      stderr += text.toString();
    });
    child.stdout.destroy();
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(stderr).toBe('');
  });
});
