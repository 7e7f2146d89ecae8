import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { readBuildNeed } from '../start/build-state.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** A file of the built program. */
export function builtFile(...path: readonly string[]): string {
  return join(ROOT, 'out', ...path);
}

/**
 * Builds what is missing or older than its sources.
 * @throws with the build's own words when it fails
 */
export function bringBuildUpToDate(say: (sentence: string) => void): void {
  if (readBuildNeed(ROOT) === undefined) return;
  say('Building Hookline…');
  const build = spawnSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, encoding: 'utf8' });
  if (build.status === 0) return;
  const said = build.error?.message ?? `${build.stdout}${build.stderr}`.trim();
  throw new Error(`the build failed; \`npm run build\` said:\n${said}`);
}
