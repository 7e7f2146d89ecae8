/** The app as it is given away: out of its archive, sealed, in a home that it never saw. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findRuntime, sandboxArguments } from '../../scripts/electron-runtime.ts';
import { windowTest } from '../e2e/support/window-test.ts';
import { capture, homeOnly } from '../support/built-cli.ts';
import { changedPayload, sequencePayloads } from '../support/claude-fixtures.ts';
import { packedApp } from './support/pack-app.ts';

const run = promisify(execFile);
const packed = packedApp();

/** The archive's contents in a fresh folder, as a person unpacks it. */
async function unpacked(): Promise<string> {
  const archive = packed.artifacts.find((file) => file.endsWith('.tar.gz')) ?? '';
  const folder = mkdtempSync(join(tmpdir(), 'hookline-unpacked-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await run('tar', ['xzf', archive, '--strip-components=1', '-C', folder]);
  return folder;
}

/** The command line of an unpacked app, run by this Node. */
async function cliOf(folder: string, home: string, ...args: readonly string[]): Promise<string> {
  const cli = join(folder, 'resources', 'app.asar.unpacked', 'out', 'cli', 'hookline.js');
  const { stdout } = await run(process.execPath, [cli, ...args], { env: homeOnly(home) });
  return stdout;
}

describe('a package', () => {
  it('holds what it must, with the fuses and sizes that are promised', () => {
    expect(packed.complaints).toEqual([]);
    expect(packed.artifacts.map((file) => file.replace(/.*\//, ''))).toEqual([
      expect.stringMatching(/^Hookline-\d+\.\d+\.\d+-linux-x64\.tar\.gz$/),
    ]);
  });

  it('cannot be made to run as Node', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hookline-fuses-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const proof = join(folder, 'proof');
    const script = `require('node:fs').writeFileSync(${JSON.stringify(proof)}, '')`;
    const search = await findRuntime();
    if (search.kind === 'missing') throw new Error(search.reason);
    const { executable, environment } = search.runtime;
    const env = { ...homeOnly(folder), ...environment, ELECTRON_RUN_AS_NODE: '1' };
    // Without a display the app ends by itself, with a complaint.
    await run(packed.executable, [...sandboxArguments(), '-e', script], { env }).catch(() => null);
    expect(existsSync(proof)).toBe(false);
    // The same Electron, as it was before it was packed, does as it is told.
    await run(executable, ['-e', script], { env });
    expect(existsSync(proof)).toBe(true);
  });
});

describe('the packed app in an empty home', () => {
  windowTest(
    'installs, records a session, shows it live, and leaves no trace',
    async ({ desktop, launch }) => {
      const folder = await unpacked();
      const home = join(desktop.home, 'stranger');
      mkdirSync(home, { recursive: true });
      await cliOf(folder, home, 'install', '--yes');
      const settings = readFileSync(join(home, '.claude', 'settings.json'), 'utf8');
      expect(settings).toContain('hookline-hook');
      const packedFile = join(folder, 'hookline');
      const app = await launch({ home, packed: packedFile, args: ['--dashboard'] });
      const dashboard = await app.electron.firstWindow();
      await dashboard.getByRole('heading', { name: 'Overview' }).waitFor();
      for (const payload of sequencePayloads('headless-main').slice(0, -1))
        await capture(home, payload);
      const text = () => dashboard.locator('body').innerText();
      await expect.poll(text).toMatch(/Calls\s+22\b/);
      await capture(home, changedPayload('PostToolUse-Bash', { tool_use_id: 'toolu_packed' }));
      await expect.poll(text).toMatch(/Calls\s+23\b/);
      expect(await cliOf(folder, home, 'status')).toContain('Capturing');

      await cliOf(folder, home, 'uninstall', '--yes');
      expect(existsSync(join(home, '.claude', 'settings.json'))).toBe(false);
      expect(existsSync(join(home, '.claude', 'hooks'))).toBe(false);
    },
  );
});
