/**
 * Brings the installed hook to the version of the program that runs: up after an update, down after
 * a step back. The version in place works until the other one is proven.
 */
import fs from 'node:fs';
import type { Paths } from '../../src-core/files/paths.ts';
import {
  type CommandFile,
  type HookAssets,
  installedVersion,
  planHookFiles,
} from './hook-files.ts';
import { readInstallRecord, writeInstallRecord } from './install-record.ts';
import { type Placing, placeHookFiles } from './place-hook-files.ts';

/** What became of it. */
export type Renewal =
  | { readonly kind: 'not-installed' | 'current' }
  | { readonly kind: 'renewed'; readonly from: string | null }
  /** The version in place goes on. */
  | { readonly kind: 'kept'; readonly reason: string };

/** What renewing needs. */
export interface RenewOptions extends Omit<Placing, 'steps'> {
  readonly version: string;
  /** Commands of ours that are on PATH, as they should be. */
  readonly commands: readonly CommandFile[];
}

/** Renews the hook where another version is installed; never rejects. */
export async function renewHook(
  paths: Paths,
  assets: HookAssets,
  options: RenewOptions,
): Promise<Renewal> {
  if (!fs.existsSync(paths.launcher)) return { kind: 'not-installed' };
  const { version, commands } = options;
  const from = installedVersion(paths);
  try {
    const all = planHookFiles(paths, assets, version, commands);
    const steps = all.filter((step) => step.kind === 'file' && !step.isSame);
    // The same version with other bytes was changed by somebody: that is told, not overwritten.
    const wanted =
      from === version
        ? steps.filter(({ path }) => commands.some((command) => command.path === path))
        : steps;
    const placed = await placeHookFiles(paths, assets, { ...options, steps: wanted });
    if (placed.kind === 'failed') return { kind: 'kept', reason: placed.reason };
    if (from === version) return { kind: 'current' };
    const record = readInstallRecord(paths.installRecord);
    if (record) writeInstallRecord(paths.installRecord, { ...record, appVersion: version });
    return { kind: 'renewed', from };
  } catch (error) {
    return { kind: 'kept', reason: (error as Error).message };
  }
}
