/** What a file is at one moment, so that it can be told later whether it still is that. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { FileState } from './manifest.ts';

const BLOCK = 4 * 1024 * 1024;

/** The state of a file; null where there is none. */
export function fileState(path: string): FileState | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isFile() !== true) return null;
  const hash = hashOfBeginning(path, stat.size);
  return { bytes: stat.size, hash, mode: stat.mode & 0o777 };
}

/** SHA-256, hex, of the first bytes of a file. */
export function hashOfBeginning(path: string, bytes: number): string {
  const hash = createHash('sha256');
  const block = Buffer.allocUnsafe(Math.min(BLOCK, Math.max(1, bytes)));
  const file = openSync(path, 'r');
  try {
    for (let at = 0; at < bytes; ) {
      const count = readSync(file, block, 0, Math.min(block.length, bytes - at), at);
      if (count === 0) break;
      hash.update(block.subarray(0, count));
      at += count;
    }
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}

/** True when the file still begins with what it was, whatever was appended since. */
export function beginsWith(path: string, state: FileState): boolean {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? -1;
  return size >= state.bytes && hashOfBeginning(path, state.bytes) === state.hash;
}
