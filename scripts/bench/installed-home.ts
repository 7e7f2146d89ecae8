/** A private home with a history and the installed hook, in which figures are taken. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createPaths, type Paths } from '../../src-core/files/paths.ts';
import { isAlive, isLockHeld } from '../../src-core/lock/lock.ts';
import { listSpool } from '../../src-core/spool/entry.ts';
import { privateEnvironment } from '../demo/private-environment.ts';
import { runCli } from '../demo/run-cli.ts';
import { openMadeHome } from '../make-history/made-home.ts';
import { makeHistory } from '../make-history.ts';

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
  const opened = openMadeHome({ folder, ownHome: process.env.HOME });
  if (opened.kind === 'refused') throw new Error(opened.reason);
  const days = Math.max(30, Math.min(1095, Math.ceil(events / 450)));
  makeHistory({
    home: opened.home,
    seed: 'bench',
    days,
    events,
    untilAt: Date.now(),
    isLive: false,
  });
  const paths = createPaths({ home: opened.home });
  const env = privateEnvironment(opened.home, process.env);
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
      rmSync(opened.home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
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
