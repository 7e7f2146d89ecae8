/** What a runtime needs of the system, and what to do where it is missing. */
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import {
  BUILD_TOOLS,
  canInstallPackages,
  ELECTRON_LIBRARIES,
  installCommand,
  installPackages,
  type PackageChoice,
} from '../debian-packages.ts';

const run = promisify(execFile);

/** The programs of `names` that no folder of `path` holds. */
export function findMissingPrograms(names: readonly string[], path: string): string[] {
  const isIn = (name: string) => (folder: string) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  };
  return names.filter((name) => !path.split(delimiter).some(isIn(name)));
}

/** Sees to the tools that build the fallback; returns what a person has to do, if anything. */
export async function provideBuildTools(): Promise<string | undefined> {
  const names = BUILD_TOOLS.map(([name]) => name);
  const find = async (): Promise<string[]> => findMissingPrograms(names, process.env.PATH ?? '');
  const packages = (missing: readonly string[]): PackageChoice[] => missing.map((name) => [name]);
  return provide({ find, packages, what: 'Building the Electron runtime' });
}

/** Sees to the libraries that the executable is linked against (Linux; elsewhere it has its own). */
export async function provideLibraries(executable: string): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  const find = async (): Promise<string[]> => {
    const { stdout } = await run('ldd', [executable], { maxBuffer: 1024 * 1024 }).catch(() => ({
      stdout: '',
    }));
    return parseMissingLibraries(stdout);
  };
  return provide({ find, packages: () => ELECTRON_LIBRARIES, what: 'Electron' });
}

/** The libraries that ldd's lines report as absent. */
export function parseMissingLibraries(printed: string): string[] {
  return [...printed.matchAll(/^\s*(\S+) => not found$/gm)].map((match) => match[1] ?? '');
}

interface Need {
  readonly what: string;
  readonly find: () => Promise<string[]>;
  readonly packages: (missing: readonly string[]) => readonly PackageChoice[];
}

async function provide({ what, find, packages }: Need): Promise<string | undefined> {
  let missing = await find();
  if (missing.length === 0) return undefined;
  const wanted = packages(missing);
  if (canInstallPackages()) {
    installPackages(wanted);
    missing = await find();
    if (missing.length === 0) return undefined;
  }
  return `${what} needs ${missing.join(', ')}. On Debian or Ubuntu: ${installCommand(wanted)}`;
}
