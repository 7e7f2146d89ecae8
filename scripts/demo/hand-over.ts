/** Hands payloads to the installed launcher as Claude Code does: run directly, payload on stdin. */
import { spawn } from 'node:child_process';

/** One call of the launcher. */
export interface HandOverOptions {
  readonly launcher: string;
  readonly payload: string;
  /** Folder in which the session was started. */
  readonly project: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Resolves when the launcher has ended.
 * @throws when it cannot be started or does not end with 0
 */
export function handOver({ launcher, payload, project, env }: HandOverOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(launcher, ['capture'], {
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { ...env, CLAUDE_PROJECT_DIR: project, CLAUDE_CODE_ENTRYPOINT: 'cli' },
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`the launcher ended with ${code}`));
    });
    // It may end before it has read all, when capture is paused.
    child.stdin.on('error', () => undefined);
    child.stdin.end(payload);
  });
}
