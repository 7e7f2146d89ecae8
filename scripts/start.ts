/**
 * `npm start`: builds what is out of date and opens the app, or runs its engine without a window
 * where there is no display. See --help.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describeRuntime, type Runtime } from './electron-runtime/runtime.ts';
import { findRuntime, sandboxArguments } from './electron-runtime.ts';
import { explainBuild, readBuildNeed } from './start/build-state.ts';
import { explainEnd, isChromiumLine } from './start/chromium-log.ts';
import { runChild } from './start/run-child.ts';

const ROOT = join(import.meta.dirname, '..');
const KEPT_LINES = 5;
const USAGE = `Usage: npm start [-- arguments of the app, as in --dashboard]

Builds Hookline if need be and opens it in the menubar. Without a display (neither DISPLAY nor
WAYLAND_DISPLAY set on Linux) it runs the same engine in this terminal until Ctrl-C.`;

/** What to start the app with. */
export interface StartOptions {
  readonly args: readonly string[];
  /** The app's environment; its HOME decides whose records it keeps. */
  readonly env: NodeJS.ProcessEnv;
}

/** Runs the app to its end and returns its exit code; says each thing that goes wrong in a sentence. */
export async function startApp({ args, env }: StartOptions): Promise<number> {
  if (!bringUpToDate()) return 1;
  if (!hasDisplay(env)) {
    console.log(
      'There is no display, so Hookline runs here without a window. To see it, set DISPLAY, or run: xvfb-run -a npm start',
    );
    return watch(env);
  }
  const search = await findRuntime();
  const obstacle = search.kind === 'found' ? findSandboxObstacle(search.runtime) : search.reason;
  if (search.kind === 'missing' || obstacle) {
    console.log(`${obstacle}\nHookline runs here without a window until that is done.`);
    return watch(env);
  }
  console.log(describeRuntime(search.runtime));
  return openWindow(search.runtime, { args, env });
}

/** Builds if the results are missing or older than the sources; false if that failed. */
function bringUpToDate(): boolean {
  const need = readBuildNeed(ROOT);
  if (need === undefined) return true;
  console.log(need === 'missing' ? 'Building Hookline…' : 'Building what has changed…');
  const built = spawnSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, encoding: 'utf8' });
  if (built.status === 0) return true;
  const said = `${built.stderr ?? ''}\n${built.stdout ?? ''}\n${built.error?.message ?? ''}`;
  console.error(explainBuild(said));
  return false;
}

function hasDisplay(env: NodeJS.ProcessEnv): boolean {
  return process.platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

async function watch(env: NodeJS.ProcessEnv): Promise<number> {
  const { code } = await runChild({
    command: process.execPath,
    args: [join(ROOT, 'out', 'cli', 'hookline.js'), 'watch'],
    env,
    onErrorLine: (line) => console.error(line),
  });
  return code;
}

async function openWindow(runtime: Runtime, { args, env }: StartOptions): Promise<number> {
  const sandbox = sandboxArguments();
  if (sandbox.length > 0) {
    console.log(
      "Started by root, where Chromium's sandbox cannot work: it runs with --no-sandbox.",
    );
  }
  const chromiumLines: string[] = [];
  const { code, wasAsked } = await runChild({
    command: runtime.executable,
    args: [...sandbox, ROOT, ...args],
    env: { ...env, ...runtime.environment },
    onErrorLine: (line) => {
      if (isChromiumLine(line)) {
        chromiumLines.push(line);
        // A menubar app may run for months.
        if (chromiumLines.length > KEPT_LINES) chromiumLines.shift();
      } else if (line.trim() !== '') console.error(line);
    },
  });
  if (code !== 0 && !wasAsked) console.error(explainEnd(code, chromiumLines));
  return code;
}

/** Why Chromium's sandbox cannot start here for a person who is not root, and what helps. */
function findSandboxObstacle({ folder }: Runtime): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() === 0) return undefined;
  const helper = join(folder, 'chrome-sandbox');
  const stats = statSync(helper, { throwIfNoEntry: false });
  const isSetUid = stats !== undefined && stats.uid === 0 && (stats.mode & 0o4000) !== 0;
  const canUnshare =
    !existsSync('/usr/bin/unshare') ||
    spawnSync('/usr/bin/unshare', ['--user', '--map-root-user', 'true']).status === 0;
  if (isSetUid || canUnshare) return undefined;
  return `This system does not let Chromium build its sandbox. Allow it with: sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`;
}

async function main(): Promise<number> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    console.log(USAGE);
    return 0;
  }
  return startApp({ args, env: process.env });
}

if (import.meta.main) {
  process.exitCode = await main().catch((error: unknown) => {
    console.error(`Hookline did not start: ${(error as Error).message}`);
    return 1;
  });
}
