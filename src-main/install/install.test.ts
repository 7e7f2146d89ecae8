import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPaths, type Paths, type RootOptions } from '../../src-core/files/paths.ts';
import { changedPaths, readFootprint } from '../../test/support/footprint.ts';
import type { HookAssets } from './hook-files.ts';
import { applyInstall, type InstallOptions, type InstallPorts, planInstall } from './install.ts';
import { readInstallRecord } from './install-record.ts';
import { type Disk, nodeDisk } from './replace-file.ts';
import { readRuntimes } from './runtimes.ts';
import { currentIdentity } from './trusted-path.ts';
import { applyUninstall, planUninstall } from './uninstall.ts';

const OLD = fs.readFileSync(
  new URL('../../test/fixtures/settings/old-pipeline.json', import.meta.url),
);
const OPTIONS: InstallOptions = { version: '1.2.3', preToolUse: false, form: 'auto' };

let home: string;
let paths: Paths;
let assets: HookAssets;
let node: string;
let roots: RootOptions[];
let clock: { now(): number };

beforeEach(() => {
  home = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'hookline-install-')));
  paths = createPaths({ home: join(home, 'user') });
  fs.mkdirSync(paths.home);
  const launcher = join(home, 'assets', 'hookline-hook');
  const hookScript = join(home, 'assets', 'hook.cjs');
  fs.mkdirSync(join(home, 'assets'));
  fs.writeFileSync(launcher, '#!/bin/sh\nexit 0\n');
  fs.writeFileSync(hookScript, '// one\n');
  assets = { launcher, hookScript };
  node = join(home, 'bin', 'node');
  fs.mkdirSync(dirname(node));
  fs.writeFileSync(node, '#!/bin/sh\n', { mode: 0o755 });
  roots = [];
  let time = Date.UTC(2026, 10, 24);
  clock = { now: () => time++ };
});
afterEach(() => fs.rmSync(home, { recursive: true, force: true }));

function ports(more: Partial<InstallPorts> = {}): InstallPorts {
  return {
    clock,
    identity: currentIdentity(),
    run: (command) => {
      const answer = { isNode: true, version: '24.1.0', execPath: command, sqlite: true };
      const isOurs = command === node;
      return Promise.resolve({ code: isOurs ? 0 : 1, stdout: JSON.stringify(answer) });
    },
    places: { home: paths.home, environment: {}, ownNode: node, appFolder: null },
    onInstalled: (root) => {
      roots.push(root);
    },
    ...more,
  };
}

function install(more: Partial<InstallPorts & InstallOptions> = {}) {
  return applyInstall(paths, assets, { ...OPTIONS, ...ports(more), ...more });
}

function settings(content: string | Buffer, mode = 0o644): void {
  fs.mkdirSync(paths.claude, { recursive: true });
  fs.writeFileSync(paths.settingsJson, content);
  fs.chmodSync(paths.settingsJson, mode);
}

/** Every file with its bytes and every folder, with their modes. */
function snapshot(): Record<string, string> {
  const all = fs.readdirSync(paths.home, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    all.map((name) => {
      const path = join(paths.home, name);
      const stat = fs.lstatSync(path);
      const content = stat.isFile() ? fs.readFileSync(path, 'latin1') : '';
      return [name, `${stat.mode.toString(8)} ${content}`];
    }),
  );
}

/** The disk on which the rename of settings.json fails. */
function failingRename(code: string): Disk {
  return {
    ...nodeDisk,
    renameSync: () => {
      throw Object.assign(new Error(`${code}: rename`), { code });
    },
  };
}

function modeOf(path: string): number {
  return fs.statSync(path).mode & 0o777;
}

describe('planning', () => {
  it('writes nothing, neither to install nor to uninstall', () => {
    settings(OLD);
    const before = readFootprint([home]);
    planInstall(paths, assets, OPTIONS);
    planUninstall(paths);
    expect(changedPaths(before, readFootprint([home]))).toEqual([]);
  });

  it('shows the diff, each file that comes, and the old hooks beside ours', () => {
    settings(OLD);
    const { view, findings } = planInstall(paths, assets, OPTIONS);
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
    expect(findings.map(({ code }) => code)).toEqual(['hooks.old-pipeline']);
  });

  it('names files that others can read, and changes them not', async () => {
    settings('{}');
    fs.mkdirSync(paths.data);
    fs.writeFileSync(paths.journals.toolUsage, '', { mode: 0o644 });
    const { view } = planInstall(paths, assets, OPTIONS);
    expect(view.files).toContainEqual({
      path: paths.journals.toolUsage,
      what: 'can be read by others (mode 644); stays as it is',
    });
    await install();
    expect(modeOf(paths.journals.toolUsage)).toBe(0o644);
  });

  it('says what keeps it from editing the file', () => {
    settings('{\n  "model": opus\n}\n');
    expect(planInstall(paths, assets, OPTIONS).view.refusal).toBe(
      'settings.json, line 2, column 12: this is not a JSON value',
    );
    settings('{}', 0o444);
    expect(planInstall(paths, assets, OPTIONS).view.refusal).toContain('read-only');
    expect(planInstall(paths, { ...assets, launcher: '/no/such' }, OPTIONS).view.refusal).toContain(
      '/no/such',
    );
  });

  it('warns where all hooks are switched off or the settings are shared', () => {
    settings('{"disableAllHooks":true}');
    fs.mkdirSync(join(paths.claude, '.git'));
    const codes = planInstall(paths, assets, OPTIONS).findings.map(({ code }) => code);
    expect(codes).toEqual(['hooks.disabled', 'settings.shared']);
  });
});

describe('installing', () => {
  it('puts everything in place, private, and tells the root', async () => {
    settings(OLD);
    const result = await install();
    expect(result).toMatchObject({ kind: 'installed', exitCode: 0 });
    if (result.kind !== 'installed') return;
    expect(fs.readFileSync(result.backup ?? '')).toEqual(OLD);
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
    paths = createPaths({ home: paths.home, claudeConfigDir: join(home, 'user', 'work') });
    expect((await install()).kind).toBe('installed');
    const root = JSON.parse(fs.readFileSync(join(paths.hookFolder, 'root.json'), 'utf8'));
    expect(root.claudeConfigDir).toBe(paths.claude);
    expect(roots).toEqual([{ home: paths.home, claudeConfigDir: paths.claude }]);
  });

  it('done twice changes no file the second time', async () => {
    settings(OLD);
    await install();
    const before = readFootprint([home]);
    expect(await install()).toMatchObject({ kind: 'already-installed', exitCode: 0, backup: null });
    expect(changedPaths(before, readFootprint([home]))).toEqual([]);
    expect(planInstall(paths, assets, OPTIONS).view).toMatchObject({
      alreadyInstalled: true,
      diff: '',
      files: [],
    });
  });

  it('replaces an older hook, the launcher last', async () => {
    await install();
    fs.writeFileSync(assets.hookScript, '// two\n');
    const plan = planInstall(paths, assets, OPTIONS).view;
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
      'runtime.none',
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

describe('uninstalling', () => {
  it.each([
    ['no folder at all', () => undefined],
    ['an empty folder', () => fs.mkdirSync(paths.claude, { recursive: true })],
    ['settings of the old pipeline', () => settings(OLD)],
    ['an empty file', () => settings('')],
    [
      'hooks and data of others',
      () => {
        settings('{\r\n\t"a": 1, // one\r\n}', 0o640);
        fs.mkdirSync(join(paths.claude, 'hooks'), { mode: 0o755 });
        fs.writeFileSync(join(paths.claude, 'hooks', 'mine.sh'), '#!/bin/sh\n', { mode: 0o755 });
        fs.mkdirSync(paths.data, { mode: 0o755 });
        fs.writeFileSync(paths.journals.toolUsage, '{}\n');
      },
    ],
  ])(
    'with nothing captured leaves every byte, mode and folder as it was: %s',
    async (_, prepare) => {
      prepare();
      const before = snapshot();
      expect((await install()).kind).toBe('installed');
      expect(applyUninstall(paths, { clock })).toMatchObject({
        kind: 'removed',
        exitCode: 0,
        how: 'original',
        remains: [],
      });
      expect(snapshot()).toEqual(before);
      expect(applyUninstall(paths, { clock })).toMatchObject({
        kind: 'not-installed',
        exitCode: 0,
      });
      expect(snapshot()).toEqual(before);
    },
  );

  it('puts back the modes that install made stricter', async () => {
    fs.mkdirSync(paths.logs, { recursive: true });
    for (const path of [paths.own, paths.logs]) fs.chmodSync(path, 0o755);
    fs.writeFileSync(join(paths.logs, 'old.log'), 'x');
    expect(planInstall(paths, assets, OPTIONS).view.files).toContainEqual({
      path: paths.logs,
      what: 'logs (made private, was 755)',
    });
    await install();
    await install({ preToolUse: true });
    expect(modeOf(paths.logs)).toBe(0o700);
    expect(planUninstall(paths).modes).toContainEqual({ path: paths.logs, mode: 0o755 });
    applyUninstall(paths, { clock });
    expect([modeOf(paths.own), modeOf(paths.logs)]).toEqual([0o755, 0o755]);
  });

  it('keeps what was recorded, and says where', async () => {
    await install();
    fs.writeFileSync(join(paths.own, 'events.jsonl'), '{}\n');
    const result = applyUninstall(paths, { clock });
    expect(result).toMatchObject({ remains: [`what was recorded stays in ${paths.own}`] });
    expect(fs.readdirSync(paths.own)).toEqual(['events.jsonl']);
    expect(fs.existsSync(paths.hookFolder)).toBe(false);
  });

  it('keeps a line that was changed since, and a copy of the file', async () => {
    settings('{\n  "model": "opus"\n}\n');
    await install();
    const text = fs.readFileSync(paths.settingsJson, 'utf8');
    settings(text.replace('opus', 'sonnet'));
    const result = applyUninstall(paths, { clock });
    expect(result).toMatchObject({ kind: 'removed', how: 'spans' });
    expect(fs.readFileSync(paths.settingsJson, 'utf8')).toBe('{\n  "model": "sonnet"\n}\n');
    const backup = result.kind === 'removed' ? result.backup : null;
    expect(fs.readFileSync(backup ?? '', 'utf8')).toContain('sonnet');
  });

  it('works without its record', async () => {
    settings('{"model":"opus"}');
    await install();
    fs.writeFileSync(paths.installRecord, '{ damaged');
    expect(readInstallRecord(paths.installRecord)).toBeNull();
    expect(applyUninstall(paths, { clock })).toMatchObject({ kind: 'removed', how: 'entries' });
    expect(fs.readFileSync(paths.settingsJson, 'utf8')).toBe('{"model":"opus"}');
    expect(fs.existsSync(paths.hookFolder)).toBe(false);
  });

  it('comes back to the first original after options were changed in between', async () => {
    settings('{"model":"opus"}', 0o600);
    const before = snapshot();
    await install();
    expect((await install({ preToolUse: true })).kind).toBe('installed');
    expect((await install({ form: 'shell' })).kind).toBe('installed');
    expect(fs.readdirSync(paths.backups)).toHaveLength(1);
    expect(applyUninstall(paths, { clock })).toMatchObject({ how: 'original' });
    expect(snapshot()).toEqual(before);
  });

  it('removes nothing while the entries cannot be taken out', async () => {
    settings('{"model":"opus"}');
    await install();
    const broken = `${fs.readFileSync(paths.settingsJson, 'utf8')} }`;
    settings(broken);
    const before = snapshot();
    expect(planUninstall(paths).refusal).toContain('goes on after its value ends');
    expect(applyUninstall(paths, { clock })).toMatchObject({ kind: 'refused', exitCode: 1 });
    expect(snapshot()).toEqual(before);
    settings(broken.slice(0, -2));
    const result = applyUninstall(paths, { clock, disk: failingRename('EROFS') });
    expect(result).toMatchObject({ kind: 'not-writable', exitCode: 1 });
    expect(fs.existsSync(paths.launcher)).toBe(true);
  });

  it('goes through a link and leaves the link', async () => {
    const target = join(paths.home, 'dotfiles.json');
    fs.mkdirSync(paths.claude, { recursive: true });
    fs.writeFileSync(target, '{"model":"opus"}', { mode: 0o640 });
    fs.symlinkSync(target, paths.settingsJson);
    const before = snapshot();
    await install();
    expect(fs.readFileSync(target, 'utf8')).toContain('[ -x ');
    expect(modeOf(target)).toBe(0o640);
    applyUninstall(paths, { clock });
    expect(snapshot()).toEqual(before);
  });

  it('leaves a file that somebody put into the hook folder, and names it', async () => {
    await install();
    const note = join(paths.hookFolder, 'note.txt');
    fs.writeFileSync(note, 'mine');
    expect(applyUninstall(paths, { clock })).toMatchObject({ remains: [`${note} is not ours`] });
    expect(fs.existsSync(note)).toBe(true);
  });
});
