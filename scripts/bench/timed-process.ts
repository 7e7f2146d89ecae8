/** Times whole processes: from before their start until their end is known. */
import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** What to run. */
export interface TimedCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** File that is its stdin. */
  readonly stdin: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Runs it, without a shell and with its output thrown away; returns milliseconds.
 * @throws when it cannot be started or does not end with 0
 */
export function timeProcess({ command, args, stdin, env }: TimedCommand): number {
  const file = openSync(stdin, 'r');
  try {
    const startedAt = performance.now();
    const { status, error } = spawnSync(command, [...args], {
      stdio: [file, 'ignore', 'ignore'],
      env,
    });
    const tookMs = performance.now() - startedAt;
    if (status !== 0) throw error ?? new Error(`${command} ended with ${status}`);
    return tookMs;
  } finally {
    closeSync(file);
  }
}
