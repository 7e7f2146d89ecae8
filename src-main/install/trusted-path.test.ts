import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { currentIdentity, distrustOf } from './trusted-path.ts';

const ME = currentIdentity();
let folder: string;
let program: string;

beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'hookline-trust-')));
  fs.mkdirSync(join(folder, 'bin'));
  program = join(folder, 'bin', 'node');
  fs.writeFileSync(program, '#!/bin/sh\n');
  fs.chmodSync(program, 0o755);
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('a program', () => {
  it('is trusted where only we and root can replace it, also below a sticky /tmp', () => {
    expect(distrustOf(program, ME)).toBeNull();
  });

  it.each([
    ['relative/node', 'not an absolute path on one line'],
    ['/bin/no\nde', 'not an absolute path on one line'],
    ['/no/such/node', 'not there'],
    ['/usr', 'not a file'],
  ])('%j is not: %s', (path, reason) => {
    expect(distrustOf(path, ME)).toBe(reason);
  });

  it('is not if it cannot be executed', () => {
    fs.chmodSync(program, 0o644);
    expect(distrustOf(program, ME)).toBe('not executable');
  });

  it('is not if others can write it, its folder or the folder above', () => {
    for (const path of [program, join(folder, 'bin'), folder]) {
      const mode = fs.statSync(path).mode;
      fs.chmodSync(path, 0o757);
      expect(distrustOf(program, ME)).toBe(`${path} can be written by others`);
      fs.chmodSync(path, mode);
    }
    expect(distrustOf(program, ME)).toBeNull();
  });

  it('is not if what a link in a safe place leads to can be written', () => {
    const link = join(folder, 'node-link');
    fs.symlinkSync(program, link);
    expect(distrustOf(link, ME)).toBeNull();
    fs.chmodSync(program, 0o777);
    expect(distrustOf(link, ME)).toBe(`${program} can be written by others`);
  });

  it('is not if the link itself can be replaced', () => {
    const open = join(folder, 'open');
    fs.mkdirSync(open);
    fs.chmodSync(open, 0o777);
    fs.symlinkSync(program, join(open, 'node'));
    expect(distrustOf(join(open, 'node'), ME)).toBe(`${open} can be written by others`);
  });

  it('is not if a link on the way can be replaced, though both of its ends are safe', () => {
    const open = join(folder, 'open');
    fs.mkdirSync(open);
    fs.chmodSync(open, 0o777);
    fs.symlinkSync(program, join(open, 'middle'));
    fs.symlinkSync(join(open, 'middle'), join(folder, 'node-link'));
    expect(distrustOf(join(folder, 'node-link'), ME)).toBe(`${open} can be written by others`);
  });

  it('may be writable by the group that is ours alone, or by macOS administrators', () => {
    const { uid, gid } = fs.statSync(program);
    fs.chmodSync(program, 0o775);
    // Root's own group is always allowed; another one depends on whose it is.
    expect(distrustOf(program, { ...ME, uid, gid })).toBeNull();
  });

  it.runIf(ME.uid === 0)('may not belong to or be writable by strangers', () => {
    fs.chownSync(program, 0, 4242);
    fs.chmodSync(program, 0o775);
    const other = { uid: 1000, gid: 1000, platform: 'linux' } as const;
    expect(distrustOf(program, other)).toBe(`${program} can be written by others`);
    fs.chownSync(program, 0, 1000);
    expect(distrustOf(program, other)).toBeNull();
    fs.chownSync(program, 0, 80);
    expect(distrustOf(program, { ...other, platform: 'darwin' })).toBeNull();
    fs.chownSync(program, 4242, 0);
    expect(distrustOf(program, other)).toBe(`${program} belongs to another user`);
  });
});
