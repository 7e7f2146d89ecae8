/** Whether a program at a path could be swapped by somebody else before we run it. */
import { realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';

/** Who we are to the file system, and on which system. */
export interface Identity {
  readonly uid: number;
  readonly gid: number;
  readonly platform: NodeJS.Platform;
}

/** The running process as an identity. */
export function currentIdentity(): Identity {
  return {
    uid: process.getuid?.() ?? 0,
    gid: process.getgid?.() ?? 0,
    platform: process.platform,
  };
}

/** macOS's group of administrators, which owns Homebrew's folders; its members may become root. */
const MAC_ADMIN_GROUP = 80;
const STICKY = 0o1000;

/**
 * Null if the path is an absolute, executable file which only we and root can replace; else the
 * reason. Both the path as written and the file behind its links are looked at, up to the root.
 */
export function distrustOf(path: string, identity: Identity): string | null {
  if (!isAbsolute(path) || /[\r\n\0]/.test(path)) return 'not an absolute path on one line';
  let real: string;
  let stat: Stats;
  try {
    real = realpathSync(path);
    stat = statSync(real);
  } catch {
    return 'not there';
  }
  if (!stat.isFile()) return 'not a file';
  if ((stat.mode & 0o111) === 0) return 'not executable';
  return replaceableBy(real, identity) ?? replaceableBy(realFolderPath(path), identity);
}

/** The path with links in its folders resolved, but not the last one. */
function realFolderPath(path: string): string {
  return `${realpathSync(dirname(path))}/${path.slice(path.lastIndexOf('/') + 1)}`;
}

function replaceableBy(path: string, identity: Identity): string | null {
  let childOwner: number | null = null;
  for (let at = path; ; at = dirname(at)) {
    const stat = statSync(at);
    if (stat.uid !== 0 && stat.uid !== identity.uid) return `${at} belongs to another user`;
    const isWritable = isWritableByOthers(stat, identity);
    // In a sticky folder others can add files, but not replace one that is not theirs.
    const isProtected =
      (stat.mode & STICKY) !== 0 && (childOwner === 0 || childOwner === identity.uid);
    if (isWritable && !isProtected) return `${at} can be written by others`;
    childOwner = stat.uid;
    if (at === dirname(at)) return null;
  }
}

function isWritableByOthers(stat: Stats, { uid, gid, platform }: Identity): boolean {
  if ((stat.mode & 0o002) !== 0) return true;
  if ((stat.mode & 0o020) === 0) return false;
  // Many Linux systems give each user a group of the same number, with nobody else in it.
  const isOwnGroup = platform !== 'darwin' && stat.gid === gid && gid === uid;
  const isAdmin = platform === 'darwin' && stat.gid === MAC_ADMIN_GROUP;
  return stat.gid !== 0 && !isOwnGroup && !isAdmin;
}
