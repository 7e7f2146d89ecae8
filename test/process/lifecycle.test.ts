/** A stranger's whole way through the built command line: install, update, step back, move, leave. */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPaths, type Paths } from '../../src-core/files/paths.ts';
import { findOldHooks } from '../../src-main/install/old-pipeline.ts';
import { capture, homeOnly, hookline } from '../support/built-cli.ts';
import { hookPayload } from '../support/claude-fixtures.ts';
import { readFootprint } from '../support/footprint.ts';
import { runProgram } from '../support/run-program.ts';
import { OLD_PIPELINE } from '../support/settings-files.ts';
import { makeTempFolder, removeFolder } from '../support/temp-folder.ts';

const ROOT = join(import.meta.dirname, '..', '..');
let folder = '';
let home = '';
let paths: Paths;

beforeEach(() => {
  folder = makeTempFolder();
  home = join(folder, 'home');
  mkdirSync(home);
  paths = createPaths({ home });
});
afterEach(() => removeFolder(folder));

const text = (path: string): string => readFileSync(path, 'utf8');
const shim = (): string => join(home, '.local', 'bin', 'hookline');
const version = (): unknown => JSON.parse(text(join(paths.hookFolder, 'root.json'))).version;

/** What is in the home, without times: they change with everything that is put back. */
const contents = (): readonly string[] =>
  [...readFootprint([home])].map(([path, state]) => {
    const [size, , mode] = state.split(' ');
    return `${path} ${existsSync(path) && !isFolder(mode) ? size : ''} ${mode}`;
  });
const isFolder = (mode = ''): boolean => (Number(mode) & 0o170000) === 0o040000;

/** Makes the installed hook one of another version, which works as well. */
function pretendVersion(other: string): void {
  const root = { ...JSON.parse(text(join(paths.hookFolder, 'root.json'))), version: other };
  writeFileSync(join(paths.hookFolder, 'root.json'), JSON.stringify(root));
  writeFileSync(paths.launcher, `${text(paths.launcher)}# version ${other}\n`);
}

/** The app in another folder: what a moved one looks like from outside. */
function moveApp(): string {
  const moved = join(folder, 'moved app');
  for (const part of ['out/cli', 'out/hook', 'resources', 'package.json'])
    cpSync(join(ROOT, part), join(moved, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(moved, 'node_modules'));
  return moved;
}

describe('the whole way through the command line', () => {
  it('leaves the home as it was where nothing was recorded', async () => {
    mkdirSync(paths.claude);
    writeFileSync(paths.settingsJson, OLD_PIPELINE, { mode: 0o640 });
    chmodSync(paths.claude, 0o755);
    const before = contents();
    await hookline(home, 'install', '--yes', '--retire-old', '--ccc');
    expect(findOldHooks(readFileSync(paths.settingsJson))).toEqual([]);
    expect(existsSync(join(home, '.local', 'bin', 'ccc'))).toBe(true);
    await hookline(home, 'install', '--yes');
    expect(findOldHooks(readFileSync(paths.settingsJson))).toEqual([]);
    await hookline(home, 'uninstall', '--yes');
    expect(contents()).toEqual(before);
    expect(readFileSync(paths.settingsJson)).toEqual(OLD_PIPELINE);
  });

  it('goes up, down and elsewhere without losing an event, and leaves what was recorded', async () => {
    await hookline(home, 'install', '--yes');
    const current = version();
    const send = async (id: string): Promise<void> => {
      const payload = JSON.parse(hookPayload('PostToolUse-Bash'));
      expect(await capture(home, { ...payload, tool_use_id: id })).toEqual({ code: 0, output: '' });
    };
    await send('toolu_installed');

    for (const other of ['0.0.1', '99.0.0']) {
      pretendVersion(other);
      await hookline(home, 'install', '--yes');
      expect([version(), text(paths.launcher).includes('# version')]).toEqual([current, false]);
      await send(`toolu_${other}`);
    }

    const moved = moveApp();
    const cli = join(moved, 'out', 'cli', 'hookline.js');
    const env = homeOnly(home);
    expect(await runProgram(process.execPath, [cli, 'install', '--yes'], env)).toMatchObject({
      code: 0,
    });
    expect(text(shim())).toContain(cli);
    expect(text(paths.hookApp)).toBe(`${join(moved, 'out', 'hook', 'hook.cjs')}\n`);
    await send('toolu_moved');

    // The command on PATH needs nothing of the caller's PATH.
    const plain = { HOME: home, PATH: '/usr/bin:/bin', TZ: 'UTC' };
    expect(await runProgram(shim(), ['refresh', '--json'], plain)).toMatchObject({ code: 0 });
    const status = JSON.parse((await runProgram(shim(), ['status', '--json'], plain)).stdout);
    expect(status).toMatchObject({ total: 4, health: { drift: 0, findings: [] } });
    const doctor = await runProgram(shim(), ['doctor', '--json'], plain);
    expect(JSON.parse(doctor.stdout)).toMatchObject({ version: current });
    expect([doctor.code, doctor.stderr]).toEqual([0, '']);

    await runProgram(shim(), ['uninstall', '--yes'], plain);
    const left = [...readFootprint([home]).keys()].map((path) => path.slice(home.length + 1));
    const kept = ['.claude/data', '.claude/kernel', '.agent-core', '.claude/activity.log'];
    expect(
      left.filter(
        (path) => path !== '' && path !== '.claude' && !kept.some((it) => path.startsWith(it)),
      ),
    ).toEqual([]);
    expect(text(paths.journals.toolUsage).trim().split('\n')).toHaveLength(4);
  });

  it('is quiet when it is told to be, and says what is wrong all the same', async () => {
    expect(await hookline(home, 'install', '--yes', '--quiet')).toBe('');
    expect(JSON.parse(await hookline(home, 'status', '--json', '--quiet'))).toHaveProperty('total');
    const cli = join(ROOT, 'out', 'cli', 'hookline.js');
    const both = ['install', '--retire-old', '--keep-old'];
    expect(await runProgram(process.execPath, [cli, ...both], homeOnly(home))).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('exclude each other'),
    });
    await hookline(home, 'pause');
    expect(
      await runProgram(process.execPath, [cli, 'open', '--quiet'], homeOnly(home)),
    ).toMatchObject({ code: 1, stderr: expect.stringContaining('Start it once') });
  });
});
