/** Waits for the next spool entry, so that a burst of tool calls costs one start of Node, not one each. */
import { watch } from 'node:fs';

/** A launcher has written its entry to the end by then, and the next one of a burst is there as well. */
const SETTLE_MS = 8;

/** Resolves true soon after something happens in the folder, false when nothing did for `lingerMs`. */
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
      // The launcher that makes this happen is not to share its processor with us.
      watcher = watch(folder, () => {
        clearTimeout(timer);
        setTimeout(() => finish(true), SETTLE_MS);
      });
      watcher.on('error', () => finish(false));
    } catch {
      finish(false);
    }
  });
}
