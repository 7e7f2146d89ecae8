import fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Paths } from '../../src-core/files/paths.ts';
import {
  createInstallWorld,
  failingRename,
  INSTALL_OPTIONS,
  type InstallWorld,
  modeOf,
} from '../../test/support/install-world.ts';
import { OLD_PIPELINE } from '../../test/support/settings-files.ts';
import { planInstall } from './install.ts';
import { readInstallRecord } from './install-record.ts';
import { applyUninstall, planUninstall } from './uninstall.ts';

let world: InstallWorld;
let paths: Paths;
let assets: InstallWorld['assets'];
let install: InstallWorld['install'];
let settings: InstallWorld['settings'];
let snapshot: InstallWorld['snapshot'];
let clock: InstallWorld['clock'];

function enter(next: InstallWorld): void {
  world = next;
  ({ paths, assets, install, settings, snapshot, clock } = next);
}

beforeEach(() => enter(createInstallWorld()));
afterEach(() => world.remove());

describe('uninstalling', () => {
  it.each([
    ['no folder at all', () => undefined],
    ['an empty folder', () => fs.mkdirSync(paths.claude, { recursive: true })],
    ['settings of the old pipeline', () => settings(OLD_PIPELINE)],
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
    expect(planInstall(paths, assets, INSTALL_OPTIONS).view.files).toContainEqual({
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
