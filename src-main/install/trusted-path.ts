/** Whether a program at a path could be swapped by somebody else before we run it. */
import { lstatSync, readlinkSync, type Stats, statSync } from 'node:fs';
import { dirname, isAbsolute, join, sep } from 'node:path';

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
 * reason.
 */
export function distrustOf(path: string, identity: Identity): string | null {
  if (!isAbsolute(path) || /[\r\n\0]/.test(path)) return 'not an absolute path on one line';
  let stat: Stats;
  try {
    stat = statSync(path);
  } catch {
    return 'not there';
  }
  if (!stat.isFile()) return 'not a file';
  if ((stat.mode & 0o111) === 0) return 'not executable';
  return replaceableOnTheWay(path, identity);
}

/**
 * Goes the way that the system goes, name by name and through every link: whoever can put another
 * entry in the place of one of these names decides what is run in the end.
 */
function replaceableOnTheWay(path: string, identity: Identity): string | null {
  const pending = path.split(sep);
  let at: string = sep;
  for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
    if (name === '' || name === '.') continue;
    if (name === '..') {
      at = dirname(at);
      continue;
    }
    const entry = join(at, name);
    const stat = lstatSync(entry);
    const reason = entryDistrust(at, { entry, stat }, identity);
    if (reason) return reason;
    if (stat.isSymbolicLink()) {
      const link = readlinkSync(entry);
      pending.unshift(...link.split(sep));
      if (isAbsolute(link)) at = sep;
    } else at = entry;
  }
  return isWritableByOthers(statSync(at), identity) ? `${at} can be written by others` : null;
}

function entryDistrust(
  folder: string,
  { entry, stat }: { readonly entry: string; readonly stat: Stats },
  identity: Identity,
): string | null {
  const isTrusted = (owner: number) => owner === 0 || owner === identity.uid;
  if (!isTrusted(stat.uid)) return `${entry} belongs to another user`;
  const parent = statSync(folder);
  if (!isTrusted(parent.uid)) return `${folder} belongs to another user`;
  // In a sticky folder others can add entries, but not replace one that is not theirs.
  const isSticky = (parent.mode & STICKY) !== 0;
  if (isSticky || !isWritableByOthers(parent, identity)) return null;
  return `${folder} can be written by others`;
}

function isWritableByOthers(stat: Stats, { uid, gid, platform }: Identity): boolean {
  if ((stat.mode & 0o002) !== 0) return true;
  if ((stat.mode & 0o020) === 0) return false;
  // Many Linux systems give each user a group of the same number, with nobody else in it.
  const isOwnGroup = platform !== 'darwin' && stat.gid === gid && gid === uid;
  const isAdmin = platform === 'darwin' && stat.gid === MAC_ADMIN_GROUP;
  return stat.gid !== 0 && !isOwnGroup && !isAdmin;
}
