/** Brings what was written to the disk itself. */
import { closeSync, fsyncSync, openSync } from 'node:fs';

/**
 * Returns when the file's bytes are on the disk.
 * @throws the system's error
 */
export function flushFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
