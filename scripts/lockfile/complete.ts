/**
 * npm writes no entry for an optional package that the registry it used does not have (a mirror
 * often lacks the binaries of other systems), and `npm ci` then refuses the whole file, on every
 * system. This adds those entries from what the names and exact versions say; without a checksum,
 * as none was seen.
 */

/** What we read of an entry in package-lock.json; the rest is kept as it is. */
export interface LockEntry {
  readonly version?: string;
  readonly dev?: boolean;
  readonly gypfile?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/**
 * The places of packages that carry a binding.gyp but want nothing built on installation. npm
 * reads that from its own lockfile, where it does not write it: it would run node-gyp all the
 * same, and fail where there is no compiler or no python3.
 */
export function findUnmarkedPrebuilt(
  packages: LockPackages,
  readManifest: (place: string) => { readonly gypfile?: unknown } | undefined,
): string[] {
  return Object.entries(packages)
    .filter(([place, entry]) => place !== '' && entry.gypfile !== false)
    .map(([place]) => place)
    .filter((place) => readManifest(place)?.gypfile === false);
}

/** The part of package-lock.json that lists the packages, by their place in node_modules. */
export type LockPackages = Readonly<Record<string, LockEntry>>;

/** An added entry: enough for npm to skip it elsewhere and to fetch it where it belongs. */
export interface AddedEntry extends LockEntry {
  readonly version: string;
  readonly optional: true;
  readonly os: readonly string[];
  readonly cpu: readonly string[];
  readonly libc?: readonly string[];
}

const SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const PROCESSORS = [
  'arm64',
  'arm',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'x64',
];

/**
 * The missing entries by their place.
 * @throws for an optional package whose name does not say its system, or whose version is a range.
 */
export function findMissingEntries(packages: LockPackages): Record<string, AddedEntry> {
  const missing: Record<string, AddedEntry> = {};
  for (const [place, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isListed(packages, place, name)) continue;
      missing[`node_modules/${name}`] = createEntry(name, version, entry.dev === true);
    }
  }
  return missing;
}

/** Looks for a package where Node would: beside its user, then in each folder above. */
function isListed(packages: LockPackages, user: string, name: string): boolean {
  for (
    let place = user;
    ;
    place = place.slice(0, place.lastIndexOf('node_modules/')).replace(/\/$/, '')
  ) {
    if (`${place}${place && '/'}node_modules/${name}` in packages) return true;
    if (place === '') return false;
  }
}

function createEntry(name: string, version: string, isDev: boolean): AddedEntry {
  const parts = name.slice(name.indexOf('/') + 1).split('-');
  const os = SYSTEMS.find((system) => parts.includes(system));
  const cpu = PROCESSORS.find((processor) => parts.includes(processor));
  if (!os || !cpu || !/^\d+\.\d+\.\d+/.test(version)) {
    throw new Error(`package-lock.json lacks ${name}@${version}, and its entry cannot be derived`);
  }
  const libc = readLibc(parts);
  return {
    version,
    cpu: [cpu],
    ...(isDev ? { dev: true } : {}),
    ...(libc ? { libc: [libc] } : {}),
    optional: true,
    os: [os],
  };
}

function readLibc(parts: readonly string[]): 'musl' | 'glibc' | undefined {
  if (parts.some((part) => part.startsWith('musl'))) return 'musl';
  return parts.some((part) => part.startsWith('gnu')) ? 'glibc' : undefined;
}
