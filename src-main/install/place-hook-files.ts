/**
 * Puts the hook's files into place: proven first where that can be done, and the earlier ones put
 * back where the launcher does not work at its place.
 */
import fs from 'node:fs';
import type { Paths } from '../../src-core/files/paths.ts';
import { removeEmptyFolders } from './folders.ts';
import {
  applyHookFiles,
  type HookAssets,
  type HookFileChanges,
  type HookFileStep,
  putFilesBack,
} from './hook-files.ts';
import { removeInstallRecord } from './install-record.ts';

/** Whether a version of the hook works, and if not, where it stopped. */
export type Proof =
  | { readonly kind: 'proven' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Proves a version with a test event, outside of the real root; never rejects. */
export type ProveHook = (
  assets: HookAssets,
  runtimes: readonly { readonly path: string }[],
) => Promise<Proof>;

/** What is put into place, and how it is tried. */
export interface Placing {
  readonly steps: readonly HookFileStep[];
  readonly runtimes: readonly { readonly path: string }[];
  /** The version is trusted where nothing is given. */
  readonly prove?: ProveHook;
  /** Runs the launcher where it is installed, and says whether it works there. */
  readonly works?: () => boolean;
}

/** The files are in place, or everything is as it was. */
export type Placed =
  | { readonly kind: 'placed'; readonly changes: HookFileChanges }
  | { readonly kind: 'failed'; readonly reason: string };

/** Carries the steps out. @throws what the disk says; what was done until then stays */
export async function placeHookFiles(
  paths: Paths,
  assets: HookAssets,
  { steps, runtimes, prove, works }: Placing,
): Promise<Placed> {
  const isNew = steps.some(
    (step) =>
      step.kind === 'file' &&
      !step.isSame &&
      (step.path === paths.hookScript || step.path === paths.launcher),
  );
  const proof = isNew && prove ? await prove(assets, runtimes) : { kind: 'proven' as const };
  if (proof.kind === 'failed') {
    const reason = `This version of the hook does not work here, and nothing was changed: ${proof.reason}.`;
    return { kind: 'failed', reason };
  }
  const isFirst = !fs.existsSync(paths.launcher);
  const changes = applyHookFiles(steps);
  if (!isNew || works?.() !== false) return { kind: 'placed', changes };
  putFilesBack(steps);
  if (isFirst) takeBackFiles(paths, changes);
  const reason = `The launcher does not run in ${paths.hookFolder}, and everything was put back.`;
  return { kind: 'failed', reason };
}

/** Takes back what this run put on disk, after its last step failed. */
export function takeBackFiles(paths: Paths, changes: HookFileChanges): void {
  for (const path of changes.createdFiles) fs.rmSync(path, { force: true });
  if (changes.createdFiles.includes(paths.launcher)) fs.rmSync(paths.runtimes, { force: true });
  removeInstallRecord(paths.installRecord);
  for (const { path, mode } of changes.tightened) fs.chmodSync(path, mode);
  removeEmptyFolders(changes.createdFolders);
}
