/** Copies what a repair is going to change, before it changes anything. */
import { chmodSync, constants, copyFileSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { RepairPart } from '../../src-core/contract/repair.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { backUpStore } from '../../src-core/store/backup.ts';
import type { OpenSqlite, ReadableDb } from '../../src-core/store/driver.ts';
import { toStoreError } from '../../src-core/store/store-error.ts';
import { sourcesOf } from './examine-journals.ts';
import { findWrongModes } from './examine-surroundings.ts';
import { fileState } from './file-state.ts';
import {
  freeId,
  type Manifest,
  type ManifestFile,
  snapshotFolder,
  writeManifest,
} from './manifest.ts';
import { isFile } from './whole-file.ts';

/** What is copied. */
export interface SnapshotOptions {
  readonly paths: Paths;
  readonly open: OpenSqlite;
  readonly now: number;
  readonly busyMs: number;
  readonly parts: ReadonlySet<RepairPart>;
  readonly summary: string;
  /** Names of the streams whose files will be written anew; the others can only grow. */
  readonly rewritten: ReadonlySet<string>;
}

/** Parts that change what SQLite holds. */
const IN_DATABASE: ReadonlySet<RepairPart> = new Set([
  'database',
  'rows',
  'lines',
  'drift',
  'transcripts',
]);

/**
 * Makes the snapshot and its manifest.
 * @throws the system's or SQLite's error where it cannot be made whole; nothing was changed then
 */
export function takeSnapshot(options: SnapshotOptions): Manifest {
  const { paths, now, parts, summary, rewritten } = options;
  const id = freeId(paths, now);
  const folder = snapshotFolder(paths, id);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    const modes = findWrongModes(paths).map(({ path }) => ({
      path,
      before: statSync(path).mode & 0o777,
    }));
    const journals = sourcesOf(paths).map(({ name, path }) =>
      keepFile(folder, path, rewritten.has(name)),
    );
    // Lines of our own go into these too; what stands there is never changed.
    const shared = [paths.journals.recoveryOutcomes, paths.journals.flowHistory].map((path) =>
      keepFile(folder, path, false),
    );
    const stats = Object.values(paths.stats).map((path) => keepFile(folder, path, isFile(path)));
    const needsDatabase = [...parts].some((part) => IN_DATABASE.has(part));
    const copy = needsDatabase ? keepDatabase(options, folder) : null;
    const manifest: Manifest = {
      version: 1,
      id,
      startedAt: now,
      state: 'running',
      parts: [...parts],
      summary,
      files: [...journals, ...shared, ...stats],
      modes: parts.has('permissions') ? modes : [],
      database: { copy, asidePath: null, lastSeq: null, lastOldRow: null, addedAmendments: [] },
      backfillRun: null,
    };
    writeManifest(paths, manifest);
    return manifest;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function keepFile(folder: string, path: string, isCopied: boolean): ManifestFile {
  const before = isFile(path) ? fileState(path) : null;
  if (before === null || !isCopied) return { path, copy: null, before, after: null };
  const copy = basename(path);
  copyFileSync(path, join(folder, copy), constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
  chmodSync(join(folder, copy), 0o600);
  return { path, copy, before, after: null };
}

/** Null where there is none that can be copied: a damaged one is put aside whole instead. */
function keepDatabase({ paths, open, busyMs }: SnapshotOptions, folder: string): string | null {
  if (!isFile(paths.database)) return null;
  const name = 'database.db';
  let db: ReadableDb | null = null;
  try {
    db = open(paths.database, { readonly: true }) as ReadableDb;
    db.exec(`PRAGMA busy_timeout = ${Math.trunc(busyMs)}`);
    backUpStore(db, join(folder, name), open);
    return name;
  } catch (error) {
    if (toStoreError(error).kind !== 'corrupt') throw error;
    return null;
  } finally {
    db?.close();
  }
}
