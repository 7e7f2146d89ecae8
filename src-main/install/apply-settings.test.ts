import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPaths, type Paths } from '../../src-core/files/paths.ts';
import { applySettings, type SettingsOutcome } from './apply-settings.ts';
import { planHookInstall } from './hook-settings.ts';
import { type Disk, nodeDisk } from './replace-file.ts';
import type { InstallSettingsPlan } from './settings-plan.ts';

let home: string;
let paths: Paths;
let remembered: (string | null)[];

beforeEach(() => {
  home = fs.mkdtempSync(join(tmpdir(), 'hookline-apply-'));
  paths = createPaths({ home });
  fs.mkdirSync(paths.claude, { recursive: true });
  remembered = [];
});
afterEach(() => fs.rmSync(home, { recursive: true, force: true }));

function apply(disk: Disk = nodeDisk): SettingsOutcome<InstallSettingsPlan> {
  return applySettings<InstallSettingsPlan>({
    paths,
    disk,
    clock: { now: () => Date.UTC(2026, 10, 24, 9, 30, 5) },
    plan: (bytes) =>
      planHookInstall(bytes, {
        path: paths.settingsJson,
        launcher: paths.launcher,
        form: 'exec',
        preToolUse: false,
        known: null,
      }),
    wantsBackup: () => true,
    remember: (_plan, backup) => remembered.push(backup),
  });
}

/** The disk on which somebody writes settings.json just before our comparison, `times` times. */
function contested(times: number, text: (n: number) => string): Disk {
  let n = 0;
  return {
    ...nodeDisk,
    fchmodSync: (descriptor, mode) => {
      fs.fchmodSync(descriptor, mode);
      if (n < times) fs.writeFileSync(paths.settingsJson, text(n++));
    },
  };
}

describe('writing settings.json', () => {
  it('keeps one dated copy of the file as it was, 0600, in a folder of ours', () => {
    fs.writeFileSync(paths.settingsJson, '{"model":"opus"}', { mode: 0o644 });
    const outcome = apply();
    const backup = join(paths.backups, 'settings.json.2026-11-24T09-30-05.000Z');
    expect(outcome).toMatchObject({ kind: 'written', backup });
    expect(fs.readFileSync(backup, 'utf8')).toBe('{"model":"opus"}');
    expect(fs.statSync(backup).mode & 0o777).toBe(0o600);
    expect(fs.statSync(paths.backups).mode & 0o777).toBe(0o700);
    expect(apply().kind).toBe('unchanged');
    expect(fs.readdirSync(paths.backups)).toHaveLength(1);
  });

  it('starts over when the file changes meanwhile, and keeps that change', () => {
    fs.writeFileSync(paths.settingsJson, '{"model":"opus"}');
    expect(apply(contested(2, (n) => `{"model":"sonnet","n":${n}}`)).kind).toBe('written');
    const value = JSON.parse(fs.readFileSync(paths.settingsJson, 'utf8'));
    expect(value).toMatchObject({ model: 'sonnet', n: 1, hooks: expect.anything() });
    expect(remembered).toHaveLength(3);
    expect(fs.readdirSync(paths.backups)).toHaveLength(1);
    const copy = fs.readFileSync(remembered[2] ?? '', 'utf8');
    expect(copy).toBe('{"model":"sonnet","n":1}');
  });

  it('starts over when the file appears meanwhile', () => {
    expect(apply(contested(1, () => '{"model":"sonnet"}')).kind).toBe('written');
    expect(fs.readFileSync(paths.settingsJson, 'utf8')).toContain('sonnet');
  });

  it('gives up on a file that never stops changing, and has not written', () => {
    const outcome = apply(contested(Number.POSITIVE_INFINITY, (n) => `{"n":${n}}`));
    expect(outcome).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('keeps changing'),
    });
    expect(fs.readFileSync(paths.settingsJson, 'utf8')).toMatch(/^\{"n":\d+\}$/);
    expect(fs.readdirSync(paths.backups)).toEqual([]);
  });

  it('refuses what somebody has broken meanwhile', () => {
    fs.writeFileSync(paths.settingsJson, '{}');
    expect(apply(contested(1, () => '{"a":')).kind).toBe('refused');
    expect(fs.readFileSync(paths.settingsJson, 'utf8')).toBe('{"a":');
  });

  it('tells when another program has undone it at the same moment', () => {
    fs.writeFileSync(paths.settingsJson, '{"model":"opus"}');
    const disk: Disk = {
      ...nodeDisk,
      renameSync: (from, to) => {
        fs.renameSync(from, to);
        fs.writeFileSync(to, '{"model":"opus"}');
      },
    };
    expect(apply(disk).kind).toBe('not-kept');
  });

  it('is content when another program has saved it again with our entries in it', () => {
    const disk: Disk = {
      ...nodeDisk,
      renameSync: (from, to) => {
        const value = JSON.parse(fs.readFileSync(from, 'utf8'));
        fs.renameSync(from, to);
        fs.writeFileSync(to, JSON.stringify({ ...value, model: 'opus' }));
      },
    };
    expect(apply(disk).kind).toBe('written');
  });

  it('writes nothing if what it does cannot be remembered', () => {
    fs.writeFileSync(paths.settingsJson, '{}');
    remembered.push = () => {
      throw new Error('disk full');
    };
    expect(() => apply()).toThrow('disk full');
    expect(fs.readFileSync(paths.settingsJson, 'utf8')).toBe('{}');
  });

  it('tells a folder in the place of the file', () => {
    fs.mkdirSync(paths.settingsJson);
    expect(apply().kind).toBe('failed');
  });
});
