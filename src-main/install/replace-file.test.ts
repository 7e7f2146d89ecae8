import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Disk, linkTarget, nodeDisk, replaceFile } from './replace-file.ts';

const OLD = Buffer.from('{"old":1}\n');
const NEW = Buffer.from('{"new":2}\n');
let folder: string;
let path: string;

beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'hookline-replace-')));
  path = join(folder, 'settings.json');
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** The disk on which one call fails with an error of this code. */
function failing(call: keyof Disk, code: string): Disk {
  return {
    ...nodeDisk,
    [call]: () => {
      throw Object.assign(new Error(`${code}: ${call}`), { code });
    },
  };
}

function modeOf(file: string): number {
  return fs.statSync(file).mode & 0o7777;
}

describe('replacing a file', () => {
  it('keeps its mode and leaves nothing beside it', () => {
    fs.writeFileSync(path, OLD);
    fs.chmodSync(path, 0o640);
    expect(replaceFile(nodeDisk, path, { expected: OLD, next: NEW })).toEqual({ kind: 'replaced' });
    expect(fs.readFileSync(path)).toEqual(NEW);
    expect(modeOf(path)).toBe(0o640);
    expect(fs.readdirSync(folder)).toEqual(['settings.json']);
  });

  it('makes a new one that only its owner can read', () => {
    expect(replaceFile(nodeDisk, path, { expected: null, next: NEW }).kind).toBe('replaced');
    expect(modeOf(path)).toBe(0o600);
  });

  it('removes it where there shall be none', () => {
    fs.writeFileSync(path, OLD);
    expect(replaceFile(nodeDisk, path, { expected: OLD, next: null }).kind).toBe('replaced');
    expect(fs.existsSync(path)).toBe(false);
  });

  it('does nothing if the file is not what was read', () => {
    fs.writeFileSync(path, 'theirs');
    for (const expected of [OLD, null]) {
      for (const next of [NEW, null]) {
        expect(replaceFile(nodeDisk, path, { expected, next }).kind).toBe('changed');
      }
    }
    expect(fs.readFileSync(path, 'utf8')).toBe('theirs');
    expect(fs.readdirSync(folder)).toEqual(['settings.json']);
  });

  it('sees a change that comes while the new file is being written', () => {
    fs.writeFileSync(path, OLD);
    const disk: Disk = {
      ...nodeDisk,
      fsyncSync: (descriptor) => {
        fs.fsyncSync(descriptor);
        fs.writeFileSync(path, 'theirs');
      },
    };
    expect(replaceFile(disk, path, { expected: OLD, next: NEW }).kind).toBe('changed');
    expect(fs.readFileSync(path, 'utf8')).toBe('theirs');
    expect(fs.readdirSync(folder)).toEqual(['settings.json']);
  });

  it('removes the copy that a killed run left, and not that of a run at work', () => {
    const dead = join(folder, '.settings.json.hookline-99999999-aa');
    const alive = join(folder, `.settings.json.hookline-${process.pid}-bb`);
    fs.writeFileSync(dead, OLD);
    fs.writeFileSync(alive, OLD);
    replaceFile(nodeDisk, path, { expected: null, next: NEW });
    expect(fs.existsSync(dead)).toBe(false);
    expect(fs.existsSync(alive)).toBe(true);
  });
});

describe('a link', () => {
  it('stays one, and the file behind it is replaced', () => {
    const target = join(folder, 'dotfiles', 'claude.json');
    fs.mkdirSync(join(folder, 'dotfiles'));
    fs.writeFileSync(target, OLD);
    fs.symlinkSync('dotfiles/claude.json', path);
    expect(replaceFile(nodeDisk, path, { expected: OLD, next: NEW }).kind).toBe('replaced');
    expect(fs.readlinkSync(path)).toBe('dotfiles/claude.json');
    expect(fs.readFileSync(target)).toEqual(NEW);
  });

  it('to nothing gets the file that it points to', () => {
    fs.symlinkSync('later.json', path);
    expect(replaceFile(nodeDisk, path, { expected: null, next: NEW }).kind).toBe('replaced');
    expect(fs.lstatSync(path).isSymbolicLink()).toBe(true);
    expect(fs.readFileSync(join(folder, 'later.json'))).toEqual(NEW);
  });

  it('into a folder that is not there is told, and the link stays', () => {
    fs.symlinkSync('gone/settings.json', path);
    const result = replaceFile(nodeDisk, path, { expected: null, next: NEW });
    expect(result).toMatchObject({ kind: 'not-writable', reason: expect.stringContaining('gone') });
    expect(fs.readlinkSync(path)).toBe('gone/settings.json');
  });

  it('that leads in a circle is a failure', () => {
    fs.symlinkSync('b', join(folder, 'a'));
    fs.symlinkSync('a', join(folder, 'b'));
    expect(() => linkTarget(nodeDisk, join(folder, 'a'))).toThrow('circle');
  });

  it('with .. starts from where its folder really is', () => {
    fs.mkdirSync(join(folder, 'real', 'deep'), { recursive: true });
    fs.symlinkSync('real/deep', join(folder, 'short'));
    fs.symlinkSync('../settings.json', join(folder, 'real', 'deep', 'link'));
    const target = linkTarget(nodeDisk, join(folder, 'short', 'link'));
    expect(target).toBe(join(folder, 'real', 'settings.json'));
  });
});

describe('a file that does not take writes', () => {
  beforeEach(() => fs.writeFileSync(path, OLD));

  it.each([
    ['openSync', 'EROFS'],
    ['openSync', 'EACCES'],
    ['renameSync', 'EPERM'],
    ['renameSync', 'EBUSY'],
  ] as const)('is told as such when %s says %s', (call, code) => {
    const result = replaceFile(failing(call, code), path, { expected: OLD, next: NEW });
    expect(result).toEqual({ kind: 'not-writable', reason: `${code}: ${call}` });
    expect(fs.readFileSync(path)).toEqual(OLD);
    expect(fs.readdirSync(folder)).toEqual(['settings.json']);
  });

  it.each([
    ['writeFileSync', 'ENOSPC'],
    ['fsyncSync', 'EIO'],
    ['renameSync', 'EIO'],
  ] as const)('is a failure when %s says %s, and nothing is left behind', (call, code) => {
    const result = replaceFile(failing(call, code), path, { expected: OLD, next: NEW });
    expect(result).toEqual({ kind: 'failed', reason: `${code}: ${call}` });
    expect(fs.readFileSync(path)).toEqual(OLD);
    expect(fs.readdirSync(folder)).toEqual(['settings.json']);
  });

  it('is respected without a write bit even by root, who could rename over it', () => {
    fs.chmodSync(path, 0o444);
    const result = replaceFile(nodeDisk, path, { expected: OLD, next: NEW });
    expect(result).toEqual({ kind: 'not-writable', reason: `${path} is read-only` });
    expect(fs.readFileSync(path)).toEqual(OLD);
  });

  it('is refused if it is a device or a folder', () => {
    fs.rmSync(path);
    fs.symlinkSync('/dev/null', path);
    expect(replaceFile(nodeDisk, path, { expected: Buffer.alloc(0), next: NEW })).toEqual({
      kind: 'not-writable',
      reason: '/dev/null is not a file',
    });
  });
});
