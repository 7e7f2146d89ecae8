import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** One file of each program that `npm run build` makes. */
const RESULTS = [
  'out/main/index.js',
  'out/preload/preload.cjs',
  'out/renderer/glance/index.html',
  'out/hook/hook.cjs',
  'out/cli/hookline.js',
];
const SOURCES = [
  'src-core',
  'src-hook',
  'src-main',
  'src-renderer',
  'build',
  'electron.vite.config.ts',
  'package-lock.json',
];

/** Why a checkout must be built before it can run; nothing if its results are up to date. */
export type BuildNeed = 'missing' | 'stale' | undefined;

/** Compares the times of the built files with those of the sources. */
export function readBuildNeed(root: string): BuildNeed {
  const built = RESULTS.map((path) => changedAt(join(root, path)));
  if (built.includes(0)) return 'missing';
  const newestSource = Math.max(...SOURCES.map((path) => newestIn(join(root, path))));
  return newestSource > Math.min(...built) ? 'stale' : undefined;
}

/** Zero for what is not there. */
function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function newestIn(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 0;
  if (!stats.isDirectory()) return /\.test\.tsx?$/.test(path) ? 0 : stats.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}

/** The sentence for a failed build: the first line that names an error, and how to see the rest. */
export function explainBuild(said: string): string {
  const lines = said.split('\n').map((line) => line.trim());
  const reason = lines.find((line) => /error/i.test(line)) ?? lines.findLast((line) => line !== '');
  return `The build failed${reason ? `: ${reason}` : ''}. To see all of it: npm run build`;
}
