import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRunner, type RunCommand } from './run-command.ts';
import { runtimeCandidates } from './runtime-candidates.ts';
import { checkRuntimes, findRuntimes, readRuntimes, writeRuntimes } from './runtimes.ts';
import { currentIdentity } from './trusted-path.ts';

let home: string;
let started: string[];

beforeEach(() => {
  home = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'hookline-runtimes-')));
  started = [];
});
afterEach(() => fs.rmSync(home, { recursive: true, force: true }));

interface Answer {
  readonly version: string;
  readonly sqlite?: boolean;
  readonly execPath?: string;
  readonly isNode?: boolean;
}

/** An executable below the home folder; what it answers is up to the scripted runner. */
function program(...parts: readonly string[]): string {
  const path = join(home, ...parts);
  fs.mkdirSync(join(path, '..'), { recursive: true });
  fs.writeFileSync(path, '#!/bin/sh\n', { mode: 0o755 });
  return path;
}

/** Only programs below the home folder answer, so that this machine's own Node is not found. */
function scripted(answers: Readonly<Record<string, Answer | string>>): RunCommand {
  return (command) => {
    started.push(command);
    const answer = answers[command];
    if (answer === undefined) return Promise.resolve({ code: 1, stdout: '' });
    if (typeof answer === 'string') return Promise.resolve({ code: 0, stdout: answer });
    const stdout = JSON.stringify({ isNode: true, sqlite: false, execPath: command, ...answer });
    return Promise.resolve({ code: 0, stdout });
  };
}

function find(run: RunCommand, path = '', ownNode: string | null = null) {
  const places = { home, environment: { PATH: path }, ownNode, appFolder: null };
  return findRuntimes(places, { run, identity: currentIdentity() });
}

describe('finding runtimes', () => {
  it('prefers those with node:sqlite, then the newest, and leaves out what is older than 20', async () => {
    const nvm = (version: string) => program('.nvm', 'versions', 'node', version, 'bin', 'node');
    const [v9, v18, v20, v22, v24] = ['v9.1.0', 'v18.20.0', 'v20.9.0', 'v22.13.1', 'v24.2.0'].map(
      nvm,
    );
    const fnm = program('.fnm', 'node-versions', 'v23.1.0', 'installation', 'bin', 'node');
    const run = scripted({
      [v9 ?? '']: { version: '9.1.0' },
      [v18 ?? '']: { version: '18.20.0' },
      [v20 ?? '']: { version: '20.9.0' },
      [v22 ?? '']: { version: '22.13.1', sqlite: true },
      [v24 ?? '']: { version: '24.2.0', sqlite: true },
      [fnm]: { version: '23.1.0' },
    });
    const found = await find(run);
    expect(found.map(({ path }) => path)).toEqual([v24, v22, fnm, v20]);
    expect(found[0]).toEqual({ path: v24, version: '24.2.0', hasSqlite: true });
  });

  it('records where a shim leads, once, not the shim', async () => {
    const shim = program('.volta', 'bin', 'node');
    const real = program('.volta', 'tools', 'image', 'node', '22.20.0', 'bin', 'node');
    const run = scripted({
      [shim]: { version: '22.20.0', sqlite: true, execPath: real },
      [real]: { version: '22.20.0', sqlite: true },
    });
    const found = await find(run, join(home, '.volta', 'bin'));
    expect(found.map(({ path }) => path)).toEqual([real]);
  });

  it('leaves out what is no Node, does not answer, says nonsense or points to nothing', async () => {
    const bun = program('bun', 'node');
    const silent = program('silent', 'node');
    const nonsense = program('nonsense', 'node');
    const lost = program('lost', 'node');
    const run = scripted({
      [bun]: { version: '22.6.0', isNode: false },
      [nonsense]: 'v22.1.0',
      [lost]: { version: '22.1.0', execPath: '/no/such/node' },
    });
    const path = [bun, silent, nonsense, lost].map((program) => join(program, '..')).join(':');
    expect(await find(run, path)).toEqual([]);
  });

  it('does not even start what others can replace', async () => {
    const open = program('open', 'node');
    fs.chmodSync(join(home, 'open'), 0o777);
    const run = scripted({ [open]: { version: '24.0.0', sqlite: true } });
    expect(await find(run, join(home, 'open'))).toEqual([]);
    expect(started).not.toContain(open);
  });

  it('does not take a shim to a program that others can replace', async () => {
    const shim = program('bin', 'node');
    const open = program('open', 'node');
    fs.chmodSync(open, 0o777);
    const run = scripted({ [shim]: { version: '24.0.0', execPath: open } });
    expect(await find(run, join(home, 'bin'))).toEqual([]);
  });

  it('keeps a name that its package manager maintains rather than the version behind it', async () => {
    const store = program('store', 'abc-nodejs-22', 'bin', 'node');
    const lasting = join(home, '.nix-profile', 'bin', 'node');
    fs.mkdirSync(join(lasting, '..'), { recursive: true });
    fs.symlinkSync(store, lasting);
    const answer = { version: '22.20.0', sqlite: true, execPath: store };
    const found = await find(scripted({ [lasting]: answer, [store]: answer }), '', store);
    expect(found.map(({ path }) => path)).toEqual([lasting]);
  });

  it('does not keep such a name where it is a shim for something else', async () => {
    const shim = program('.nix-profile', 'bin', 'node');
    const real = program('store', 'node');
    const answer = { version: '22.20.0', sqlite: true, execPath: real };
    const found = await find(scripted({ [shim]: answer }));
    expect(found.map(({ path }) => path)).toEqual([real]);
  });

  it('finds the real Node that runs this test, and it says what it can', async () => {
    const found = await find(createRunner(home, process.env), '', process.execPath);
    const own = found.find(
      ({ path }) => fs.realpathSync(path) === fs.realpathSync(process.execPath),
    );
    expect(own).toMatchObject({ version: process.versions.node, hasSqlite: true });
  });
});

describe('places to look', () => {
  it('are absolute, never doubled, and take in the folders that the environment names', () => {
    fs.mkdirSync(join(home, 'mise', 'installs', 'node', '22.1.0'), { recursive: true });
    const candidates = runtimeCandidates({
      home,
      environment: { PATH: `.:bin:/usr/bin:/usr/bin:${home}/x`, MISE_DATA_DIR: join(home, 'mise') },
      ownNode: '/usr/bin/node',
      appFolder: '/app',
    }).map(({ path }) => path);
    expect(candidates).toContain(join(home, 'mise/installs/node/22.1.0/bin/node'));
    expect(candidates).toContain(join(home, 'x/node'));
    expect(candidates).toContain('/app/node_modules/node/bin/node');
    expect(new Set(candidates).size).toBe(candidates.length);
    expect(candidates.every((path) => path.startsWith('/'))).toBe(true);
  });

  it('are the newest four of a version manager, by number and not by letter', () => {
    for (const version of ['v8.0.0', 'v10.0.0', 'v20.1.0', 'v20.10.0', 'v20.9.0', 'system']) {
      fs.mkdirSync(join(home, '.nvm', 'versions', 'node', version), { recursive: true });
    }
    const nvm = runtimeCandidates({ home, environment: {}, ownNode: null, appFolder: null })
      .map(({ path }) => /\.nvm.*\/(v[^/]+)\//.exec(path)?.[1])
      .filter((version) => version !== undefined);
    expect(nvm).toEqual(['v20.10.0', 'v20.9.0', 'v20.1.0', 'v10.0.0']);
  });
});

describe('the file of runtimes', () => {
  it('has a header and one path a line, is 0600 and is not touched without a change', () => {
    const file = join(home, 'runtimes');
    const runtimes = ['/a/node', '/b c/node'].map((path) => ({
      path,
      version: '',
      hasSqlite: true,
    }));
    writeRuntimes(file, runtimes);
    expect(fs.readFileSync(file, 'utf8')).toBe('# hookline runtimes 1\n/a/node\n/b c/node\n');
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    expect(readRuntimes(file)).toEqual(['/a/node', '/b c/node']);
    const { ino } = fs.statSync(file);
    writeRuntimes(file, runtimes);
    expect(fs.statSync(file).ino).toBe(ino);
  });

  it('is not believed in another format, and missing it is empty', () => {
    const file = join(home, 'runtimes');
    expect(readRuntimes(file)).toEqual([]);
    fs.writeFileSync(file, '# hookline runtimes 2\n/a/node\n');
    expect(readRuntimes(file)).toEqual([]);
  });

  it('is checked again: gone, replaceable, too old and well', async () => {
    const file = join(home, 'runtimes');
    const paths = ['well', 'old', 'open', 'dead'].map((name) => program(name, 'node'));
    const [well = '', old = '', open = '', dead = ''] = paths;
    fs.chmodSync(open, 0o777);
    const gone = join(home, 'gone');
    const recorded = [...paths, gone].map((path) => ({ path, version: '', hasSqlite: false }));
    writeRuntimes(file, recorded);
    const run = scripted({ [well]: { version: '22.20.0' }, [old]: { version: '18.1.0' } });
    expect(await checkRuntimes(file, { run, identity: currentIdentity() })).toEqual([
      { path: well, version: '22.20.0', usable: true, reason: null },
      { path: old, version: '18.1.0', usable: false, reason: 'is older than Node 20' },
      { path: open, version: '', usable: false, reason: `${open} can be written by others` },
      { path: dead, version: '', usable: false, reason: 'does not start' },
      { path: gone, version: '', usable: false, reason: 'not there' },
    ]);
  });
});

describe('the runner', () => {
  it('hides variables that would make a program load something else', async () => {
    const run = createRunner(home, {
      PATH: '/usr/bin:/bin',
      NODE_OPTIONS: 'x',
      LD_PRELOAD: 'y',
      KEEP: 'z',
    });
    const { code, stdout } = await run('/usr/bin/env', [], { timeoutMs: 20_000 });
    expect(code).toBe(0);
    expect(stdout).toContain('KEEP=z');
    expect(stdout).not.toMatch(/NODE_OPTIONS|LD_PRELOAD/);
  });

  it('tells how a program failed instead of throwing', async () => {
    const run = createRunner(home, {});
    expect(await run('/bin/sh', ['-c', 'exit 3'], { timeoutMs: 20_000 })).toMatchObject({
      code: 3,
    });
    expect(await run('/no/such/program', [], { timeoutMs: 20_000 })).toMatchObject({ code: null });
  });

  it('ends a program that does not end', async () => {
    const run = createRunner(home, {});
    const result = await run('/bin/sh', ['-c', 'exec sleep 600'], { timeoutMs: 50 });
    expect(result).toMatchObject({ code: null });
  });
});
