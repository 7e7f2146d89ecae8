import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';

const ABANDONED_AFTER_MS = 60 * 60 * 1000;

/** Where what was fetched and built is kept for the next time, in every checkout. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  const userCache = env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return env.HOOKLINE_CACHE || join(userCache, 'hookline');
}

/**
 * Returns the folder `entry`, making it first if need be. It is made under another name and
 * renamed when whole, so a half-made one is never used; of two makers at once the first wins.
 * @throws what `make` throws; then nothing is left behind.
 */
export async function cacheEntry(
  entry: string,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  if (existsSync(entry)) return entry;
  mkdirSync(dirname(entry), { recursive: true });
  removeAbandonedDrafts(entry);
  const draft = mkdtempSync(`${entry}.draft-`);
  try {
    const folder = join(draft, 'whole');
    mkdirSync(folder);
    await make(folder);
    moveInto(folder, entry);
    return entry;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function moveInto(folder: string, entry: string): void {
  try {
    renameSync(folder, entry);
  } catch (error) {
    // Another process was faster and its entry is as good as ours.
    if (!existsSync(entry)) throw error;
  }
}

/** A maker that was killed leaves its draft; hundreds of megabytes that nobody would miss. */
function removeAbandonedDrafts(entry: string): void {
  const folder = dirname(entry);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (!name.startsWith(`${basename(entry)}.draft-`)) continue;
    if (Date.now() - statSync(path).mtimeMs < ABANDONED_AFTER_MS) continue;
    rmSync(path, { recursive: true, force: true });
  }
}
