/**
 * Puts a damaged database aside, whole, and another one in its place. Nothing is deleted: the file
 * and what stands beside it get a second name before they lose the first, so that a crash at any
 * moment leaves at least one, and no other program finds the name empty and makes a file there.
 */
import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { flushFile } from '../../src-core/files/flush-file.ts';

/** What belongs to one database: the file, its log, and the log's index. */
export const DATABASE_ENDS = ['', '-wal', '-shm'] as const;

/** A database that was put aside. */
export interface SetAside {
  readonly path: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Bytes, its log included. */
  readonly bytes: number;
}

/**
 * Gives the database at `path` a dated name (0600) in its folder and puts `replacement`, a closed
 * database of the same folder, in its place. Returns the dated name. The caller holds the lock.
 * @throws the system's error; the database stands where it was then, or the new one does
 */
export function replaceDatabase(path: string, replacement: string, now: number): string {
  const aside = freeName(path, now);
  for (const end of DATABASE_ENDS) keepUnder(`${path}${end}`, `${aside}${end}`);
  flushFile(replacement);
  // A log that stood beside the new file would be taken for its own.
  for (const end of ['-shm', '-wal']) rmSync(`${path}${end}`, { force: true });
  renameSync(replacement, path);
  return aside;
}

/** The databases that were put aside, the oldest first. */
export function listSetAside(path: string): readonly SetAside[] {
  const folder = dirname(path);
  if (!existsSync(folder)) return [];
  const start = `${basename(path)}${MARK}`;
  return readdirSync(folder)
    .flatMap((name) => {
      const at = name.startsWith(start) ? momentOf(name.slice(start.length)) : null;
      return at === null
        ? []
        : [{ path: join(folder, name), at, bytes: sizeOf(join(folder, name)) }];
    })
    .sort((a, b) => a.at - b.at);
}

const MARK = '.damaged-';

function freeName(path: string, now: number): string {
  for (let at = now; ; at += 1000) {
    const stamp = `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
    const name = `${path}${MARK}${stamp}`;
    if (!existsSync(name)) return name;
  }
}

/** The moment in a name; null for the name of a log, or of something else. */
function momentOf(stamp: string): number | null {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp) ?? [];
  if (second === undefined) return null;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function sizeOf(path: string): number {
  return ['', '-wal'].reduce(
    (total, end) => total + (statSync(`${path}${end}`, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}

function keepUnder(path: string, name: string): void {
  if (!existsSync(path)) return;
  try {
    linkSync(path, name);
  } catch (error) {
    if (!CANNOT_LINK.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    copyFileSync(path, name, constants.COPYFILE_EXCL);
  }
  chmodSync(name, 0o600);
}

/** Answers of file systems that know no second name. */
const CANNOT_LINK: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);
