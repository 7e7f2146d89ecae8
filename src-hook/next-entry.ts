/** Waits for the next spool entry, so that a burst of tool calls costs one start of Node, not one each. */
import { watch } from 'node:fs';

/** Resolves true as soon as something happens in the folder, false when nothing did for `lingerMs`. */
export function nextEntry(folder: string, lingerMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    let watcher: ReturnType<typeof watch> | undefined;
    const finish = (happened: boolean): void => {
      clearTimeout(timer);
      watcher?.close();
      resolve(happened);
    };
    const timer = setTimeout(() => finish(false), lingerMs);
    try {
      watcher = watch(folder, () => finish(true));
      watcher.on('error', () => finish(false));
    } catch {
      finish(false);
    }
  });
}
