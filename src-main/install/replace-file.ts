/**
 * Replaces a file that others write too, whole or not at all, and only if it is still what the
 * caller has read.
 *
 * `atomically` has no moment between its temporary file and its rename, and that is where the last
 * comparison has to be; so this one file is replaced by hand.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** The calls on the disk; an argument, so that tests can let one of them fail. */
export type Disk = Pick<
  typeof fs,
  | 'chmodSync'
  | 'closeSync'
  | 'fchmodSync'
  | 'fchownSync'
  | 'fsyncSync'
  | 'lstatSync'
  | 'mkdirSync'
  | 'openSync'
  | 'readFileSync'
  | 'readdirSync'
  | 'readlinkSync'
  | 'realpathSync'
  | 'renameSync'
  | 'statSync'
  | 'unlinkSync'
  | 'writeFileSync'
>;

/** The machine's disk. */
export const nodeDisk: Disk = fs;

/** What became of a replacement. Only `replaced` has changed the file. */
export type Replacement =
  | { readonly kind: 'replaced' }
  /** The file is not what was expected; nothing was done. */
  | { readonly kind: 'changed' }
  /** The file or its folder does not take writes from us. */
  | { readonly kind: 'not-writable'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** What the file must hold and what it shall hold; null stands for no file. */
export interface Change {
  readonly expected: Buffer | null;
  readonly next: Buffer | null;
}

/** Reads the file behind any links; null if there is none. @throws what the disk says otherwise */
export function readIfThere(disk: Disk, path: string): Buffer | null {
  try {
    return disk.readFileSync(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** The path at the end of all links, whether or not there is a file. @throws on a loop of links */
export function linkTarget(disk: Disk, path: string): string {
  let target = path;
  for (let hops = 0; hops < 40; hops++) {
    const link = readLink(disk, target);
    if (link === null) return target;
    // The folder is resolved first: `..` in a link starts from where the folder really is.
    target = resolve(disk.realpathSync(dirname(target)), link);
  }
  throw new Error(`${path} is a link that leads in a circle`);
}

/** Why the file at the end of the links does not take writes, or null if it seems to. */
export function writeObstacle(disk: Disk, path: string): string | null {
  const target = linkTarget(disk, path);
  const stat = disk.statSync(target, { throwIfNoEntry: false });
  if (!stat) {
    const isLost = target !== path && !disk.statSync(dirname(target), { throwIfNoEntry: false });
    return isLost ? `${path} is a link into ${dirname(target)}, which is not there` : null;
  }
  if (!stat.isFile()) return `${target} is not a file`;
  // A rename would get past a missing write bit, but somebody has taken it away on purpose.
  if ((stat.mode & 0o200) === 0) return `${target} is read-only`;
  return null;
}

/**
 * Puts `next` in the place of `expected`. Links stay links, the mode and, where allowed, the owner
 * stay; a new file is 0600. The comparison is the last thing before the rename.
 */
export function replaceFile(disk: Disk, path: string, change: Change): Replacement {
  let staged: string | null = null;
  try {
    const target = linkTarget(disk, path);
    const obstacle = writeObstacle(disk, path);
    if (obstacle) return { kind: 'not-writable', reason: obstacle };
    removeStrays(disk, target);
    if (change.next) staged = stage(disk, target, change.next);
    if (!isSame(readIfThere(disk, target), change.expected)) return { kind: 'changed' };
    if (staged) disk.renameSync(staged, target);
    else if (change.expected) disk.unlinkSync(target);
    staged = null;
    syncFolder(disk, dirname(target));
    return { kind: 'replaced' };
  } catch (error) {
    return failureOf(error);
  } finally {
    if (staged) removeQuietly(disk, staged);
  }
}

/** True if both are missing or hold the same bytes. */
export function isSame(a: Buffer | null, b: Buffer | null): boolean {
  return a && b ? a.equals(b) : a === b;
}

/** An error of the disk as a result: a refusal to write is told apart from everything else. */
export function failureOf(error: unknown): Exclude<Replacement, { kind: 'replaced' | 'changed' }> {
  const reason = error instanceof Error ? error.message : String(error);
  const isRefusal = ['EACCES', 'EPERM', 'EROFS', 'EBUSY'].includes(codeOf(error));
  return { kind: isRefusal ? 'not-writable' : 'failed', reason };
}

function stage(disk: Disk, target: string, bytes: Buffer): string {
  const path = `${strayPrefix(target)}${process.pid}-${randomBytes(4).toString('hex')}`;
  const like = disk.statSync(target, { throwIfNoEntry: false });
  const descriptor = disk.openSync(path, 'wx', 0o600);
  try {
    disk.writeFileSync(descriptor, bytes);
    if (like && like.uid !== process.getuid?.()) chownIfAllowed(disk, descriptor, like);
    disk.fchmodSync(descriptor, like ? like.mode & 0o7777 : 0o600);
    disk.fsyncSync(descriptor);
  } catch (error) {
    removeQuietly(disk, path);
    throw error;
  } finally {
    disk.closeSync(descriptor);
  }
  return path;
}

function chownIfAllowed(disk: Disk, descriptor: number, like: { uid: number; gid: number }): void {
  try {
    disk.fchownSync(descriptor, like.uid, like.gid);
  } catch (error) {
    // Only root can give a file away; a file that becomes ours still says the same.
    if (codeOf(error) !== 'EPERM') throw error;
  }
}

/** Copies that a killed run left beside the file would keep the user's settings readable there. */
function removeStrays(disk: Disk, target: string): void {
  const prefix = basename(strayPrefix(target));
  for (const name of disk.readdirSync(dirname(target))) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : 0;
    if (pid > 0 && !isAlive(pid)) removeQuietly(disk, join(dirname(target), name));
  }
}

function strayPrefix(target: string): string {
  return join(dirname(target), `.${basename(target)}.hookline-`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

function readLink(disk: Disk, path: string): string | null {
  const stat = disk.lstatSync(path, { throwIfNoEntry: false });
  return stat?.isSymbolicLink() ? disk.readlinkSync(path) : null;
}

function removeQuietly(disk: Disk, path: string): void {
  try {
    disk.unlinkSync(path);
  } catch {
    // It is gone, or it cannot be removed and the caller's own error says why.
  }
}

function syncFolder(disk: Disk, folder: string): void {
  try {
    const descriptor = disk.openSync(folder, 'r');
    try {
      disk.fsyncSync(descriptor);
    } finally {
      disk.closeSync(descriptor);
    }
  } catch {
    // Some file systems refuse to sync a folder; the rename has happened all the same.
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
