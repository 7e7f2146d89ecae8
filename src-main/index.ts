/** Entry of the app: builds everything once, wires it, starts it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { systemClock } from '../src-core/base/clock.ts';
import { createPaths, rootFromEnvironment } from '../src-core/files/paths.ts';
import { setElectronPaths } from './electron/electron-paths.ts';
import { createFileLogger } from './electron/log.ts';
import { openShell, prepareShell, type Shell } from './electron/shell.ts';
import { claimSingleInstance } from './electron/single-instance.ts';
import { startEngine } from './engine/client.ts';
import { chooseSqlite } from './engine/open-sqlite.ts';
import { AT_LOGIN } from './launch/login-item.ts';
import type { AppState } from './views/app-state.ts';

const OUT = join(import.meta.dirname, '..');
/** Native code and files that other programs read lie outside the archive. */
const UNPACKED = OUT.replace(/app\.asar(?=\/|$)/, 'app.asar.unpacked');
const RESOURCES = join(UNPACKED, '..', 'resources');

const root = rootFromEnvironment(process.env);
const paths = createPaths(root);
const wantsDashboard = process.argv.includes('--dashboard');
/** An AppImage is mounted anew for each start; what stays is the file itself. A checkout is not started at login. */
const loginProgram = app.isPackaged
  ? { path: process.env.APPIMAGE || process.execPath, args: [AT_LOGIN] }
  : null;

function start(): void {
  setElectronPaths(app, paths.app);
  let shell: Shell | null = null;
  let last: AppState | null = null;
  if (!claimSingleInstance(app, () => shell?.openDashboard())) return;
  const log = createFileLogger({ file: join(paths.app, 'logs', 'hookline.log'), isEchoed: false });
  prepareShell(log);
  rememberStart();

  const engine = startEngine({
    file: join(import.meta.dirname, 'worker.js'),
    log,
    input: {
      root,
      addon: process.env.HOOKLINE_SQLITE_ADDON ?? '',
      version: app.getVersion(),
      environment: process.env,
      appFolder: app.isPackaged ? null : join(OUT, '..'),
      script: join(UNPACKED, 'cli', 'hookline.js'),
      program: loginProgram,
      assets: {
        launcher: join(RESOURCES, 'hookline-hook'),
        hookScript: join(UNPACKED, 'hook', 'hook.cjs'),
      },
    },
    onChanged: (at, state) => {
      last = state ?? last;
      shell?.push('data.changed', { at });
      if (state !== null) shell?.showState(state);
    },
    onDied: (reason) => {
      log.error('app', `capture goes on, but figures cannot be read: ${reason}`);
      shell?.push('data.changed', { at: systemClock.now() });
    },
  });

  app.whenReady().then(
    () => {
      shell = openShell({
        engine: engine.calls,
        pagesFolder: join(OUT, 'renderer'),
        preload: join(OUT, 'preload', 'preload.cjs'),
        resourcesFolder: RESOURCES,
        placeFile: join(paths.app, 'dashboard-place.json'),
        noticesFile: join(paths.app, 'notices.json'),
        desktop: process.env.XDG_CURRENT_DESKTOP,
        clock: systemClock,
        log,
        onSleep: () => {},
        onWake: engine.wake,
        onQuit: engine.stop,
      });
      if (last !== null) shell.showState(last);
      if (wantsDashboard) shell.openDashboard();
    },
    (error: unknown) => log.error('app', 'not ready', error),
  );
}

/** Notes how this app was started, so that `hookline open` can do the same. */
function rememberStart(): void {
  const own = ['--dashboard', AT_LOGIN];
  const options = process.argv.slice(1).filter((argument) => !own.includes(argument));
  mkdirSync(paths.app, { recursive: true, mode: 0o700 });
  const record = { program: process.execPath, arguments: options, login: loginProgram };
  writeFileSync(paths.appRecord, `${JSON.stringify(record)}\n`, { mode: 0o600 });
}

/** The command line on the app's own binary, for a machine without Node: no lock, no window, no icon. */
async function runCommandLine(args: readonly string[]): Promise<number> {
  app.dock?.hide();
  // What Chromium writes of its own accord has no place in the home of somebody who asked a question.
  const scratch = mkdtempSync(join(tmpdir(), 'hookline-cli-'));
  process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
  setElectronPaths(app, scratch);
  const { runProgram } = await import('./cli/program.ts');
  const open = chooseSqlite(process.env.HOOKLINE_SQLITE_ADDON);
  if (open === null) throw new Error('this app can open no SQLite database');
  return runProgram({
    process,
    name: process.env.HOOKLINE_CALLED_AS ?? 'hookline',
    args,
    open,
    version: app.getVersion(),
    root: join(UNPACKED, '..'),
    app: loginProgram,
  });
}

const cliAt = process.argv.indexOf('--cli');
if (cliAt < 0) start();
else
  runCommandLine(process.argv.slice(cliAt + 1)).then(
    (code) => app.exit(code),
    (error: unknown) => {
      process.stderr.write(`hookline: ${(error as Error).message}\n`);
      app.exit(1);
    },
  );
