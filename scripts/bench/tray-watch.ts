/** Tells the moment in which an icon comes into the tray. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A running watch over the session bus. */
export interface TrayWatch {
  /** Resolves with `performance.now()` when the next icon registers. */
  nextIcon(withinMs: number): Promise<number>;
  stop(): void;
}

const MONITOR = 'dbus-monitor';
const RULE = "interface='org.kde.StatusNotifierWatcher',member='StatusNotifierItemRegistered'";

/** Starts watching; resolves when nothing can be missed any more. */
export async function watchTray(env: NodeJS.ProcessEnv): Promise<TrayWatch> {
  const monitor = spawn(MONITOR, ['--session', RULE], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let tell: ((at: number) => void) | null = null;
  const isReady = new Promise<void>((resolve, reject) => {
    monitor.on('error', reject);
    createInterface({ input: monitor.stdout }).on('line', (line) => {
      // What it prints first is its own joining of the bus.
      resolve();
      if (line.includes('StatusNotifierItemRegistered')) tell?.(performance.now());
    });
  });
  await isReady;
  return {
    nextIcon: (withinMs) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`no icon came into the tray in ${withinMs} ms`)),
          withinMs,
        );
        tell = (at) => {
          tell = null;
          clearTimeout(timer);
          resolve(at);
        };
      }),
    stop: () => monitor.kill(),
  };
}
