/**
 * A desktop that nobody sees: an X server, a session bus, a window manager and a panel with a
 * status tray, with a home folder of its own. Tests and screenshots run in it.
 *
 *   node scripts/desktop.ts -- <command> [arguments]   run a command inside it
 */
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { type Rectangle, readWindows } from './desktop/geometry.ts';
import { writePanelLayout } from './desktop/panel-layout.ts';
import { type ProcessGroup, startGroup } from './desktop/process-group.ts';
import { readTrayIcons, readTrayItems } from './desktop/tray.ts';
import { waitUntil } from './desktop/wait-until.ts';
import { cacheFolder } from './electron-runtime/cache-entry.ts';

const run = promisify(execFile);
const START_WITHIN_MS = 30_000;
const ICON_WITHIN_MS = 15_000;
const USAGE = `Usage: node scripts/desktop.ts [--size 1280x800] -- <command> [arguments]

Runs a command on a virtual desktop (Xvfb, openbox, xfce4-panel with a status tray) that has a
home folder of its own, and ends with the command's exit code.`;

/** A running desktop. */
export interface Desktop {
  /** The X display, as in `:99`. */
  readonly display: string;
  /** What a program needs in its environment to appear here; `HOME` is a private folder. */
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
  /** The places of the icons now in the tray, left to right. */
  trayIcons(): Promise<Rectangle[]>;
  /** Waits until the tray shows an icon and returns its place. */
  findTrayIcon(): Promise<Rectangle>;
  /** Waits until the tray shows no icon any more. */
  trayEmptied(): Promise<void>;
  /** The places of the windows of a process that can be seen now. */
  windows(pid: number): Promise<Rectangle[]>;
  /** Moves the pointer and presses a button (1 left, 3 right) as a person would. */
  click(x: number, y: number, button?: 1 | 3): Promise<void>;
  /** Writes a PNG of the whole screen. */
  screenshot(path: string): Promise<void>;
  /** Ends everything that was started, by its own process group, and removes the home folder. */
  stop(): Promise<void>;
}

/**
 * Starts a desktop on a free display and returns when its tray takes icons.
 * @throws when a program is missing or does not come up, after ending what had started.
 */
export async function startDesktop({ size = '1280x800' } = {}): Promise<Desktop> {
  const folder = mkdtempSync(join(tmpdir(), 'hookline-desktop-'));
  const started: ProcessGroup[] = [];
  const stop = async (): Promise<void> => {
    for (const group of started.splice(0).reverse()) await group.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const { display, env } = await startSession({ folder, size, started });
    return createDesktop({ display, env, home: join(folder, 'home'), stop });
  } catch (cause) {
    await stop();
    throw new Error(`The virtual desktop did not start: ${(cause as Error).message}`, { cause });
  }
}

interface SessionOptions {
  readonly folder: string;
  readonly size: string;
  readonly started: ProcessGroup[];
}

async function startSession({
  folder,
  size,
  started,
}: SessionOptions): Promise<{ display: string; env: NodeJS.ProcessEnv }> {
  const start = (command: string, args: readonly string[], extraPipes = 0): ProcessGroup => {
    const group = startGroup(command, args, { env, extraPipes });
    started.push(group);
    return group;
  };
  const env = privateEnvironment(folder);
  const screen = ['-screen', '0', `${size}x24`, '-nolisten', 'tcp', '-noreset'];
  const display = `:${await start('Xvfb', ['-displayfd', '3', ...screen], 1).firstLine(3)}`;
  env.DISPLAY = display;
  env.DBUS_SESSION_BUS_ADDRESS = await start('dbus-daemon', [
    '--session',
    '--nofork',
    '--print-address=1',
  ]).firstLine(1);
  await start('openbox', ['--sm-disable', '--startup', 'echo managing']).firstLine(1);
  const panel = start('xfce4-panel', ['--disable-wm-check']);
  await Promise.race([
    waitUntil(() => readTrayItems(env), {
      what: 'the panel to take tray icons',
      withinMs: START_WITHIN_MS,
    }),
    panel.exited.then(() => Promise.reject(new Error('xfce4-panel ended early'))),
  ]);
  return { display, env };
}

/** Of the caller's environment only what programs need to be found and to speak a language. */
function privateEnvironment(folder: string): NodeJS.ProcessEnv {
  const home = join(folder, 'home');
  const runtime = join(folder, 'runtime');
  mkdirSync(home);
  mkdirSync(runtime, { mode: 0o700 });
  writePanelLayout(join(home, '.config'));
  return {
    PATH: [process.env.PATH ?? '', '/usr/bin', '/bin'].join(delimiter),
    LANG: process.env.LANG ?? 'C.UTF-8',
    TZ: process.env.TZ,
    TMPDIR: tmpdir(),
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_RUNTIME_DIR: runtime,
    XDG_SESSION_TYPE: 'x11',
    XDG_CURRENT_DESKTOP: 'XFCE',
    // The accessibility bus would be one more daemon that outlives its session.
    NO_AT_BRIDGE: '1',
    GTK_A11Y: 'none',
  };
}

function createDesktop(base: Pick<Desktop, 'display' | 'env' | 'home' | 'stop'>): Desktop {
  const { env } = base;
  return {
    ...base,
    trayIcons: () => readTrayIcons(env),
    findTrayIcon: () =>
      waitUntil(async () => (await readTrayIcons(env))[0], {
        what: 'an icon in the tray',
        withinMs: ICON_WITHIN_MS,
      }),
    trayEmptied: async () => {
      await waitUntil(async () => ((await readTrayItems(env))?.length === 0 ? true : undefined), {
        what: 'the tray to become empty',
        withinMs: ICON_WITHIN_MS,
      });
    },
    windows: (pid) => readWindows(pid, env),
    click: async (x, y, button = 1) => {
      const place = [String(Math.round(x)), String(Math.round(y))];
      await run('xdotool', ['mousemove', ...place, 'click', String(button)], { env });
    },
    screenshot: async (path) => {
      await run('import', ['-window', 'root', path], { env });
    },
  };
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { size: { type: 'string', default: '1280x800' }, help: { type: 'boolean' } },
  });
  const [command, ...args] = positionals;
  if (values.help || command === undefined) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const desktop = await startDesktop({ size: values.size });
  try {
    return await runInside(desktop, command, args);
  } finally {
    await desktop.stop();
  }
}

function runInside(desktop: Desktop, command: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      // Its home is a new one, but what was built for the checkout is not to be built again.
      env: { ...process.env, ...desktop.env, HOOKLINE_CACHE: cacheFolder(process.env) },
      stdio: 'inherit',
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 130 : 1)));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => child.kill(signal));
    }
  });
}

if (import.meta.main) {
  process.exitCode = await main().catch((error: unknown) => {
    console.error((error as Error).message);
    return 1;
  });
}
