/** The app's own binary as the command line: no window, no lock, and nothing written by asking. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRuntime, sandboxArguments } from '../../scripts/electron-runtime.ts';
import { readFootprint } from '../support/footprint.ts';
import { type ProgramRun, runProgram } from '../support/run-program.ts';
import { makeTempFolder, removeFolder } from '../support/temp-folder.ts';

const ROOT = join(import.meta.dirname, '..', '..');
let folder = '';
let home = '';
let executable = '';
let environment: Readonly<Record<string, string>> = {};

beforeAll(async () => {
  const search = await findRuntime();
  if (search.kind === 'missing') throw new Error(search.reason);
  ({ executable, environment } = search.runtime);
  folder = makeTempFolder();
  home = join(folder, 'home');
  mkdirSync(home);
});
afterAll(() => removeFolder(folder));

/** As the installed command starts it, without a screen. */
function ask(...args: readonly string[]): Promise<ProgramRun> {
  const flags = ['--ozone-platform=headless', '--log-level=3', '--disable-gpu'];
  const all = [...sandboxArguments(), ...flags, ROOT, '--cli', ...args];
  return runProgram(executable, all, { ...environment, HOME: home, PATH: '/usr/bin:/bin' });
}

describe('the app as a command line', () => {
  it('answers and leaves nothing behind', async () => {
    const before = readFootprint([home]);
    expect(await ask('status')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Not installed · 0 events/),
    });
    expect(await ask('--version')).toMatchObject({ stdout: expect.stringMatching(/^\d+\.\d+/) });
    expect((await ask('frobnicate')).code).toBe(2);
    expect(readFootprint([home])).toEqual(before);
  });

  it('installs, refreshes and uninstalls like the other', async () => {
    expect(await ask('install', '--yes', '--quiet')).toMatchObject({ code: 0, stdout: '' });
    expect((await ask('refresh')).stdout).toMatch(/^0 captured, .* 0 drift\n/);
    expect((await ask('uninstall', '--yes')).stdout).toContain('Uninstalled.');
  });
});
