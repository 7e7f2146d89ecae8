/** Electron as its own npm package provides it: a folder named by the caller, or `dist`. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { RuntimeSearch, RuntimeSource } from './runtime.ts';

const run = promisify(execFile);
const PACKAGE = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
const DOWNLOAD_WITHIN_MS = 180_000;
/** On a machine whose network swallows packets each vain try costs the whole time above. */
const RETRY_AFTER_MS = 24 * 60 * 60 * 1000;

/** The executable's place in a distribution's folder. */
export function executableIn(folder: string, platform: NodeJS.Platform): string {
  return platform === 'darwin'
    ? join(folder, 'Electron.app', 'Contents', 'MacOS', 'Electron')
    : join(folder, 'electron');
}

/** The folder that Electron's own variable names, if it is set. */
export function findOverride(folder: string | undefined): RuntimeSearch | undefined {
  if (!folder) return undefined;
  const found = readDistribution(resolve(folder), 'override');
  if (found) return found;
  const reason = `ELECTRON_OVERRIDE_DIST_PATH is ${folder}, but there is no Electron in it.`;
  return { kind: 'missing', reason };
}

/** The binary that `npx install-electron` put into node_modules, if it is whole and of our version. */
export function findInstalled(source: RuntimeSource = 'installed'): RuntimeSearch | undefined {
  const folder = join(PACKAGE, 'dist');
  const found = readDistribution(folder, source);
  // path.txt is what the installer writes last.
  const isWhole = existsSync(join(PACKAGE, 'path.txt'));
  return found?.kind === 'found' && isWhole && found.runtime.version === wantedVersion()
    ? found
    : undefined;
}

/** Lets Electron's installer fetch its binary; nothing if it cannot, soon after it could not, or too slow. */
export async function downloadOfficial(cache: string): Promise<RuntimeSearch | undefined> {
  const failure = join(cache, `electron-${wantedVersion()}.unreachable`);
  if (isRecent(failure)) return undefined;
  try {
    await run(process.execPath, [join(PACKAGE, 'install.js')], { timeout: DOWNLOAD_WITHIN_MS });
  } catch (error) {
    rmSync(join(PACKAGE, 'dist'), { recursive: true, force: true });
    mkdirSync(cache, { recursive: true });
    writeFileSync(failure, `${(error as Error).message}\n`);
    return undefined;
  }
  rmSync(failure, { force: true });
  return findInstalled('downloaded');
}

/** True if a file was written less than a day ago. */
export function isRecent(path: string, now = Date.now()): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && now - stats.mtimeMs < RETRY_AFTER_MS;
}

/** The version that package.json pins. */
export function wantedVersion(): string {
  return JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')).version as string;
}

function readDistribution(folder: string, source: RuntimeSource): RuntimeSearch | undefined {
  const executable = executableIn(folder, process.platform);
  if (!existsSync(executable)) return undefined;
  const versionFile = join(folder, 'version');
  const version = existsSync(versionFile)
    ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '')
    : 'of unknown version';
  return { kind: 'found', runtime: { source, folder, executable, version, environment: {} } };
}
