import fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Paths } from '../../src-core/files/paths.ts';
import { changedPaths, readFootprint } from '../../test/support/footprint.ts';
import {
  createInstallWorld,
  failingRename,
  INSTALL_OPTIONS,
  type InstallWorld,
  modeOf,
} from '../../test/support/install-world.ts';
import { OLD_PIPELINE } from '../../test/support/settings-files.ts';
import { planInstall } from './install.ts';
import { readRuntimes } from './runtimes.ts';
import { planUninstall } from './uninstall.ts';

let world: InstallWorld;
let paths: Paths;
let assets: InstallWorld['assets'];
let install: InstallWorld['install'];
let settings: InstallWorld['settings'];
let snapshot: InstallWorld['snapshot'];
let node: string;
let roots: InstallWorld['roots'];

function enter(next: InstallWorld): void {
  world = next;
  ({ paths, assets, install, settings, snapshot, node, roots } = next);
}

beforeEach(() => enter(createInstallWorld()));
afterEach(() => world.remove());

describe('planning', () => {
  it('writes nothing, neither to install nor to uninstall', () => {
    settings(OLD_PIPELINE);
    const before = readFootprint([world.folder]);
    planInstall(paths, assets, INSTALL_OPTIONS);
    planUninstall(paths);
    expect(changedPaths(before, readFootprint([world.folder]))).toEqual([]);
  });

  it('shows the diff, each file that comes, and the old hooks beside ours', () => {
    settings(OLD_PIPELINE);
    const { view, findings } = planInstall(paths, assets, INSTALL_OPTIONS);
    expect(view).toMatchObject({ alreadyInstalled: false, refusal: null });
    expect(view.diff).toContain(`+            "command": "${paths.launcher}"`);
    const planned = view.files.map(({ path }) => path);
    for (const path of [
      paths.launcher,
      paths.hookScript,
      paths.spool,
      paths.runtimes,
      paths.backups,
    ]) {
      expect(planned).toContain(path);
    }
    expect(findings.map(({ code }) => code)).toEqual(['hooks-old']);
  });

  it('names files that others can read, and changes them not', async () => {
    settings('{}');
    fs.mkdirSync(paths.data);
    fs.writeFileSync(paths.journals.toolUsage, '', { mode: 0o644 });
    const { view } = planInstall(paths, assets, INSTALL_OPTIONS);
    expect(view.files).toContainEqual({
      path: paths.journals.toolUsage,
      what: 'can be read by others (mode 644); stays as it is',
    });
    await install();
    expect(modeOf(paths.journals.toolUsage)).toBe(0o644);
  });

  it('says what keeps it from editing the file', () => {
    settings('{\n  "model": opus\n}\n');
    expect(planInstall(paths, assets, INSTALL_OPTIONS).view.refusal).toBe(
      'settings.json, line 2, column 12: this is not a JSON value',
    );
    settings('{}', 0o444);
    expect(planInstall(paths, assets, INSTALL_OPTIONS).view.refusal).toContain('read-only');
    expect(
      planInstall(paths, { ...assets, launcher: '/no/such' }, INSTALL_OPTIONS).view.refusal,
    ).toContain('/no/such');
  });

  it('warns where all hooks are switched off or the settings are shared', () => {
    settings('{"disableAllHooks":true}');
    fs.mkdirSync(join(paths.claude, '.git'));
    const codes = planInstall(paths, assets, INSTALL_OPTIONS).findings.map(({ code }) => code);
    expect(codes).toEqual(['hooks-disabled', 'settings-shared']);
  });
});

describe('installing', () => {
  it('puts everything in place, private, and tells the root', async () => {
    settings(OLD_PIPELINE);
    const result = await install();
    expect(result).toMatchObject({ kind: 'installed', exitCode: 0 });
    if (result.kind !== 'installed') return;
    expect(fs.readFileSync(result.backup ?? '')).toEqual(OLD_PIPELINE);
    expect(modeOf(paths.settingsJson)).toBe(0o644);
    expect(modeOf(paths.launcher)).toBe(0o700);
    expect(readRuntimes(paths.runtimes)).toEqual([node]);
    const root = join(paths.hookFolder, 'root.json');
    for (const file of [
      paths.hookScript,
      paths.runtimes,
      paths.installRecord,
      root,
      result.backup ?? '',
    ]) {
      expect(modeOf(file)).toBe(0o600);
    }
    for (const folder of [paths.hookFolder, paths.own, paths.spool, paths.quarantine, paths.logs]) {
      expect(modeOf(folder)).toBe(0o700);
    }
    expect(JSON.parse(fs.readFileSync(root, 'utf8'))).toEqual({
      version: '1.2.3',
      home: paths.home,
      claudeConfigDir: null,
    });
    expect(roots).toEqual([{ home: paths.home, claudeConfigDir: undefined }]);
  });

  it('serves another configuration folder under its own name', async () => {
    world.remove();
    enter(createInstallWorld('work'));
    expect((await install()).kind).toBe('installed');
    const root = JSON.parse(fs.readFileSync(join(paths.hookFolder, 'root.json'), 'utf8'));
    expect(root.claudeConfigDir).toBe(paths.claude);
    expect(roots).toEqual([{ home: paths.home, claudeConfigDir: paths.claude }]);
  });

  it('done twice changes no file the second time', async () => {
    settings(OLD_PIPELINE);
    await install();
    const before = readFootprint([world.folder]);
    expect(await install()).toMatchObject({ kind: 'already-installed', exitCode: 0, backup: null });
    expect(changedPaths(before, readFootprint([world.folder]))).toEqual([]);
    expect(planInstall(paths, assets, INSTALL_OPTIONS).view).toMatchObject({
      alreadyInstalled: true,
      diff: '',
      files: [],
    });
  });

  it('replaces an older hook, the launcher last', async () => {
    await install();
    fs.writeFileSync(assets.hookScript, '// two\n');
    const plan = planInstall(paths, assets, INSTALL_OPTIONS).view;
    expect(plan.alreadyInstalled).toBe(false);
    expect(plan.files).toContainEqual({ path: paths.hookScript, what: 'the hook (replaced)' });
    expect(await install()).toMatchObject({ kind: 'installed', backup: null });
    expect(fs.readFileSync(paths.hookScript, 'utf8')).toBe('// two\n');
  });

  it('leaves the script that a running hook has open as it was', async () => {
    await install();
    const running = fs.openSync(paths.hookScript, 'r');
    fs.writeFileSync(assets.hookScript, '// a newer and longer one\n');
    await install();
    expect(fs.readFileSync(running, 'utf8')).toBe('// one\n');
    fs.closeSync(running);
  });

  it('refuses a file that it cannot edit, and has written nothing', async () => {
    settings('{"hooks":[]}');
    const before = snapshot();
    expect(await install()).toEqual({
      kind: 'refused',
      exitCode: 1,
      reason: 'settings.json, line 1, column 10: "hooks" is a list, not an object',
    });
    expect(snapshot()).toEqual(before);
    expect(roots).toEqual([]);
  });

  it.each(['EROFS', 'EACCES', 'EPERM'])(
    'gives the text to paste where the disk says %s',
    async (code) => {
      settings('{"model":"opus"}');
      const result = await install({ disk: failingRename(code) });
      expect(result).toMatchObject({ kind: 'not-writable', exitCode: 1 });
      if (result.kind !== 'not-writable') return;
      expect(fs.readFileSync(paths.settingsJson, 'utf8')).toBe('{"model":"opus"}');
      expect(roots).toEqual([]);
      // What is pasted is what install would have written: the next run finds it complete.
      settings(JSON.stringify({ model: 'opus', ...JSON.parse(result.snippet) }));
      expect((await install()).kind).toBe('already-installed');
    },
  );

  it('takes back what it had put on disk when its last step fails', async () => {
    settings('{"model":"opus"}');
    const before = snapshot();
    const result = await install({ disk: failingRename('EIO') });
    expect(result).toMatchObject({ kind: 'failed', exitCode: 1, reason: 'EIO: rename' });
    expect(snapshot()).toEqual(before);
  });

  it('keeps an earlier installation when its last step fails', async () => {
    settings('{"model":"opus"}');
    await install();
    const before = snapshot();
    const result = await install({ disk: failingRename('EIO'), preToolUse: true });
    expect(result.kind).toBe('failed');
    expect(snapshot()).toEqual(before);
  });

  it('goes on without a Node, and says so', async () => {
    const result = await install({ run: () => Promise.resolve({ code: 1, stdout: '' }) });
    expect(result).toMatchObject({ kind: 'installed', runtimes: [] });
    expect(result.kind === 'installed' && result.findings.map(({ code }) => code)).toEqual([
      'runtimes',
    ]);
    expect(fs.readFileSync(paths.runtimes, 'utf8')).toBe('# hookline runtimes 1\n');
  });

  it('fails with a reason where a file stands in the way of a folder', async () => {
    fs.mkdirSync(paths.claude, { recursive: true });
    fs.writeFileSync(join(paths.claude, 'hooks'), '');
    expect(await install()).toMatchObject({ kind: 'failed', exitCode: 1 });
    expect(fs.existsSync(paths.settingsJson)).toBe(false);
  });
});
