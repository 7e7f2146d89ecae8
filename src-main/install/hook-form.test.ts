import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPaths, type Paths } from '../../src-core/files/paths.ts';
import { wantedGroups } from './hook-entries.ts';
import { chooseForm } from './hook-form.ts';

let home: string;
let paths: Paths;

beforeEach(() => {
  home = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), "hookline it's $HOME ")));
  paths = createPaths({ home });
  fs.mkdirSync(paths.claude, { recursive: true });
});
afterEach(() => fs.rmSync(home, { recursive: true, force: true }));

describe('the form of the entries', () => {
  it('is exec for an ordinary file, and for one that is yet to come', () => {
    expect(chooseForm(paths, 'auto')).toEqual({ form: 'exec', reason: null });
    fs.writeFileSync(paths.settingsJson, '{}');
    expect(chooseForm(paths, 'auto').form).toBe('exec');
  });

  it('is shell for a link out of the folder, also for one to nothing', () => {
    fs.mkdirSync(join(home, 'dotfiles'));
    fs.symlinkSync('../dotfiles/settings.json', paths.settingsJson);
    expect(chooseForm(paths, 'auto').form).toBe('shell');
    fs.writeFileSync(join(home, 'dotfiles', 'settings.json'), '{}');
    expect(chooseForm(paths, 'auto')).toEqual({
      form: 'shell',
      reason: `settings.json is a link to ${join(home, 'dotfiles', 'settings.json')}`,
    });
  });

  it('is exec for a link inside of the folder', () => {
    fs.writeFileSync(join(paths.claude, 'real.json'), '{}');
    fs.symlinkSync('real.json', paths.settingsJson);
    expect(chooseForm(paths, 'auto').form).toBe('exec');
  });

  it('is shell in a git work tree', () => {
    fs.mkdirSync(join(paths.claude, '.git'));
    expect(chooseForm(paths, 'auto').form).toBe('shell');
  });

  it('is shell in a folder that is itself a link into a work tree', () => {
    const tree = join(home, 'dotfiles');
    fs.mkdirSync(join(tree, 'claude'), { recursive: true });
    fs.writeFileSync(join(tree, '.git'), 'gitdir: elsewhere');
    fs.rmdirSync(paths.claude);
    fs.symlinkSync(join(tree, 'claude'), paths.claude);
    expect(chooseForm(paths, 'auto').form).toBe('shell');
  });

  it('is what was asked for, whatever the place', () => {
    fs.mkdirSync(join(paths.claude, '.git'));
    expect(chooseForm(paths, 'exec')).toEqual({ form: 'exec', reason: null });
  });
});

describe('the shell form, run by a real sh', () => {
  const run = () => {
    const options = { launcher: paths.launcher, form: 'shell', preToolUse: false } as const;
    const command = wantedGroups(options).get('Stop')?.hooks[0]?.command ?? '';
    const { status, stdout } = spawnSync('/bin/sh', ['-c', command], {
      encoding: 'utf8',
      input: 'payload',
    });
    // Where nobody reads stdin, writing to it may fail; the client does not mind either.
    expect(status).toBe(0);
    return stdout;
  };

  it('calls the launcher with stdin, whatever characters its path has', () => {
    fs.mkdirSync(paths.hookFolder, { recursive: true });
    fs.writeFileSync(paths.launcher, '#!/bin/sh\necho "$1: $(cat)"\n', { mode: 0o700 });
    expect(run()).toBe('capture: payload\n');
  });

  it('is silent and content where there is no launcher', () => {
    expect(run()).toBe('');
  });
});
