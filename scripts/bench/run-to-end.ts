import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** What to run. */
export interface ProcessOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** File that is its stdin. */
  readonly stdin: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Runs a process as Claude Code runs a hook of the exec form (no shell, its output thrown away)
 * and returns when it has ended.
 * @throws when it cannot be started or does not end with 0
 */
export function runToEnd({ command, args, stdin, env }: ProcessOptions): void {
  const file = openSync(stdin, 'r');
  try {
    const { status, error } = spawnSync(command, [...args], {
      stdio: [file, 'ignore', 'ignore'],
      env,
    });
    if (status !== 0) throw error ?? new Error(`${command} ended with ${status}`);
  } finally {
    closeSync(file);
  }
}
