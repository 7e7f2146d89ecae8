import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolderPerTest } from '../../test/support/temp-folder.ts';
import { buildShim, removeShims, type ShimTargets, shimAt } from './shim.ts';

const folder = tempFolderPerTest();

/** A program that says how it was called, and what it reads. */
function program(name: string): string {
  const path = join(folder(), name);
  const text = `#!/bin/sh\nprintf '%s|' "$(basename "$0")" "$HOOKLINE_CALLED_AS" "$@"\ncat\n`;
  writeFileSync(path, text, { mode: 0o755 });
  return path;
}

function run(targets: Partial<ShimTargets>, args: readonly string[], name = 'hookline') {
  const shim = join(folder(), name);
  const runtimes = join(folder(), 'runtimes');
  const all = { runtimes, script: join(folder(), 'none.js'), app: null, ...targets };
  writeFileSync(shim, buildShim(all), { mode: 0o700 });
  const env = { PATH: '/usr/bin:/bin' };
  const { status, stdout, stderr } = spawnSync(shim, args, { encoding: 'utf8', env, input: 'in' });
  return { status, stdout, stderr };
}

const FLAGS =
  process.platform === 'linux' ? '--ozone-platform=headless|--log-level=3|--cli' : '--cli';

describe('the command on PATH', () => {
  it('runs on the first recorded Node that is there, with its arguments and its input', () => {
    const node = program('a "node"');
    const script = join(folder(), "it's.js");
    writeFileSync(script, '');
    writeFileSync(join(folder(), 'runtimes'), `# hookline runtimes 1\n/gone/node\n${node}\n`);
    expect(run({ script, app: program('App') }, ['status', 'a b'])).toEqual({
      status: 0,
      stdout: `a "node"|hookline|${script}|status|a b|in`,
      stderr: '',
    });
  });

  it('runs on the app where no Node is left, or the program is gone', () => {
    const app = program('App');
    expect(run({ app }, ['status']).stdout).toBe(`App|hookline|${FLAGS}|status|in`);
    writeFileSync(join(folder(), 'runtimes'), `${program('node')}\n`);
    expect(run({ app }, ['status']).stdout).toBe(`App|hookline|${FLAGS}|status|in`);
  });

  it('tells a Node that proves too old where the app is', () => {
    const node = join(folder(), 'old-node');
    writeFileSync(node, '#!/bin/sh\nprintf %s "$HOOKLINE_APP"\n', { mode: 0o755 });
    const script = join(folder(), 'cli.js');
    writeFileSync(script, '');
    writeFileSync(join(folder(), 'runtimes'), `${node}\n`);
    expect(run({ script, app: '/opt/App' }, ['status']).stdout).toBe('/opt/App');
  });

  it('says under which name it was called', () => {
    expect(run({ app: program('App') }, [], 'ccc').stdout).toBe(`App|ccc|${FLAGS}|in`);
  });

  it('says what to do where neither is left', () => {
    const { status, stderr } = run({ app: '/gone/App' }, ['status']);
    expect([status, stderr]).toEqual([1, expect.stringContaining('install Hookline again')]);
  });
});

describe('the place of the command', () => {
  it('is told apart: ours, free, somebody else’s', () => {
    const bin = folder();
    expect(shimAt(bin, 'hookline')).toBe('free');
    writeFileSync(join(bin, 'hookline'), buildShim({ runtimes: '/r', script: '/s', app: null }));
    expect(shimAt(bin, 'hookline')).toBe('ours');
    symlinkSync('/nowhere', join(bin, 'ccc'));
    expect(shimAt(bin, 'ccc')).toBe('foreign');
  });

  it('is cleared of ours alone', () => {
    const bin = join(folder(), 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'hookline'), buildShim({ runtimes: '/r', script: '/s', app: null }));
    writeFileSync(join(bin, 'ccc'), '#!/bin/sh\necho theirs\n');
    removeShims(bin);
    expect(shimAt(bin, 'hookline')).toBe('free');
    expect(readFileSync(join(bin, 'ccc'), 'utf8')).toContain('theirs');
  });
});
