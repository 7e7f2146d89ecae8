import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createPaths, type Paths } from '../../src-core/files/paths.ts';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { readRuntimeCheck, recheckHook } from './recheck.ts';
import type { RunCommand } from './run-command.ts';
import { readRuntimes, writeRuntimes } from './runtimes.ts';
import { currentIdentity } from './trusted-path.ts';

const folder = tempFolderPerTest();
let paths: Paths;
beforeEach(() => {
  paths = createPaths({ home: folder() });
  mkdirSync(paths.hookFolder, { recursive: true });
  mkdirSync(paths.own, { recursive: true });
  writeFileSync(paths.launcher, '#!/bin/sh\n');
});

/** A program that nvm would have put there; what it answers is up to the runner. */
function program(version: string): string {
  const path = join(paths.home, '.nvm', 'versions', 'node', `v${version}`, 'bin', 'node');
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, '#!/bin/sh\n', { mode: 0o755 });
  chmodSync(path, 0o755);
  return path;
}

/** Each program below the home answers with the version in its path; no other does. */
const run: RunCommand = (command) => {
  const version = /\.nvm\/versions\/node\/v([\d.]+)\//.exec(command)?.[1];
  const answer = { isNode: true, sqlite: true, version, execPath: command };
  return Promise.resolve(
    version === undefined ? { code: 1, stdout: '' } : { code: 0, stdout: JSON.stringify(answer) },
  );
};
const recheck = (appFile = join(paths.home, 'hook.cjs')) =>
  recheckHook(paths, {
    run,
    identity: currentIdentity(),
    appFile,
    places: { home: paths.home, environment: { PATH: '' }, ownNode: null, appFolder: null },
  });
const record = (...files: readonly string[]) =>
  writeRuntimes(
    paths.runtimes,
    files.map((path) => ({ path, version: '1.0.0', hasSqlite: true })),
  );

describe('looking again at the installed hook', () => {
  it('says of each recorded runtime which version it is now', async () => {
    const node = program('24.2.0');
    program('22.13.1');
    record(node);
    const checks = [{ path: node, version: '24.2.0', usable: true, reason: null }];
    expect(await recheck()).toEqual(checks);
    expect(readRuntimeCheck(paths)).toEqual(checks);
    expect(readRuntimes(paths.runtimes)).toEqual([node]);
  });

  it('records those that are there now where one is gone', async () => {
    const [gone, other] = [program('22.13.1'), program('24.2.0')];
    record(gone, other);
    rmSync(gone);
    await recheck();
    expect(readRuntimes(paths.runtimes)).toEqual([other]);
    expect(readRuntimeCheck(paths)).toMatchObject([{ path: other, usable: true }]);
  });

  it('finds the first one where none was recorded', async () => {
    const node = program('24.2.0');
    await recheck();
    expect(readRuntimes(paths.runtimes)).toEqual([node]);
  });

  it('keeps a record of which nothing is usable, and says why', async () => {
    record('/nowhere/node');
    expect(await recheck()).toMatchObject([{ path: '/nowhere/node', usable: false }]);
    expect(readRuntimes(paths.runtimes)).toEqual(['/nowhere/node']);
    expect(readRuntimeCheck(paths)[0]?.reason).not.toBeNull();
  });

  it('tells the launcher where the app is, also after it was moved', async () => {
    program('24.2.0');
    await recheck('/Applications/A.app/hook.cjs');
    await recheck('/Applications/B.app/hook.cjs');
    expect(readFileSync(paths.hookApp, 'utf8')).toBe('/Applications/B.app/hook.cjs\n');
    expect(statSync(paths.hookApp).mode & 0o777).toBe(0o600);
    await recheck('/a\n/b');
    expect(readFileSync(paths.hookApp, 'utf8')).toBe('/Applications/B.app/hook.cjs\n');
  });

  it('writes nothing where the hook is not installed', async () => {
    program('24.2.0');
    rmSync(paths.launcher);
    expect(await recheck()).toEqual([]);
    expect(readRuntimes(paths.runtimes)).toEqual([]);
    expect(readRuntimeCheck(paths)).toEqual([]);
  });
});
