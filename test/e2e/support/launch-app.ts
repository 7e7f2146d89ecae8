/** Starts an app in the found Electron, on a desktop, in a private home, steered by Playwright. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type ElectronApplication } from 'playwright';
import type { Rectangle } from '../../../scripts/desktop/geometry.ts';
import type { Desktop } from '../../../scripts/desktop.ts';
import { findRuntime, sandboxArguments } from '../../../scripts/electron-runtime.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const LAUNCH_WITHIN_MS = 30_000;
const QUIT_WITHIN_MS = 10_000;

/** What to start and where. */
export interface LaunchOptions {
  readonly desktop: Desktop;
  /** The app's folder; the project's own built app if absent. */
  readonly appFolder?: string;
  /** A packed app's executable, in place of a folder. */
  readonly packed?: string;
  /** The home the app sees; the desktop's if absent. Prepare its files before. */
  readonly home?: string;
  /** Added to the app's environment: faults, switches. */
  readonly env?: Readonly<Record<string, string>>;
  /** Added after the app's folder. */
  readonly args?: readonly string[];
}

/** A started app. */
export interface RunningApp {
  readonly electron: ElectronApplication;
  readonly home: string;
  /** All it has written to stdout and stderr. */
  output(): string;
  /** Clicks the tray icon as a person would, and says where. */
  clickTray(button?: 1 | 3): Promise<Rectangle>;
  /** Resolves once a window of the app can be seen. */
  shownWindow(): Promise<void>;
  /** The place of the window that can be seen, as the screen has it (not as Electron believes). */
  windowPlace(): Promise<Rectangle | undefined>;
  /** Resolves once none of its windows can be seen. */
  hiddenWindows(): Promise<void>;
  /** Quits the app; ends its process group if it has not quit after ten seconds. */
  stop(): Promise<void>;
}

/** Starts an app; it is ready for commands when this resolves, its windows perhaps not yet. */
export async function launchApp(options: LaunchOptions): Promise<RunningApp> {
  const { desktop, appFolder = ROOT, packed, home = desktop.home, env = {}, args = [] } = options;
  const search = await findRuntime();
  if (search.kind === 'missing') throw new Error(search.reason);
  const { executable, environment } = search.runtime;
  mkdirSync(home, { recursive: true });
  const electron = await _electron.launch({
    executablePath: packed ?? executable,
    args: [
      ...sandboxArguments(),
      '--disable-gpu',
      ...(packed === undefined ? [appFolder] : []),
      ...args,
    ],
    cwd: home,
    env: { ...definedOnly(desktop.env), ...homeEnvironment(home), ...environment, ...env },
    timeout: LAUNCH_WITHIN_MS,
  });
  const written: string[] = [];
  const child = electron.process();
  child.stdout?.on('data', (chunk: Buffer) => written.push(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => written.push(chunk.toString()));
  return {
    electron,
    home,
    output: () => written.join(''),
    clickTray: async (button = 1) => {
      const icon = await desktop.findTrayIcon();
      await desktop.click(icon.x + icon.width / 2, icon.y + icon.height / 2, button);
      return icon;
    },
    shownWindow: () => waitForShownWindow(electron),
    windowPlace: async () => (await desktop.windows(child.pid ?? -1))[0],
    hiddenWindows: () => waitForHiddenWindows(electron),
    stop: createStop(electron),
  };
}

function homeEnvironment(home: string): Record<string, string> {
  return {
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
  };
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function waitForShownWindow(electron: ElectronApplication): Promise<void> {
  return electron.evaluate(({ app, BrowserWindow }) => {
    return new Promise<void>((resolve) => {
      const check = () => {
        if (BrowserWindow.getAllWindows().some((window) => window.isVisible())) resolve();
      };
      for (const window of BrowserWindow.getAllWindows()) window.on('show', check);
      app.on('browser-window-created', (_event, window) => window.on('show', check));
      check();
    });
  });
}

function waitForHiddenWindows(electron: ElectronApplication): Promise<void> {
  return electron.evaluate(({ BrowserWindow }) => {
    const windows = BrowserWindow.getAllWindows();
    return new Promise<void>((resolve) => {
      const check = () => {
        if (!windows.some((window) => !window.isDestroyed() && window.isVisible())) resolve();
      };
      for (const window of windows) window.on('hide', check).on('closed', check);
      check();
    });
  });
}

/** Makes the function that quits an app; it may be called again, and after the app ended by itself. */
function createStop(electron: ElectronApplication): () => Promise<void> {
  const { pid } = electron.process();
  let isClosed = false;
  electron.on('close', () => {
    isClosed = true;
  });
  return async () => {
    if (isClosed || pid === undefined) return;
    // Playwright starts the app in a process group of its own.
    const timer = setTimeout(() => process.kill(-pid, 'SIGKILL'), QUIT_WITHIN_MS);
    await electron.close();
    clearTimeout(timer);
  };
}
