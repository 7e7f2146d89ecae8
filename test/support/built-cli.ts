/** The built command line and launcher in a private home, for tests that go the whole way. */
import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);

/** The environment of a program whose home is `home` and nobody's else. */
export function homeOnly(home: string): Record<string, string> {
  return { HOME: home, PATH: process.env.PATH ?? '', TZ: 'UTC' };
}

/**
 * Runs `hookline` and returns what it printed.
 * @throws when it ends with another code than 0
 */
export async function hookline(home: string, ...args: readonly string[]): Promise<string> {
  const cli = join(ROOT, 'out', 'cli', 'hookline.js');
  const { stdout } = await run(process.execPath, [cli, ...args], { env: homeOnly(home) });
  return stdout;
}

/** How a run of the launcher ended. */
export interface LauncherRun {
  readonly code: number | null;
  readonly output: string;
}

/** Runs the installed launcher as Claude Code does, with a payload on stdin. */
export function capture(home: string, payload: object | string): Promise<LauncherRun> {
  const launcher = join(home, '.claude', 'hooks', 'hookline', 'hookline-hook');
  const env = {
    ...homeOnly(home),
    CLAUDE_PROJECT_DIR: '/Users/dev/project',
    CLAUDE_CODE_ENTRYPOINT: 'cli',
  };
  return new Promise((resolve, reject) => {
    const child = spawn(launcher, ['capture'], { env });
    let output = '';
    child.stdout.on('data', (text: Buffer) => {
      output += text.toString();
    });
    child.stderr.on('data', (text: Buffer) => {
      output += text.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
    child.stdin.on('error', () => undefined);
    child.stdin.end(typeof payload === 'string' ? payload : `${JSON.stringify(payload)}\n`);
  });
}
