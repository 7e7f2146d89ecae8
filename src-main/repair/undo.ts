/**
 * Takes repairs back, the newest first: each file becomes byte for byte what it was, followed by what
 * was captured since, and our tables what they said. What is damaged is damaged again after it, except
 * a database that was put aside: the one in its place opens, and stays.
 */
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { RepairUndo } from '../../src-core/contract/repair.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { readSettings } from '../../src-core/settings/settings.ts';
import type { WritableDb } from '../../src-core/store/driver.ts';
import { openStore } from '../../src-core/store/open.ts';
import { toStoreError } from '../../src-core/store/store-error.ts';
import { waitForLock } from '../bridge/wait-for-lock.ts';
import { resetRollups } from '../stats/rollup/renew.ts';
import { createZone, machineZone } from '../stats/zone.ts';
import type { RepairOptions } from './apply.ts';
import { beginsWith, fileState } from './file-state.ts';
import {
  type Manifest,
  type ManifestFile,
  readRepairs,
  snapshotFolder,
  writeManifest,
} from './manifest.ts';
import { undoInStore } from './undo-store.ts';
import { readRest } from './whole-file.ts';

/** How taking back ended. */
export type UndoResult =
  | ({ readonly kind: 'undone' } & RepairUndo)
  | { readonly kind: 'refused'; readonly reason: string };

const WAIT_MS = 30_000;
const BUSY_MS = 5000;

/** Takes back the repair of that id, and those that came after it; without an id the last one. */
export async function undoRepair(options: RepairOptions, id: string | null): Promise<UndoResult> {
  const standing = readRepairs(options.paths).filter(({ state }) => state !== 'undone');
  const from = id === null ? standing.length - 1 : standing.findIndex((each) => each.id === id);
  if (from < 0)
    return {
      kind: 'refused',
      reason: id === null ? 'There is no repair to undo.' : `There is no repair ${id} to undo.`,
    };
  const done: string[] = [];
  const ids: string[] = [];
  for (const manifest of standing.slice(from).toReversed()) {
    const reason = await undoOne(options, manifest, done);
    if (reason !== null) return { kind: 'refused', reason };
    ids.push(manifest.id);
  }
  return { kind: 'undone', ids, done };
}

/** Null when it was done, else why it was not. */
async function undoOne(
  options: RepairOptions,
  manifest: Manifest,
  done: string[],
): Promise<string | null> {
  const { paths, open, waitMs = WAIT_MS } = options;
  if (manifest.backfillRun !== null) {
    const taken = await options.backfiller.undo(manifest.backfillRun);
    if (taken.kind === 'refused') done.push(`The calls from transcripts stay: ${taken.reason}`);
    else done.push('What came from transcripts was taken back.');
  }
  const lock = await waitForLock({ paths, open, waitMs });
  if (lock === null) return 'Another run holds the lock; try again in a moment.';
  try {
    done.push(...undoDatabase(options, manifest));
    for (const file of manifest.files) done.push(...undoFile(paths, manifest, file));
    for (const { path, before } of manifest.modes) if (existsSync(path)) chmodSync(path, before);
    writeManifest(paths, { ...manifest, state: 'undone' });
    return null;
  } catch (error) {
    const isSystems = typeof (error as NodeJS.ErrnoException).syscall === 'string';
    if (!isSystems && toStoreError(error).kind === 'other') throw error;
    return (error as Error).message;
  } finally {
    lock.release();
  }
}

function undoDatabase(
  { paths, open, clock, busyMs = BUSY_MS }: RepairOptions,
  manifest: Manifest,
): string[] {
  const { asidePath, copy } = manifest.database;
  if (asidePath !== null)
    return [`The database stays, because it opens; the damaged one is kept as ${asidePath}.`];
  if (copy === null || !existsSync(paths.database)) return [];
  let db: WritableDb | null = null;
  try {
    db = openStore({ path: paths.database, open, busyMs, now: clock.now() });
    const undone = undoInStore(db, paths, manifest);
    if (undone === null)
      return ['The database stays as it is: nothing is known of what it held before.'];
    if (undone.removed + undone.restored === 0) return [];
    // Rows that come back under their old numbers are no news to the sums.
    resetRollups(db, createZone(readSettings(paths.settings).settings.timeZone ?? machineZone()));
    return [`In the database ${undone.removed} rows went and ${undone.restored} came back.`];
  } finally {
    db?.close();
  }
}

function undoFile(paths: Paths, manifest: Manifest, file: ManifestFile): string[] {
  const { path, before, after, copy } = file;
  const present = fileState(path);
  if (present === null ? before === null : present.hash === before?.hash) return [];
  const name = basename(path);
  // Broken off before this file's turn, or written by somebody else since.
  if (after === null || present === null || !beginsWith(path, after))
    return [`${name} stays as it is, because somebody else wrote it since.`];
  const since = readRest(path, after.bytes, Number.POSITIVE_INFINITY);
  if (since.length > 0 && Object.values(paths.stats).includes(path)) return [];
  if (before === null) return removeOrKeep(path, since);
  const old =
    copy === null
      ? readFileSync(path).subarray(0, before.bytes)
      : readFileSync(join(snapshotFolder(paths, manifest.id), copy));
  const isTorn = old.length > 0 && old.at(-1) !== 0x0a;
  const gap = isTorn && since.length > 0 ? Buffer.from('\n') : Buffer.alloc(0);
  replace(path, Buffer.concat([old, gap, since]), before.mode);
  return [`${name} is what it was${since.length > 0 ? ', with what was captured since' : ''}.`];
}

function removeOrKeep(path: string, since: Buffer): string[] {
  if (since.length === 0) {
    rmSync(path);
    return [`${basename(path)} is gone again.`];
  }
  replace(path, since, 0o600);
  return [`${basename(path)} holds what was captured since.`];
}

function replace(path: string, bytes: Buffer, mode: number): void {
  const draft = `${path}.repair`;
  writeFileSync(draft, bytes, { mode: 0o600, flush: true });
  chmodSync(draft, mode);
  renameSync(draft, path);
}
