/** Files that nobody else may read, from the moment they exist. */
import { closeSync, openSync } from 'node:fs';

/**
 * Makes an empty file of mode 0600 where there is none, for a library that would make it itself,
 * readable by others. A file that is there is not even opened: closing it would drop the locks that
 * SQLite holds on it in this process.
 * @throws the system's error when it cannot be made
 */
export function makePrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
