/** Chooses how the launcher is registered: settings that other machines see need the silent form. */
import { existsSync, lstatSync, realpathSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { Paths } from '../../src-core/files/paths.ts';
import type { HookForm } from './hook-entries.ts';
import { linkTarget, nodeDisk } from './replace-file.ts';

/** What was asked for; `auto` looks at where settings.json is. */
export type FormChoice = HookForm | 'auto';

/** A form and, where it was chosen by looking, why. */
export interface ChosenForm {
  readonly form: HookForm;
  readonly reason: string | null;
}

/**
 * `shell` if settings.json is a link out of the configuration folder or lies in a git work tree: such
 * a file reaches machines and containers where there is no launcher.
 */
export function chooseForm(
  paths: Pick<Paths, 'claude' | 'settingsJson'>,
  choice: FormChoice,
): ChosenForm {
  if (choice !== 'auto') return { form: choice, reason: null };
  const folder = realPath(paths.claude);
  const file = realPath(paths.settingsJson);
  if (isLink(paths.settingsJson) && isOutside(folder, file)) {
    return { form: 'shell', reason: `settings.json is a link to ${file}` };
  }
  const workTree = workTreeOf(folder) ?? workTreeOf(dirname(file));
  if (workTree)
    return { form: 'shell', reason: `settings.json is in the git work tree ${workTree}` };
  return { form: 'exec', reason: null };
}

function workTreeOf(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (at === dirname(at)) return null;
  }
}

function isOutside(folder: string, file: string): boolean {
  const way = relative(folder, file);
  return way === '..' || way.startsWith(`..${sep}`);
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // Not there yet, or a link to nothing: then what it leads to is where the file will be.
    return linkTarget(nodeDisk, path);
  }
}
