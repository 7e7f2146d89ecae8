import { spawnSync } from 'node:child_process';
import { builtFile } from './built.ts';

/**
 * Runs the built `hookline` and returns what it printed.
 * @throws with the command's own words when it fails
 */
export function runCli(args: readonly string[], env: NodeJS.ProcessEnv): string {
  const done = spawnSync(process.execPath, [builtFile('cli', 'hookline.js'), ...args], {
    env,
    encoding: 'utf8',
  });
  if (done.status === 0) return done.stdout;
  const said = done.error?.message ?? `${done.stdout}${done.stderr}`.trim();
  throw new Error(`hookline ${args.join(' ')}: ${said}`);
}
