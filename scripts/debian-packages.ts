/** Which Debian packages a task needs, which of them are missing, and the way to get them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** A package's name; several where releases name the same thing differently, the older first. */
export type PackageChoice = readonly [string, ...string[]];

// biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholders are dpkg's.
const DPKG_FORMAT = '${db:Status-Abbrev}${Package}\n';

/** What Electron's binary is linked against. */
export const ELECTRON_LIBRARIES: readonly PackageChoice[] = [
  ['libgtk-3-0', 'libgtk-3-0t64'],
  ['libnss3'],
  ['libasound2', 'libasound2t64'],
  ['libgbm1'],
  ['libxss1'],
  ['libxtst6'],
];

/** What the addon for the fallback runtime is compiled with, and what unpacks the runtime. */
export const BUILD_TOOLS: readonly PackageChoice[] = [['unzip'], ['python3'], ['make'], ['g++']];

/** The virtual desktop's programs. */
export const DESKTOP_PROGRAMS: readonly PackageChoice[] = [
  ['xvfb'],
  ['xauth'],
  ['dbus-x11'],
  ['dbus-daemon'],
  ['openbox'],
  ['xfce4-panel'],
  ['xfconf'],
  ['adwaita-icon-theme'],
  ['xdotool'],
  ['imagemagick'],
];

/** The browser that draws the pages under test. */
export const BROWSER: readonly PackageChoice[] = [['chromium']];

/** True on Debian and on what is made from it (Ubuntu, Mint…), read from /etc/os-release's text. */
export function isDebianLike(osRelease: string): boolean {
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(osRelease);
}

/** True if this process may install packages: root on a Debian-like system with apt-get. */
export function canInstallPackages(): boolean {
  const isRoot = process.getuid?.() === 0;
  return isRoot && existsSync('/usr/bin/apt-get') && isDebianLike(readOsRelease());
}

function readOsRelease(): string {
  return existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
}

/** The choices of which no package is installed; all of them where there is no dpkg. */
export function findMissingPackages(wanted: readonly PackageChoice[]): PackageChoice[] {
  const query = spawnSync('/usr/bin/dpkg-query', ['-W', '-f', DPKG_FORMAT, ...wanted.flat()], {
    encoding: 'utf8',
  });
  return selectMissing(wanted, query.stdout ?? '');
}

/** Picks the choices that dpkg-query's lines (`ii name`) do not show as installed. */
export function selectMissing(wanted: readonly PackageChoice[], lines: string): PackageChoice[] {
  const installed = new Set(
    lines
      .split('\n')
      .filter((line) => line.startsWith('ii'))
      .map((line) => line.slice(2).trim()),
  );
  return wanted.filter((choice) => !choice.some((name) => installed.has(name)));
}

/** The command a person runs to install them. */
export function installCommand(missing: readonly PackageChoice[]): string {
  return `sudo apt-get install -y ${missing.map(([name]) => name).join(' ')}`;
}

/**
 * Installs the missing packages, saying so first.
 * @throws when apt-get fails, with its last lines.
 */
export function installPackages(missing: readonly PackageChoice[]): void {
  const apt = (...args: string[]): void => {
    const result = spawnSync('/usr/bin/apt-get', ['-q', ...args], {
      encoding: 'utf8',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 64 * 1024 * 1024,
    });
    if (result.status === 0) return;
    const said = `${result.stdout ?? ''}${result.stderr ?? ''}`.trim().split('\n').slice(-4);
    throw new Error(`apt-get ${args[0]} failed: ${said.join(' / ') || result.error?.message}`);
  };
  apt('update');
  const names = missing.map(selectAvailable);
  console.log(`Installing Debian packages: ${names.join(' ')}`);
  apt('install', '-y', '--no-install-recommends', ...names);
}

/** The first name that this release of the system has. */
function selectAvailable(choice: PackageChoice): string {
  const [first] = choice;
  if (choice.length === 1) return first;
  const hasCandidate = (name: string): boolean =>
    /Candidate: (?!\(none\))/.test(
      execFileSync('/usr/bin/apt-cache', ['policy', name], { encoding: 'utf8' }),
    );
  return choice.find(hasCandidate) ?? first;
}
