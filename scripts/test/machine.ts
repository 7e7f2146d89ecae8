/** Sees to what the rings need of this machine, and says what is missing. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BROWSER,
  BUILD_TOOLS,
  canInstallPackages,
  DESKTOP_PROGRAMS,
  ELECTRON_LIBRARIES,
  findMissingPackages,
  installCommand,
  installPackages,
  type PackageChoice,
} from '../debian-packages.ts';
import { findMissingPrograms } from '../electron-runtime/prerequisites.ts';
import { describeRuntime } from '../electron-runtime/runtime.ts';
import { findRuntime, handOnRuntime } from '../electron-runtime.ts';
import type { Need } from './rings.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const PACKAGES: Readonly<Record<Need, readonly PackageChoice[]>> = {
  build: [],
  browser: BROWSER,
  desktop: [...DESKTOP_PROGRAMS, ...ELECTRON_LIBRARIES],
  electron: [...ELECTRON_LIBRARIES, ...BUILD_TOOLS],
};
const DESKTOP_COMMANDS = [
  'Xvfb',
  'dbus-daemon',
  'dbus-send',
  'openbox',
  'xfce4-panel',
  'xdotool',
  'import',
];

/** What the machine offers: why a need is not met, and what the tests' environment gets. */
export interface Machine {
  readonly unmet: ReadonlyMap<Need, string>;
  readonly env: Readonly<Record<string, string>>;
}

/** Installs what it may, builds what is asked for, and reports the rest as unmet. */
export async function prepareMachine(needs: ReadonlySet<Need>): Promise<Machine> {
  const unmet = new Map<Need, string>();
  const env: Record<string, string> = {};
  const missing = [...needs].flatMap((need) => PACKAGES[need]);
  provideDebianPackages([...new Set(missing)]);
  if (needs.has('browser')) noteBrowser(unmet, env);
  if (needs.has('desktop')) noteDesktop(unmet);
  if (needs.has('electron') && !unmet.has('desktop')) {
    const search = await findRuntime();
    if (search.kind === 'found') {
      console.log(`Window tests use ${describeRuntime(search.runtime)}`);
      Object.assign(env, handOnRuntime(search));
    } else unmet.set('electron', search.reason);
  }
  return { unmet, env };
}

function provideDebianPackages(wanted: readonly PackageChoice[]): void {
  if (wanted.length === 0 || !canInstallPackages()) return;
  const missing = findMissingPackages(wanted);
  if (missing.length === 0) return;
  try {
    installPackages(missing);
  } catch (error) {
    // The checks below name what the tests then do without.
    console.error((error as Error).message);
  }
}

function noteBrowser(unmet: Map<Need, string>, env: Record<string, string>): void {
  const browser = findBrowser();
  if (browser) env.CHROMIUM_PATH = browser;
  else unmet.set('browser', `no Chromium; on Debian: ${installCommand(BROWSER)}`);
}

/** A Chromium-based browser of the system. */
function findBrowser(): string | undefined {
  return [
    process.env.CHROMIUM_PATH ?? '',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ].find((path) => path !== '' && existsSync(path));
}

function noteDesktop(unmet: Map<Need, string>): void {
  if (process.platform !== 'linux') {
    unmet.set('desktop', 'the window tests drive an X11 desktop with a tray, so they run on Linux');
    return;
  }
  const absent = findMissingPrograms(DESKTOP_COMMANDS, process.env.PATH ?? '');
  if (absent.length === 0) return;
  unmet.set('desktop', `no ${absent.join(', ')}; on Debian: ${installCommand(DESKTOP_PROGRAMS)}`);
}

/** Runs `npm run build`; false if it failed, its output then having been shown. */
export function buildAll(): boolean {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  if (scripts?.build === undefined) {
    console.error('package.json has no script "build".');
    return false;
  }
  const built = spawnSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, encoding: 'utf8' });
  if (built.status === 0) return true;
  console.error(`npm run build failed:\n${built.stdout ?? ''}${built.stderr ?? ''}`);
  return false;
}
