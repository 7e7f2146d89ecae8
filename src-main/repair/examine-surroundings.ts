/** What is around the record: modes of files, room on the disk, the spool, the hook, settings. */
import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { RepairFinding } from '../../src-core/contract/repair.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { readSettings } from '../../src-core/settings/settings.ts';
import { listSpool } from '../../src-core/spool/entry.ts';
import { readHookState } from '../views/hook-state.ts';
import { createTally, findingOf, oneFinding } from './finding.ts';
import { readRepairs } from './manifest.ts';
import { isFile } from './whole-file.ts';

/** An entry that waits longer than this has no drainer. */
const SPOOL_MS = 60_000;
/** What a repair needs beside the copies that it makes. */
const LEAST_FREE_BYTES = 64 * 1024 * 1024;

/** Looks around. */
export function examineSurroundings(paths: Paths, now: number): RepairFinding[] {
  return [
    ...brokenOff(paths),
    ...wrongModes(paths),
    ...waitingSpool(paths, now),
    ...littleRoom(paths),
    ...hook(paths),
    ...settings(paths),
  ];
}

function brokenOff(paths: Paths): RepairFinding[] {
  const running = readRepairs(paths).find(({ state }) => state === 'running');
  return running === undefined
    ? []
    : oneFinding('repair-broken-off', `${paths.backups}/${running.id}`, 'it did not end');
}

/** A path whose mode is wrong, and the mode that it is to have. */
export interface WrongMode {
  readonly path: string;
  readonly mode: number;
}

/**
 * Files and folders that we cannot use, or that are ours alone and that others can read. What was
 * there before us and others may read keeps that.
 */
export function findWrongModes(paths: Paths): readonly WrongMode[] {
  const shared = [...Object.values(paths.journals), ...Object.values(paths.stats), paths.database];
  const isOurs = (path: string): boolean => path.startsWith(`${paths.own}/`);
  const ours = [
    paths.settings,
    paths.status,
    paths.redactionKey,
    paths.tombstones,
    paths.lockDatabase,
  ];
  const files = [...new Set([...shared, ...ours])].filter(isFile);
  const folders = [
    paths.data,
    paths.kernel,
    paths.own,
    paths.spool,
    paths.quarantine,
    paths.backups,
  ];
  return [
    ...files.flatMap((path) => wrongMode(path, 0o600, isOurs(path))),
    ...folders
      .filter((path) => existsSync(path))
      .flatMap((path) => wrongMode(path, 0o700, path === paths.own || isOurs(path))),
  ];
}

function wrongMode(path: string, needed: number, isOurs: boolean): WrongMode[] {
  const mode = statSync(path).mode & 0o777;
  const wanted = isOurs ? needed : mode | needed;
  return mode === wanted ? [] : [{ path, mode: wanted }];
}

function wrongModes(paths: Paths): RepairFinding[] {
  const tally = createTally();
  for (const { path, mode } of findWrongModes(paths)) {
    const present = (statSync(path).mode & 0o777).toString(8).padStart(4, '0');
    tally.add({ where: path, what: `${present} instead of ${mode.toString(8).padStart(4, '0')}` });
  }
  return [findingOf('permissions', tally) ?? []].flat();
}

function waitingSpool(paths: Paths, now: number): RepairFinding[] {
  if (!canRead(paths.spool)) return [];
  const tally = createTally();
  for (const { name, at } of listSpool(paths.spool))
    if (now - at >= SPOOL_MS) tally.add({ where: 'spool', what: name });
  return [findingOf('spool-waiting', tally) ?? []].flat();
}

function canRead(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    // Where there is none nothing waits, and its mode is told of apart.
    return false;
  }
}

/** Bytes that a repair may have to copy. */
function bytesToCopy(paths: Paths): number {
  return [...Object.values(paths.journals), paths.database]
    .filter(isFile)
    .reduce((sum, path) => sum + statSync(path).size, 0);
}

function littleRoom(paths: Paths): RepairFinding[] {
  if (!existsSync(paths.own)) return [];
  const { bavail, bsize } = statfsSync(paths.own);
  const [free, needed] = [bavail * bsize, bytesToCopy(paths) + LEAST_FREE_BYTES];
  if (free >= needed) return [];
  const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`;
  return oneFinding(
    'disk-full',
    basename(paths.own),
    `${megabytes(free)} free, ${megabytes(needed)} needed`,
  );
}

function hook(paths: Paths): RepairFinding[] {
  const state = readHookState(paths);
  if (!state.hasLauncher) return [];
  if (state.areHooksDisabled)
    return oneFinding('hooks-disabled', paths.settingsJson, '"disableAllHooks": true');
  return state.isRegistered
    ? []
    : oneFinding('hooks-missing', paths.settingsJson, 'no entry runs the launcher');
}

function settings(paths: Paths): RepairFinding[] {
  const tally = createTally();
  for (const what of readSettings(paths.settings).problems)
    tally.add({ where: paths.settings, what });
  return [findingOf('settings-invalid', tally) ?? []].flat();
}
