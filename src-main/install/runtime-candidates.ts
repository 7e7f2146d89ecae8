/** Where Node may be installed: PATH and the places of the usual version and package managers. */
import { readdirSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** What the search is told; `environment` is the user's, `ownNode` ours if we run in Node itself. */
export interface RuntimePlaces {
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly ownNode: string | null;
  /** Folder with our `node_modules`, when the program runs from a checkout. */
  readonly appFolder: string | null;
}

/** A path to try. */
export interface RuntimeCandidate {
  readonly path: string;
  /**
   * True for a name that its package manager keeps pointing at the current version; the file behind
   * it goes away with the next upgrade.
   */
  readonly isLasting: boolean;
}

/** Of each version manager only its newest versions are tried: every try starts a program. */
const VERSIONS_PER_MANAGER = 4;

/** Every path worth trying, without duplicates; nothing says that there is a Node at any of them. */
export function runtimeCandidates(places: RuntimePlaces): readonly RuntimeCandidate[] {
  const { environment, ownNode, appFolder } = places;
  const onPath = (environment.PATH ?? '')
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .flatMap((folder) => [join(folder, 'node'), join(folder, 'nodejs')]);
  const lasting = lastingPaths(places);
  const paths = [
    ...lasting,
    ...(ownNode ? [ownNode] : []),
    ...onPath,
    ...managedPaths(places),
    ...(appFolder ? [join(appFolder, 'node_modules', 'node', 'bin', 'node')] : []),
  ];
  const isLasting = new Set(lasting);
  return [...new Set(paths)].map((path) => ({ path, isLasting: isLasting.has(path) }));
}

function lastingPaths({ home, environment }: RuntimePlaces): readonly string[] {
  const user = environment.USER;
  const brew = ['/opt/homebrew', '/usr/local', '/home/linuxbrew/.linuxbrew'];
  return [
    ...brew.map((prefix) => `${prefix}/bin/node`),
    ...brew.flatMap((prefix) => newest(`${prefix}/opt`, /^node(@\d+)?$/, 'bin/node')),
    '/usr/bin/node',
    '/usr/bin/nodejs',
    '/opt/local/bin/node',
    '/snap/bin/node',
    join(home, '.nix-profile', 'bin', 'node'),
    join(home, '.local', 'state', 'nix', 'profile', 'bin', 'node'),
    '/nix/var/nix/profiles/default/bin/node',
    '/run/current-system/sw/bin/node',
    ...(user ? [`/etc/profiles/per-user/${user}/bin/node`] : []),
  ];
}

function managedPaths({ home, environment }: RuntimePlaces): readonly string[] {
  const at = (variable: string, ...fallback: readonly string[]) =>
    environment[variable] || join(home, ...fallback);
  const fnmHomes = [
    ...(environment.FNM_DIR ? [environment.FNM_DIR] : []),
    join(home, '.local', 'share', 'fnm'),
    join(home, 'Library', 'Application Support', 'fnm'),
    join(home, '.fnm'),
  ];
  return [
    ...newest(join(at('NVM_DIR', '.nvm'), 'versions', 'node'), VERSION, 'bin/node'),
    ...fnmHomes.flatMap((fnm) =>
      newest(join(fnm, 'node-versions'), VERSION, 'installation/bin/node'),
    ),
    ...newest(join(at('VOLTA_HOME', '.volta'), 'tools', 'image', 'node'), VERSION, 'bin/node'),
    ...newest(join(at('ASDF_DATA_DIR', '.asdf'), 'installs', 'nodejs'), VERSION, 'bin/node'),
    ...newest(
      join(at('MISE_DATA_DIR', '.local', 'share', 'mise'), 'installs', 'node'),
      VERSION,
      'bin/node',
    ),
    ...newest(join(at('NODENV_ROOT', '.nodenv'), 'versions'), VERSION, 'bin/node'),
    ...newest(join(at('N_PREFIX', 'n'), 'n', 'versions', 'node'), VERSION, 'bin/node'),
    ...newest('/usr/local/n/versions/node', VERSION, 'bin/node'),
  ];
}

const VERSION = /^v?\d+\.\d+\.\d+$/;

function newest(folder: string, name: RegExp, inside: string): readonly string[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    // This manager is not here.
    return [];
  }
  return names
    .filter((candidate) => name.test(candidate))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .slice(0, VERSIONS_PER_MANAGER)
    .map((candidate) => join(folder, candidate, inside));
}
