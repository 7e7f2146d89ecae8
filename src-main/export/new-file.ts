/** A file that appears whole: written beside its place, 0600, flushed, and renamed. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';

/**
 * Lets `work` write the file's bytes; nothing is left where it throws.
 * @throws what `work` throws, or the system's error
 */
export async function writeNewFile<T>(
  path: string,
  work: (write: (bytes: Buffer) => void) => T | Promise<T>,
): Promise<T> {
  const draft = `${path}.part`;
  rmSync(draft, { force: true });
  const file = openSync(draft, 'wx', 0o600);
  try {
    let result: T;
    try {
      result = await work((bytes) => {
        for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      });
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
    return result;
  } finally {
    rmSync(draft, { force: true });
  }
}
