/** The key of our keyed hashes: made once, 0600, never exported, never in a backup. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const KEY_BYTES = 32;

/**
 * The key in the file, made when there is none.
 * @throws the system's error when it can be neither read nor made
 */
export function readOrMakeKey(path: string): Uint8Array {
  const present = readKey(path);
  if (present !== null) return present;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    // Exclusive: of two programs that make it at once, one wins and the other reads.
    writeFileSync(path, randomBytes(KEY_BYTES).toString('hex'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const made = readKey(path);
  if (made === null) throw new Error(`${path} does not hold a key; remove it and it is made again`);
  return made;
}

function readKey(path: string): Uint8Array | null {
  try {
    const text = readFileSync(path, 'utf8').trim();
    return /^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, 'hex') : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
