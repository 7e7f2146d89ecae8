/**
 * The launcher, the hook's script and our own folders.
 *
 * Each file is renamed into place, so a hook that is running keeps the file it began with. A launcher
 * never meets a script that is older than itself: the script comes first, or last on the way back.
 */
import fs from 'node:fs';
import { dirname, join } from 'node:path';
import { writeFileSync } from 'atomically';
import { isObject, textOf } from '../../src-core/base/json.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { foldersBetween } from './folders.ts';

/** The files of the app that are copied out of it. */
export interface HookAssets {
  /** The sh launcher. */
  readonly launcher: string;
  /** The bundled script that drains the spool. */
  readonly hookScript: string;
}

/** One thing on disk that installing brings into its state. */
export type HookFileStep =
  | {
      readonly kind: 'folder';
      readonly path: string;
      readonly what: string;
      /** Mode of the folder as it is; null if it is not there. */
      readonly found: number | null;
      /** False for folders that others use too: they are made where missing and never changed. */
      readonly isOurs: boolean;
    }
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly what: string;
      readonly found: number | null;
      readonly isSame: boolean;
      /** The file as it is; null if there is none. */
      readonly before: Buffer | null;
      readonly bytes: Buffer;
      readonly mode: number;
    };

/** What carrying out the steps changed, for undoing it. */
export interface HookFileChanges {
  readonly createdFolders: readonly string[];
  readonly createdFiles: readonly string[];
  readonly tightened: readonly { readonly path: string; readonly mode: number }[];
}

/** Mode of our folders and of the launcher; nobody else reads, writes or runs them. */
const PRIVATE_FOLDER = 0o700;
const LAUNCHER_MODE = 0o700;
const FILE_MODE = 0o600;
const COMMAND_MODE = 0o700;

/** Which root the installed hook serves, and which version it is; read by the launcher's script. */
export function rootFile(paths: Paths): string {
  return join(paths.hookFolder, 'root.json');
}

/** The text of the file that says which root the hook serves. */
export function rootText(paths: Paths, version: string): string {
  const claudeConfigDir = paths.isSharedDatabase ? null : paths.claude;
  return `${JSON.stringify({ version, home: paths.home, claudeConfigDir }, null, 2)}\n`;
}

/** The version of the installed hook; null where none is installed, or nobody knows. */
export function installedVersion(paths: Paths): string | null {
  try {
    const value: unknown = JSON.parse(fs.readFileSync(rootFile(paths), 'utf8'));
    return isObject(value) ? textOf(value.version) : null;
  } catch {
    // Without the file the hook serves no root: install writes it anew.
    return null;
  }
}

/** A command that install puts on PATH. */
export interface CommandFile {
  readonly path: string;
  readonly text: string;
}

/** Looks at the disk and says what is to be done; changes nothing. @throws if an asset is missing */
export function planHookFiles(
  paths: Paths,
  assets: HookAssets,
  version: string,
  commands: readonly CommandFile[] = [],
): readonly HookFileStep[] {
  const script = fileStep(paths.hookScript, 'the hook', {
    bytes: fs.readFileSync(assets.hookScript),
    mode: FILE_MODE,
  });
  const launcher = fileStep(paths.launcher, 'what Claude Code calls', {
    bytes: fs.readFileSync(assets.launcher),
    mode: LAUNCHER_MODE,
  });
  const isOlder = compareVersions(version, installedVersion(paths) ?? version) < 0;
  return [
    folderStep(paths.claude, "Claude Code's folder", false),
    folderStep(paths.data, 'folder of the JSONL files', false),
    folderStep(paths.own, 'our own folder', true),
    folderStep(paths.spool, 'events that wait for being recorded', true),
    folderStep(paths.quarantine, 'what could not be read', true),
    folderStep(paths.logs, 'logs', true),
    folderStep(paths.backups, 'copies of files before we change them', true),
    folderStep(paths.app, 'which folders are recorded, and files of the app', false),
    folderStep(dirname(paths.hookFolder), 'folder of hooks', false),
    folderStep(paths.hookFolder, 'folder of our hook', true),
    // A script reads what every launcher before it wrote, so the newer script is there longer.
    ...(isOlder ? [launcher, script] : [script, launcher]),
    // Last: whoever is interrupted before it begins anew.
    fileStep(rootFile(paths), 'which root the hook serves', {
      bytes: Buffer.from(rootText(paths, version)),
      mode: FILE_MODE,
    }),
    ...[...new Set(commands.map(({ path }) => dirname(path)))].map((folder) =>
      folderStep(folder, 'folder of your own programs', false),
    ),
    ...commands.map(({ path, text }) =>
      fileStep(path, 'the command in a terminal', { bytes: Buffer.from(text), mode: COMMAND_MODE }),
    ),
  ];
}

/** True if there is nothing to do for the step. */
export function isDone(step: HookFileStep): boolean {
  if (step.found === null) return false;
  if (step.kind === 'folder') return !step.isOurs || !isLoose(step.found, PRIVATE_FOLDER);
  return step.isSame && step.found === step.mode;
}

/** Carries the steps out, in order. @throws what the disk says; what was done until then stays */
export function applyHookFiles(steps: readonly HookFileStep[]): HookFileChanges {
  const createdFolders: string[] = [];
  const createdFiles: string[] = [];
  const tightened: { path: string; mode: number }[] = [];
  for (const step of steps) {
    if (isDone(step)) continue;
    if (step.kind === 'file') {
      writeFileSync(step.path, step.bytes, { mode: step.mode });
      if (step.found === null) createdFiles.push(step.path);
    } else if (step.found === null) {
      const first = fs.mkdirSync(step.path, { mode: PRIVATE_FOLDER, recursive: true });
      if (first) createdFolders.push(...foldersBetween(first, step.path));
    } else {
      fs.chmodSync(step.path, PRIVATE_FOLDER);
      tightened.push({ path: step.path, mode: step.found });
    }
  }
  return { createdFolders, createdFiles, tightened };
}

/** Takes back the files that the steps have replaced; new ones are left to the caller. */
export function putFilesBack(steps: readonly HookFileStep[]): void {
  for (const step of [...steps].reverse()) {
    if (step.kind === 'file' && step.before !== null && !step.isSame)
      writeFileSync(step.path, step.before, { mode: step.found ?? step.mode });
  }
}

/** What of ours is in the hook folder, the launcher first: without it nothing else is called. */
export function installedHookFiles(paths: Paths): readonly string[] {
  const { launcher, hookScript, runtimes, hookApp } = paths;
  return [launcher, hookScript, rootFile(paths), runtimes, hookApp].filter((path) =>
    fs.existsSync(path),
  );
}

/** Removes the hook's files and its folder; what others put there stays and is returned. */
export function removeHookFiles(paths: Paths): readonly string[] {
  for (const path of installedHookFiles(paths)) fs.rmSync(path, { force: true });
  // What was measured of a hook that is gone says nothing.
  for (const path of [paths.selfTest, paths.runtimeCheck]) fs.rmSync(path, { force: true });
  if (!fs.existsSync(paths.hookFolder)) return [];
  const left = fs.readdirSync(paths.hookFolder);
  if (left.length === 0) fs.rmdirSync(paths.hookFolder);
  return left.map((name) => join(paths.hookFolder, name));
}

/** Files with our data that were there and that others may read; they are shown, not changed. */
export function readableByOthers(paths: Paths): readonly { path: string; mode: number }[] {
  const files = [
    ...Object.values(paths.journals),
    ...Object.values(paths.stats),
    paths.activityLog,
    paths.database,
  ];
  return files.flatMap((path) => {
    const mode = modeOf(path);
    return mode !== null && isLoose(mode, FILE_MODE) ? [{ path, mode }] : [];
  });
}

function folderStep(path: string, what: string, isOurs: boolean): HookFileStep {
  return { kind: 'folder', path, what, isOurs, found: modeOf(path) };
}

function fileStep(
  path: string,
  what: string,
  { bytes, mode }: { bytes: Buffer; mode: number },
): HookFileStep {
  const found = modeOf(path);
  const before = found === null ? null : fs.readFileSync(path);
  return {
    kind: 'file',
    path,
    what,
    found,
    isSame: before?.equals(bytes) ?? false,
    before,
    bytes,
    mode,
  };
}

/** By numbers, so that 0.10 comes after 0.9. */
function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function isLoose(mode: number, wanted: number): boolean {
  return (mode & ~wanted & 0o077) !== 0;
}

function modeOf(path: string): number | null {
  const stat = fs.statSync(path, { throwIfNoEntry: false });
  return stat ? stat.mode & 0o7777 : null;
}
