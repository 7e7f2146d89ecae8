/**
 * The roots in which the hook is installed. Install fills the list from its caller's environment,
 * because an app started from the desktop never sees a shell's `CLAUDE_CONFIG_DIR`.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeFileSync } from 'atomically';
import * as v from 'valibot';
import type { Paths, RootOptions } from '../../src-core/files/paths.ts';

const Roots = v.array(v.object({ home: v.string(), claudeConfigDir: v.optional(v.string()) }));

/** The known roots; none where the list is missing or damaged, since install writes it anew. */
export function readRoots(paths: Paths): readonly RootOptions[] {
  try {
    const result = v.safeParse(Roots, JSON.parse(readFileSync(paths.roots, 'utf8')));
    return result.success ? result.output : [];
  } catch {
    return [];
  }
}

/**
 * Adds a root to the list, once.
 * @throws the system's error when the list cannot be written
 */
export function rememberRoot(paths: Paths, root: RootOptions): void {
  const roots = readRoots(paths);
  if (!roots.some((known) => isSame(known, root))) writeRoots(paths, [...roots, root]);
}

/**
 * Takes a root from the list; an empty list leaves no file.
 * @throws the system's error when the list cannot be written
 */
export function forgetRoot(paths: Paths, root: RootOptions): void {
  const rest = readRoots(paths).filter((known) => !isSame(known, root));
  if (rest.length > 0) writeRoots(paths, rest);
  else rmSync(paths.roots, { force: true });
}

/** The root whose places these are. */
export function rootOf(paths: Paths): RootOptions {
  return paths.isSharedDatabase
    ? { home: paths.home }
    : { home: paths.home, claudeConfigDir: paths.claude };
}

function isSame(a: RootOptions, b: RootOptions): boolean {
  return a.home === b.home && a.claudeConfigDir === b.claudeConfigDir;
}

function writeRoots(paths: Paths, roots: readonly RootOptions[]): void {
  mkdirSync(dirname(paths.roots), { recursive: true, mode: 0o700 });
  writeFileSync(paths.roots, `${JSON.stringify(roots, null, 2)}\n`, { mode: 0o600 });
}
