/** The key of our keyed hashes: made once, 0600, never exported, never in a backup. */
import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const KEY_BYTES = 32;

/**
 * The key in the file, made when there is none. A damaged one (a crash of the machine leaves empty
 * files) is replaced, since without a key nothing could be recorded: tokens seen before then get
 * another substitute than before.
 * @throws the system's error when it can be neither read nor made
 */
export function readOrMakeKey(path: string): Uint8Array {
  const present = readKey(path);
  if (present instanceof Uint8Array) return present;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, randomBytes(KEY_BYTES).toString('hex'), { mode: 0o600 });
  if (present === 'damaged') renameSync(draft, path);
  else linkOnce(draft, path);
  const made = readKey(path);
  if (!(made instanceof Uint8Array)) throw new Error(`${path} does not keep a key`);
  return made;
}

/** Of two programs that make the key at once, one wins and the other reads; neither sees half of it. */
function linkOnce(draft: string, path: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readKey(path: string): Uint8Array | 'missing' | 'damaged' {
  try {
    const text = readFileSync(path, 'utf8').trim();
    return /^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, 'hex') : 'damaged';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'missing';
    throw error;
  }
}
