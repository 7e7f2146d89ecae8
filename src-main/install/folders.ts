/** Folders that are made on the way to a file, and go again when they are empty. */
import { existsSync, readdirSync, rmdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** The folders from `first` down to `last`, outermost first. */
export function foldersBetween(first: string, last: string): readonly string[] {
  const folders = [last];
  while (folders[0] !== undefined && folders[0] !== first) folders.unshift(dirname(folders[0]));
  return folders;
}

/** Removes those of the folders that are empty, the innermost first; the others are returned. */
export function removeEmptyFolders(folders: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (const folder of [...folders].sort((a, b) => b.length - a.length)) {
    if (!existsSync(folder)) continue;
    if (readdirSync(folder).length === 0) rmdirSync(folder);
    else kept.push(folder);
  }
  return kept;
}
