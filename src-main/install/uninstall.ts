/**
 * Takes the hook out again: the entries first, then what they called. If the entries cannot be taken
 * out, nothing is removed at all, because an entry that calls nothing is an error in every session.
 */
import fs from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../src-core/base/clock.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { applySettings, readSettings } from './apply-settings.ts';
import { removeEmptyFolders } from './folders.ts';
import { installedHookFiles, removeHookFiles } from './hook-files.ts';
import { planHookRemoval } from './hook-removal.ts';
import {
  type InstallRecord,
  knownRetiredOf,
  readInstallRecord,
  removeInstallRecord,
  writtenSettingsOf,
} from './install-record.ts';
import { refusalText } from './install-view.ts';
import { putOldHooksBack } from './old-hooks.ts';
import { type Disk, nodeDisk, writeObstacle } from './replace-file.ts';
import { type RemovalSettingsPlan, sha256 } from './settings-plan.ts';
import { unifiedDiff } from './unified-diff.ts';

/** What uninstalling would do; nothing has been written. */
export interface UninstallPlan {
  readonly settingsPath: string;
  /** Why the entries cannot be taken out; nothing is removed then. */
  readonly refusal: string | null;
  /** Unified diff of settings.json; empty if there is nothing of ours in it. */
  readonly diff: string;
  /** Files that go. */
  readonly files: readonly string[];
  /** Files of the old pipeline that come back. */
  readonly returns: readonly string[];
  /** Modes that are put back. */
  readonly modes: readonly { readonly path: string; readonly mode: number }[];
  /** What stays, in words: the record of events is the user's. */
  readonly remains: readonly string[];
}

/** What carrying out needs. */
export interface UninstallPorts {
  readonly clock: Clock;
  readonly disk?: Disk;
}

/** How an uninstallation ended; `exitCode` is what a command line returns. */
export type UninstallResult =
  | {
      readonly kind: 'removed' | 'not-installed';
      readonly exitCode: 0;
      /** How settings.json came back; null where there was nothing of ours in it. */
      readonly how: 'original' | 'spans' | 'entries' | null;
      /** Copy of settings.json as it was; null if none was needed. */
      readonly backup: string | null;
      readonly remains: readonly string[];
    }
  /** settings.json could not be changed; nothing was removed. */
  | {
      readonly kind: 'refused' | 'not-writable' | 'failed';
      readonly exitCode: 1;
      readonly reason: string;
    };

/** Says what uninstalling would do. Writes nothing. */
export function planUninstall(paths: Paths): UninstallPlan {
  const record = readInstallRecord(paths.installRecord);
  const read = readSettings(nodeDisk, paths.settingsJson);
  const none = {
    settingsPath: paths.settingsJson,
    diff: '',
    files: [],
    returns: [],
    modes: [],
    remains: [],
  };
  if (read.kind === 'failed') return { ...none, refusal: read.reason };
  const plan = planSettings(paths, record, read.bytes);
  if (plan.kind === 'refused') return { ...none, refusal: refusalText(plan) };
  return {
    settingsPath: paths.settingsJson,
    refusal: plan.kind === 'plan' ? writeObstacle(nodeDisk, paths.settingsJson) : null,
    diff: plan.kind === 'plan' ? plan.diff : '',
    files: [...installedHookFiles(paths), ...(record ? [paths.installRecord] : [])],
    returns: [],
    modes: record?.tightened ?? [],
    remains: [...plan.remains, `what was recorded stays in ${paths.own}`],
  };
}

/** Uninstalls. Done twice it is done once. */
export function applyUninstall(paths: Paths, ports: UninstallPorts): UninstallResult {
  const record = readInstallRecord(paths.installRecord);
  try {
    const outcome = applySettings<RemovalSettingsPlan>({
      paths,
      clock: ports.clock,
      disk: ports.disk ?? nodeDisk,
      plan: (bytes) => planSettings(paths, record, bytes),
      // The bytes that we wrote can be written again; anybody else's work is kept in a copy.
      wantsBackup: (plan) => plan.how !== 'original',
      remember: () => undefined,
    });
    if (outcome.kind === 'refused') {
      return { kind: 'refused', exitCode: 1, reason: refusalText(outcome) };
    }
    if (outcome.kind === 'not-writable') return { ...outcome, exitCode: 1 };
    if (outcome.kind === 'failed' || outcome.kind === 'not-kept') {
      return { kind: 'failed', exitCode: 1, reason: outcome.reason };
    }
    const how = outcome.kind === 'written' ? outcome.plan.how : null;
    const backup = outcome.kind === 'written' ? outcome.backup : null;
    const wasThere = how !== null || installedHookFiles(paths).length > 0;
    const remains = outcome.kind === 'written' ? outcome.plan.remains : outcome.remains;
    const left = removeFiles(paths, record, how);
    const kind = wasThere ? 'removed' : 'not-installed';
    return { kind, exitCode: 0, how, backup, remains: [...remains, ...left] };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'failed', exitCode: 1, reason };
  }
}

/** Takes our entries out, and beneath them puts the old hooks back that installing took out. */
function planSettings(
  paths: Paths,
  record: InstallRecord | null,
  bytes: Buffer | null,
): RemovalSettingsPlan {
  const plan = planHookRemoval(paths.settingsJson, bytes, writtenSettingsOf(record));
  const retired = knownRetiredOf(record);
  if (plan.kind === 'refused' || retired === null) return plan;
  const without = plan.kind === 'plan' ? plan.after : bytes;
  const back = putOldHooksBack(without, retired);
  if (back === null) return plan;
  if (back.kind === 'refused') return back;
  const isExact = without !== null && sha256(without) === retired.afterSha256;
  const before = plan.kind === 'plan' ? plan.before : bytes;
  return {
    kind: 'plan',
    how: isExact && plan.kind === 'plan' ? plan.how : 'entries',
    before,
    after: back.bytes,
    diff: unifiedDiff(paths.settingsJson, textOf(before), textOf(back.bytes)),
    remains: plan.remains,
  };
}

function textOf(bytes: Buffer | null): string | null {
  return bytes === null ? null : bytes.toString('utf8');
}

/** Removes what installing put on disk; returns what is left of it and why. */
function removeFiles(
  paths: Paths,
  record: InstallRecord | null,
  how: 'original' | 'spans' | 'entries' | null,
): readonly string[] {
  const foreign = removeHookFiles(paths);
  // The file itself holds these bytes again, or did while we were there.
  if (how === 'original') {
    for (const kept of [record?.settings?.original, record?.retired?.original])
      if (kept) fs.rmSync(kept.path, { force: true });
  }
  removeInstallRecord(paths.installRecord);
  for (const { path, mode } of record?.tightened ?? []) {
    if (fs.existsSync(path)) fs.chmodSync(path, mode);
  }
  const ours = [
    paths.spool,
    paths.quarantine,
    paths.logs,
    join(paths.backups, 'agents'),
    paths.backups,
    paths.own,
    paths.app,
  ];
  removeEmptyFolders([...new Set([...(record?.createdFolders ?? []), ...ours])]);
  return [
    ...foreign.map((path) => `${path} is not ours`),
    ...(fs.existsSync(paths.own) ? [`what was recorded stays in ${paths.own}`] : []),
  ];
}
