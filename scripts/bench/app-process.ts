/** Starts an Electron app as a person does, with nothing attached to it, and ends it whole. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { sandboxArguments } from '../electron-runtime.ts';
import type { WindowMeans } from './window-means.ts';

/** A running app. */
export interface AppProcess {
  readonly pid: number;
  /** Resolves when the app and all of its processes have ended. */
  stop(): Promise<void>;
}

/** Which app, and the environment that says whose home it sees. */
export interface AppOptions {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

const STOP_WITHIN_MS = 5000;

/** Starts it; returns at once. */
export function startApp({ runtime }: WindowMeans, { folder, env }: AppOptions): AppProcess {
  const child = spawn(runtime.executable, [...sandboxArguments(), '--disable-gpu', folder], {
    env: { ...env, ...runtime.environment },
    stdio: 'ignore',
    detached: true,
  });
  // Without a listener a missing executable would end the bench; the wait for its icon fails anyway.
  child.on('error', () => undefined);
  return { pid: child.pid ?? -1, stop: () => stopGroup(child) };
}

async function stopGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  if (child.exitCode === null && child.signalCode === null) {
    const closed = once(child, 'close');
    signal(child.pid, 'SIGTERM');
    const timer = setTimeout(signal, STOP_WITHIN_MS, child.pid, 'SIGKILL');
    await closed;
    clearTimeout(timer);
  }
  signal(child.pid, 'SIGKILL');
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
