import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src-core/base/clock.ts';
import { createLoginPaths, createPaths } from '../../src-core/files/paths.ts';
import { runVerb } from '../../test/support/cli-world.ts';
import { readFootprint } from '../../test/support/footprint.ts';
import { homePerTest } from '../../test/support/home.ts';
import { OLD_LABELS, writeOldAgents } from '../../test/support/old-agents.ts';
import { createScriptedRunner } from '../../test/support/scripted-runner.ts';
import { OLD_PIPELINE } from '../../test/support/settings-files.ts';
import { readEntry } from '../launch/autostart-entry.ts';
import { AT_LOGIN } from '../launch/login-item.ts';
import { createInstaller, type InstallerOptions } from './installer.ts';
import { findOldHooks } from './old-pipeline.ts';

const home = homePerTest();
const paths = () => home().paths;
const APP = '/opt/Hookline/hookline';
const PROGRAM = { path: APP, args: [AT_LOGIN] };
const entry = () => createLoginPaths(paths().home).autostartEntry;
const bin = (name: string) => join(createLoginPaths(paths().home).userBin, name);
const names = (): readonly string[] => [...readFootprint([paths().home]).keys()];

function installer(more: Partial<InstallerOptions> = {}) {
  const folder = join(home().folder, 'assets');
  mkdirSync(folder, { recursive: true });
  const assets = {
    launcher: join(folder, 'hookline-hook'),
    hookScript: join(folder, 'hook.cjs'),
  };
  writeFileSync(assets.launcher, '#!/bin/sh\nexit 0\n');
  writeFileSync(assets.hookScript, '// the built hook\n');
  return createInstaller({
    paths: paths(),
    assets,
    version: '1.2.3',
    clock: systemClock,
    environment: { PATH: '' },
    ownNode: null,
    appFolder: null,
    script: '/app/out/cli/hookline.js',
    program: PROGRAM,
    platform: 'linux',
    run: createScriptedRunner({}).run,
    prove: async () => ({ kind: 'proven' }),
    ...more,
  });
}

describe('the start at login', () => {
  it('is a part of the plan, comes with the installation, and goes with it', async () => {
    const { plan, install, planRemoval, uninstall, login } = installer();
    const { view } = await plan();
    expect(view.files).toContainEqual({ path: entry(), what: expect.stringContaining('at login') });
    expect(existsSync(entry())).toBe(false);
    await install();
    expect(readEntry(readFileSync(entry(), 'utf8')).call).toEqual([APP, AT_LOGIN]);
    expect((await login.read()).state).toBe('ready');
    expect((await planRemoval()).files).toContain(entry());
    await uninstall();
    expect(existsSync(entry())).toBe(false);
  });

  it('is never of a checkout', async () => {
    const { plan, install, recheck } = installer({ program: null });
    expect((await plan()).view.files.map(({ path }) => path)).not.toContain(entry());
    await install();
    expect((await recheck()).login).toBeNull();
    expect(existsSync(entry())).toBe(false);
  });

  it('follows its setting, and the app that moved', async () => {
    const first = installer();
    expect((await first.recheck()).login).toBeNull();
    await first.install();
    const moved = installer({ program: { path: '/new/hookline', args: [] } });
    expect(await moved.recheck()).toMatchObject({ login: { kind: 'registered' }, problems: [] });
    expect(readEntry(readFileSync(entry(), 'utf8')).call).toEqual(['/new/hookline']);
    writeFileSync(paths().settings, '{"launchAtLogin":false}');
    expect(await first.followLogin()).toEqual({ kind: 'removed' });
    await first.install();
    expect(existsSync(entry())).toBe(false);
    expect((await first.plan()).view.files.map(({ path }) => path)).not.toContain(entry());
  });
});

describe('the commands on PATH', () => {
  it('come with the installation, the short one when it is asked for', async () => {
    const { install, uninstall } = installer();
    await install();
    expect([existsSync(bin('hookline')), existsSync(bin('ccc'))]).toEqual([true, false]);
    await install({ old: 'leave', ccc: true });
    expect(existsSync(bin('ccc'))).toBe(true);
    expect(await install()).toMatchObject({ kind: 'already-installed' });
    await uninstall();
    expect(existsSync(join(paths().home, '.local'))).toBe(false);
  });

  it('leave a program of somebody else alone', async () => {
    mkdirSync(createLoginPaths(paths().home).userBin, { recursive: true });
    writeFileSync(bin('hookline'), 'theirs');
    const { install, uninstall } = installer();
    await install();
    await uninstall();
    expect(readFileSync(bin('hookline'), 'utf8')).toBe('theirs');
  });

  it('lead to the app where it is now', async () => {
    await installer().install();
    await installer({ script: '/moved/cli.js' }).recheck();
    expect(readFileSync(bin('hookline'), 'utf8')).toContain("script='/moved/cli.js'");
  });
});

describe('an installation of two roots', () => {
  it('keeps what they share until the last of them goes', async () => {
    const first = installer();
    await first.install();
    const other = createPaths({
      home: paths().home,
      claudeConfigDir: join(paths().home, 'work'),
    });
    const second = installer({ paths: other });
    await second.install();
    await first.uninstall();
    expect([existsSync(entry()), existsSync(bin('hookline'))]).toEqual([true, true]);
    await second.uninstall();
    expect([existsSync(entry()), existsSync(bin('hookline'))]).toEqual([false, false]);
  });
});

describe('hookline install on a Mac with the old pipeline', () => {
  const mac = () => ({
    platform: 'darwin' as const,
    program: null,
    run: createScriptedRunner(
      Object.fromEntries(
        [...OLD_LABELS, 'com.claude.supermemory', 'app.hookline.login'].map((label) => [
          `launchctl print gui/${process.getuid?.() ?? 0}/${label}`,
          { code: 113 },
        ]),
      ),
    ).run,
  });
  const agents = () => createLoginPaths(paths().home).launchAgents;
  const prepare = (): readonly string[] => {
    mkdirSync(paths().claude, { recursive: true });
    writeFileSync(paths().settingsJson, OLD_PIPELINE);
    writeOldAgents(paths().home);
    return names();
  };
  const isRetired = (): boolean =>
    findOldHooks(readFileSync(paths().settingsJson)).length === 0 &&
    !existsSync(join(agents(), 'com.claude.watchdog.plist'));

  it.each([
    ['asks a person, who agrees', [], true, true],
    ['does it when it is told to', ['--yes', '--retire-old'], null, true],
    ['leaves it when it is told to', ['--yes', '--keep-old'], null, false],
    ['leaves it when nobody can be asked', ['--yes'], null, false],
  ] as const)('%s; uninstall gives all back', async (_, options, answer, expected) => {
    const before = prepare();
    const asked = await runVerb(home(), ['install', ...options], { answer, installer: mac() });
    expect([asked.code, isRetired()]).toEqual([0, expected]);
    if (answer) expect(asked.asked[0]).toContain('out of service');
    const gone = await runVerb(home(), ['uninstall', '--yes'], { installer: mac() });
    expect(gone.code).toBe(0);
    if (expected) expect(gone.printed.join('\n')).toContain('com.claude.watchdog.plist');
    expect(readFileSync(paths().settingsJson)).toEqual(OLD_PIPELINE);
    const assets = join(home().folder, 'assets');
    expect(names().filter((name) => !name.startsWith(assets))).toEqual(before);
  });

  it('takes consent back with --keep-old', async () => {
    prepare();
    await runVerb(home(), ['install', '--yes', '--retire-old'], { installer: mac() });
    expect(isRetired()).toBe(true);
    await runVerb(home(), ['install', '--yes', '--keep-old'], { installer: mac() });
    expect(isRetired()).toBe(false);
    expect(findOldHooks(readFileSync(paths().settingsJson))).toHaveLength(7);
  });
});
