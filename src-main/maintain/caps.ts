/** Keeps what only ever grows within bounds: copies that repairs made, quarantine, logs. */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Paths } from '../../src-core/files/paths.ts';
import { quarantineFile } from '../../src-core/journal/quarantine.ts';
import { readRepairs, snapshotFolder } from '../repair/manifest.ts';
import { type Rewritten, rewriteJournal } from '../repair/rewrite-journal.ts';
import { KEPT_REPAIRS } from '../repair/rotate.ts';
import { isFile } from '../repair/whole-file.ts';

/** How much is kept, bytes. */
export interface Caps {
  readonly snapshots: number;
  readonly quarantine: number;
  /** Of each log. */
  readonly log: number;
}

/** What is kept unless told otherwise. */
export const CAPS: Caps = {
  snapshots: 2 * 1024 ** 3,
  quarantine: 32 * 1024 ** 2,
  log: 1024 ** 2,
};

/** What is over the caps. */
export interface Excess {
  /** Repairs that can no longer be taken back, the oldest first. */
  readonly snapshots: readonly string[];
  /** Files that are cut, and to how many bytes at most. */
  readonly files: readonly { readonly path: string; readonly keptBytes: number }[];
}

/** Looks what is over. The copy of the last repair stays, however large it is. */
export function findExcess(paths: Paths, caps: Caps = CAPS): Excess {
  const files = [
    { path: quarantineFile(paths), cap: caps.quarantine },
    ...logsIn(paths).map((path) => ({ path, cap: caps.log })),
  ];
  return {
    snapshots: excessSnapshots(paths, caps.snapshots),
    files: files
      .filter(({ path, cap }) => isFile(path) && statSync(path).size > cap)
      // Halved, so that not every run has to cut again.
      .map(({ path, cap }) => ({ path, keptBytes: Math.floor(cap / 2) })),
  };
}

/**
 * Removes it; how many bytes.
 * @throws the system's error; what was removed until then is gone
 */
export function removeExcess(paths: Paths, { snapshots, files }: Excess): number {
  let removed = 0;
  for (const id of snapshots) {
    const folder = snapshotFolder(paths, id);
    removed += bytesBelow(folder);
    rmSync(folder, { recursive: true, force: true });
  }
  for (const { path, keptBytes } of files) removed += keepEnd(path, keptBytes);
  return removed;
}

function excessSnapshots(paths: Paths, cap: number): readonly string[] {
  const newestFirst = readRepairs(paths).toReversed();
  let bytes = 0;
  const kept = newestFirst.filter(({ id }, i) => {
    bytes += bytesBelow(snapshotFolder(paths, id));
    return i === 0 || (i < KEPT_REPAIRS && bytes <= cap);
  });
  return newestFirst
    .filter((repair) => !kept.includes(repair))
    .map(({ id }) => id)
    .toReversed();
}

function logsIn({ logs }: Paths): readonly string[] {
  return existsSync(logs) ? readdirSync(logs).map((name) => join(logs, name)) : [];
}

function bytesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

/** Whole lines of the file's end. */
function keepEnd(path: string, bytes: number): number {
  const { size } = statSync(path);
  let rewritten: Rewritten | null = null;
  try {
    rewritten = rewriteJournal(path, (_, { offset, isTail }) =>
      offset < size - bytes && !isTail ? 'remove' : 'keep',
    );
  } finally {
    rewritten?.close();
  }
  return size - statSync(path).size;
}
