/** A private home in which the built hook is installed, and the ways to run it there. */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createPaths, type Paths } from '../../src-core/files/paths.ts';
import { isAlive } from '../../src-core/lock/lock.ts';
import { ended } from './child.ts';
import { hookBundle } from './hook-bundle.ts';
import { makeTempFolder, removeFolder } from './temp-folder.ts';
import { until } from './until.ts';

const LAUNCHER = join(import.meta.dirname, '..', '..', 'resources', 'hookline-hook');

/** How a program ended and what it said. */
export interface Run {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Both outputs together: the hook must have none. */
  readonly output: string;
}

/** How to run the launcher. */
export interface LaunchOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Program and arguments before the launcher's path; by default it is run by its first line. */
  readonly by?: readonly string[];
}

/** The home. */
export interface HookHome {
  readonly paths: Paths;
  /** Runs the launcher with the payload on its stdin. */
  launch(payload: string | Buffer, options?: LaunchOptions): Promise<Run>;
  /** Runs the drainer itself; `onStart` is told its process id. */
  runDrainer(env?: Readonly<Record<string, string>>, onStart?: (pid: number) => void): Promise<Run>;
  /** Lines of the runtimes record; null for no record. */
  setRuntimes(lines: readonly string[] | null): void;
  /** Waits until nothing is in the spool and no drainer is at work or about to be. */
  drained(): Promise<void>;
  /** Waits until no drainer is at work or about to be, whatever is in the spool. */
  quiet(): Promise<void>;
  remove(): void;
}

/** Installs the built hook in an empty home. */
export async function makeHookHome(): Promise<HookHome> {
  const folder = makeTempFolder();
  const paths = createPaths({ home: folder });
  mkdirSync(paths.hookFolder, { recursive: true, mode: 0o700 });
  copyFileSync(LAUNCHER, paths.launcher);
  chmodSync(paths.launcher, 0o700);
  copyFileSync(await hookBundle(), paths.hookScript);
  const root = { version: '0.0.0', home: folder, claudeConfigDir: null };
  writeFileSync(join(paths.hookFolder, 'root.json'), JSON.stringify(root), { mode: 0o600 });
  const setRuntimes = (lines: readonly string[] | null): void => {
    rmSync(paths.runtimes, { force: true });
    if (lines === null) return;
    const text = lines.map((line) => `${line}\n`).join('');
    writeFileSync(paths.runtimes, text, { mode: 0o600 });
  };
  setRuntimes([process.execPath]);
  // In this order: a drainer puts down its own marker before it takes that of its start away.
  const isQuiet = (): boolean => !isAtWork(paths.startMarker) && !isAtWork(paths.drainMarker);
  return {
    paths,
    launch: (payload, { env = {}, by = [] } = {}) => {
      const [program = paths.launcher, ...args] = [...by, paths.launcher];
      const child = spawn(program, args, {
        cwd: folder,
        env: {
          PATH: process.env.PATH,
          HOME: folder,
          CLAUDE_PROJECT_DIR: '/Users/dev/project',
          CLAUDE_CODE_ENTRYPOINT: 'cli',
          ...env,
        },
      });
      return finish(child, payload);
    },
    runDrainer: (env = {}, onStart = () => {}) => {
      const child = spawn(process.execPath, [paths.hookScript], { env: { HOME: folder, ...env } });
      onStart(child.pid ?? 0);
      return finish(child, '');
    },
    setRuntimes,
    quiet: () => until('no drainer is at work', isQuiet),
    drained: () =>
      until('the spool is drained', () => entriesIn(paths.spool).length === 0 && isQuiet()),
    remove: () => removeFolder(folder),
  };
}

/** Names of the entries in a spool. */
export function entriesIn(spool: string): readonly string[] {
  try {
    return readdirSync(spool);
  } catch {
    // Nothing was ever spooled.
    return [];
  }
}

async function finish(child: ChildProcess, payload: string | Buffer): Promise<Run> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  // A program that does not read its stdin closes it while we write.
  child.stdin?.on('error', () => {});
  child.stdin?.end(payload);
  await ended(child);
  return { code: child.exitCode, signal: child.signalCode, output };
}

function isAtWork(marker: string): boolean {
  try {
    return isAlive(Number.parseInt(readFileSync(marker, 'utf8'), 10));
  } catch {
    // No marker, nobody at work.
    return false;
  }
}
