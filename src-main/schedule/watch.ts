/**
 * Watches folders for changes. Folders that are missing are taken up when `rearm` is called and
 * they are there; a folder that was replaced is watched anew then.
 */
import { type FSWatcher, statSync, watch } from 'node:fs';

/** Running watchers. */
export interface FolderWatch {
  /** Looks again which folders are there. */
  rearm(): void;
  stop(): void;
}

/** Watches the folders, without their subfolders. `onChange` may be called several times for one change. */
export function watchFolders(
  folders: readonly string[],
  onChange: (folder: string) => void,
): FolderWatch {
  const watchers = new Map<string, { readonly watcher: FSWatcher; readonly inode: string }>();
  const forget = (folder: string): void => {
    watchers.get(folder)?.watcher.close();
    watchers.delete(folder);
  };
  const arm = (folder: string): void => {
    const inode = inodeOf(folder);
    if (inode === watchers.get(folder)?.inode) return;
    forget(folder);
    if (inode === undefined) return;
    try {
      const watcher = watch(folder, () => onChange(folder));
      watcher.on('error', () => forget(folder));
      watchers.set(folder, { watcher, inode });
    } catch {
      // Out of watches, or gone meanwhile: the minute's run finds what the watch would have told.
    }
  };
  const rearm = (): void => folders.forEach(arm);
  rearm();
  return { rearm, stop: () => folders.forEach(forget) };
}

function inodeOf(folder: string): string | undefined {
  const stat = statSync(folder, { throwIfNoEntry: false });
  return stat?.isDirectory() ? `${stat.dev}:${stat.ino}` : undefined;
}
