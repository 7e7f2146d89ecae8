/**
 * Proves a version of the hook before it takes the place of the one that works: its launcher is run
 * with a test event, as Claude Code runs it, in a root of its own, and the event has to arrive in
 * that root's record. Nothing of the real root is read or written but its list of runtimes.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createTrialPaths, type Paths } from '../../src-core/files/paths.ts';
import { isAlive } from '../../src-core/lock/lock.ts';
import { foldersBetween, removeEmptyFolders } from '../install/folders.ts';
import { type HookAssets, rootText } from '../install/hook-files.ts';
import type { Proof, ProveHook } from '../install/place-hook-files.ts';
import { writeRuntimes } from '../install/runtimes.ts';

const LAUNCHER_MS = 5000;
/** A cold start of Node on a busy machine, and then some. */
const STORED_MS = 15_000;
const LOOK_EVERY_MS = 20;
const EVENT = 'HooklineTest';
const END_MARK = '\0hookline-end\n';

/** Builds the proof for one root; an event that is not stored by then never will be. */
export function createHookProof(paths: Paths, storedWithinMs = STORED_MS): ProveHook {
  return async (assets, runtimes) => {
    const trial = createTrialPaths(paths);
    const first = fs.mkdirSync(trial.home, { recursive: true, mode: 0o700 });
    try {
      return await prove(trial, assets, { runtimes, storedWithinMs });
    } catch (error) {
      return failed((error as Error).message);
    } finally {
      fs.rmSync(trial.home, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
      // Before the first installation nothing of ours is there, and a failed one leaves nothing.
      if (first !== undefined) removeEmptyFolders(foldersBetween(first, trial.home));
    }
  };
}

interface Patience {
  readonly runtimes: readonly { readonly path: string }[];
  readonly storedWithinMs: number;
}

async function prove(
  trial: Paths,
  assets: HookAssets,
  { runtimes, storedWithinMs }: Patience,
): Promise<Proof> {
  fs.mkdirSync(trial.hookFolder, { recursive: true, mode: 0o700 });
  fs.mkdirSync(trial.spool, { recursive: true, mode: 0o700 });
  fs.copyFileSync(assets.hookScript, trial.hookScript);
  fs.copyFileSync(assets.launcher, trial.launcher);
  fs.chmodSync(trial.launcher, 0o700);
  fs.writeFileSync(join(trial.hookFolder, 'root.json'), rootText(trial, 'trial'), { mode: 0o600 });
  writeRuntimes(
    trial.runtimes,
    runtimes.map(({ path }) => ({ path, version: '', hasSqlite: false })),
  );
  const problem = await runLauncher(trial);
  if (problem !== null) return failed(problem);
  if (runtimes.length === 0) {
    return isSpooled(trial) ? { kind: 'proven' } : failed('the launcher kept no event');
  }
  const isStored = await waitUntil(
    () => textIn(trial.journals.events).includes(EVENT),
    storedWithinMs,
  );
  // A drainer that lingers would write into a folder that is being removed.
  await waitUntil(() => !isAtWork(trial), STORED_MS);
  if (isStored) return { kind: 'proven' };
  const [error = ''] = textIn(trial.hookErrorLog).trim().split('\n').slice(-1);
  return failed(`the test event did not reach the record${error === '' ? '' : `: ${error}`}`);
}

/** Why the launcher did not take the event; null when it did. */
function runLauncher(trial: Paths): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(trial.launcher, ['capture'], {
      cwd: trial.home,
      env: { HOME: trial.home, PATH: '/usr/bin:/bin', CLAUDE_PROJECT_DIR: trial.home },
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: LAUNCHER_MS,
      killSignal: 'SIGKILL',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
    child.on('error', (error) => resolve(`the launcher does not start: ${error.message}`));
    child.on('close', (code) => {
      if (code !== 0) resolve(`the launcher ended with ${code ?? 'a signal'}`);
      else resolve(output === '' ? null : 'the launcher prints something');
    });
    // A launcher that ends at once closes its input while we write.
    child.stdin.on('error', () => undefined);
    child.stdin.end(`${JSON.stringify({ hook_event_name: EVENT, cwd: trial.home })}\n`);
  });
}

function isSpooled(trial: Paths): boolean {
  return fs
    .readdirSync(trial.spool)
    .some((name) => textIn(join(trial.spool, name)).endsWith(END_MARK));
}

/** In this order: a drainer puts down its own marker before it takes that of its start away. */
function isAtWork(trial: Paths): boolean {
  return [trial.startMarker, trial.drainMarker].some((marker) => {
    const pid = Number.parseInt(textIn(marker), 10);
    return pid > 0 && isAlive(pid);
  });
}

async function waitUntil(isSo: () => boolean, withinMs: number): Promise<boolean> {
  const end = performance.now() + withinMs;
  while (!isSo()) {
    if (performance.now() > end) return false;
    await pause(LOOK_EVERY_MS);
  }
  return true;
}

function textIn(path: string): string {
  try {
    return fs.readFileSync(path, 'utf8');
  } catch {
    // Not there yet.
    return '';
  }
}

function failed(reason: string): Proof {
  return { kind: 'failed', reason };
}
