/** A private home with a history and the installed hook, in which figures are taken. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createPaths, type Paths } from '../../src-core/files/paths.ts';
import { isAlive, isLockHeld } from '../../src-core/lock/lock.ts';
import { listSpool } from '../../src-core/spool/entry.ts';
import { privateEnvironment } from '../demo/private-environment.ts';
import { runCli } from '../demo/run-cli.ts';

const run = promisify(execFile);

/** A home ready for use. */
export interface InstalledHome {
  readonly paths: Paths;
  /** What a program needs in its environment to find this home. */
  readonly env: NodeJS.ProcessEnv;
  /** Resolves once nobody drains and nothing waits in the spool. */
  drained(): Promise<void>;
  /** True while a drainer is at work or lingers. */
  isDraining(): boolean;
  /** Removes the home when its last drainer has ended. */
  remove(): Promise<void>;
}

const POLL_MS = 15;
const DRAINED_WITHIN_MS = 60_000;

/**
 * Makes a home with so many events and brings its stores and statistics up to date.
 * @throws when a step fails
 */
export async function makeInstalledHome(events: number): Promise<InstalledHome> {
  const folder = mkdtempSync(join(tmpdir(), 'hookline-bench-'));
  await writeHistory(folder, events);
  const paths = createPaths({ home: realpathSync(folder) });
  const env = privateEnvironment(paths.home, process.env);
  runCli(['install', '--yes'], env);
  runCli(['refresh'], env);
  const drained = (): Promise<void> => untilDrained(paths);
  return {
    paths,
    env,
    drained,
    isDraining: () => isLockHeld(paths),
    remove: async () => {
      await drained();
      rmSync(paths.home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

/**
 * In a process of its own: the memory that it takes would make every later start of a process from
 * here slower, as a fork copies the tables of its parent's memory.
 */
async function writeHistory(home: string, events: number): Promise<void> {
  const program = fileURLToPath(new URL('../make-history.ts', import.meta.url));
  const until = new Date().toISOString();
  const options = ['--home', home, '--events', String(events), '--until', until, '--seed', 'bench'];
  await run(process.execPath, [program, ...options]);
}

async function untilDrained(paths: Paths): Promise<void> {
  const deadline = performance.now() + DRAINED_WITHIN_MS;
  while (isLockHeld(paths) || isStarting(paths) || listSpool(paths.spool).length > 0) {
    if (performance.now() > deadline) throw new Error('the spool was not drained in a minute');
    await pause(POLL_MS);
  }
}

function isStarting({ startMarker }: Paths): boolean {
  try {
    return isAlive(Number.parseInt(readFileSync(startMarker, 'utf8'), 10) || 0);
  } catch {
    // No marker: nobody starts.
    return false;
  }
}
