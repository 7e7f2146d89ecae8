/**
 * Installs the hook: first a plan that writes nothing, then the same thing done.
 *
 * The hook's files come before the entries that call them, so that no entry ever points to nothing;
 * what was done is recorded before settings.json is touched, so that it can always be undone.
 */
import { assertNever } from '../../src-core/base/assert-never.ts';
import type { Clock } from '../../src-core/base/clock.ts';
import type { Finding, InstallPlanView } from '../../src-core/contract/views.ts';
import type { Paths, RootOptions } from '../../src-core/files/paths.ts';
import type { Launchctl } from '../launch/launchctl.ts';
import { rootOf } from '../settings/roots.ts';
import { applySettings, type SettingsOutcome } from './apply-settings.ts';
import { hooksSnippet } from './hook-entries.ts';
import { type HookAssets, type HookFileChanges, isDone } from './hook-files.ts';
import { installFindings } from './install-findings.ts';
import {
  type InstallRecord,
  readInstallRecord,
  writeInstallRecord,
  writtenSettingsOf,
} from './install-record.ts';
import { agentFinding, installPlanView, noRuntimeFinding, refusalText } from './install-view.ts';
import { type InstallOptions, look, movedAgents, planSettings, type Seen } from './look.ts';
import { copyAgents, moveAgents, nextRetired, type RetireSteps } from './old-choice.ts';
import { dropForgotten, keepOriginal } from './original-settings.ts';
import { type ProveHook, placeHookFiles, takeBackFiles } from './place-hook-files.ts';
import { type Disk, nodeDisk, writeObstacle } from './replace-file.ts';
import type { RuntimePlaces } from './runtime-candidates.ts';
import { findRuntimes, type Runtime, type RuntimePorts, writeRuntimes } from './runtimes.ts';
import { type InstallSettingsPlan, sha256, type WrittenSettings } from './settings-plan.ts';

/** What carrying out needs beside the choices. */
export interface InstallPorts extends RuntimePorts {
  readonly clock: Clock;
  readonly places: RuntimePlaces;
  readonly disk?: Disk;
  /** Proves the version before it replaces another; it is trusted where nothing is given. */
  readonly prove?: ProveHook;
  /** Runs the launcher where it is installed, and says whether it works there. */
  readonly works?: () => boolean;
  /** launchd; null where there is none. */
  readonly launchctl?: Launchctl | null;
  /** Called once the root is installed, also if it was before. */
  readonly onInstalled?: (root: RootOptions) => void | Promise<void>;
}

/** A plan for showing; nothing has been written. */
export interface InstallPlan {
  readonly view: InstallPlanView;
  readonly findings: readonly Finding[];
}

/** How an installation ended; `exitCode` is what a command line returns. */
export type InstallResult =
  | {
      readonly kind: 'installed' | 'already-installed';
      readonly exitCode: 0;
      /** The dated copy of settings.json as it was; null if there was none or it was not changed. */
      readonly backup: string | null;
      readonly runtimes: readonly Runtime[];
      readonly findings: readonly Finding[];
    }
  /** settings.json must not be edited; nothing was written. */
  | { readonly kind: 'refused'; readonly exitCode: 1; readonly reason: string }
  /** The hook is in place, but the entries have to be pasted by hand. */
  | {
      readonly kind: 'not-writable';
      readonly exitCode: 1;
      readonly reason: string;
      readonly snippet: string;
    }
  | { readonly kind: 'failed'; readonly exitCode: 1; readonly reason: string };

/** Says what installing would do. Writes nothing. */
export function planInstall(
  paths: Paths,
  assets: HookAssets,
  options: InstallOptions,
): InstallPlan {
  try {
    const seen = look(paths, assets, options);
    const { settings, steps } = seen;
    const obstacle = settings.kind === 'plan' ? writeObstacle(nodeDisk, paths.settingsJson) : null;
    return {
      view: installPlanView({
        paths,
        settings,
        steps,
        obstacle,
        agents: movedAgents(seen, options),
      }),
      findings: installFindings(seen),
    };
  } catch (error) {
    const view = { settingsPath: paths.settingsJson, alreadyInstalled: false, diff: '', files: [] };
    return { view: { ...view, refusal: messageOf(error) }, findings: [] };
  }
}

/** Installs. Done twice it is done once; a result other than success says what was left undone. */
export async function applyInstall(
  paths: Paths,
  assets: HookAssets,
  how: InstallOptions & InstallPorts,
): Promise<InstallResult> {
  try {
    const seen = look(paths, assets, how);
    if (seen.settings.kind === 'refused') {
      return { kind: 'refused', exitCode: 1, reason: refusalText(seen.settings) };
    }
    const runtimes = await findRuntimes(how.places, how);
    const placed = await placeHookFiles(paths, assets, { ...how, steps: seen.steps, runtimes });
    if (placed.kind === 'failed') return { ...placed, exitCode: 1 };
    return await installEntries(paths, how, { ...seen, runtimes, changes: placed.changes });
  } catch (error) {
    return { kind: 'failed', exitCode: 1, reason: messageOf(error) };
  }
}

async function installEntries(
  paths: Paths,
  how: InstallOptions & InstallPorts,
  seen: Seen & { readonly changes: HookFileChanges; readonly runtimes: readonly Runtime[] },
): Promise<InstallResult> {
  const { runtimes } = seen;
  writeRuntimes(paths.runtimes, runtimes);
  const record = mergeRecord(how, seen);
  const { old: choice, record: before } = seen;
  const agents = copyAgents(choice, paths, how.agents ?? []);
  const steps: RetireSteps = { choice, paths, clock: how.clock, record: before, agents };
  const outcome = applySettings<InstallSettingsPlan>({
    paths,
    clock: how.clock,
    disk: how.disk ?? nodeDisk,
    plan: (bytes) => planSettings(paths, seen, bytes),
    wantsBackup: ({ before }) => !isOursWhole(before, writtenSettingsOf(seen.record)),
    remember: (plan, backup) => {
      const { before, written } = plan;
      const sources = { original: written.original, before, backup, record: seen.record };
      const settings = { ...written, original: keepOriginal(paths, how.clock, sources) };
      const retired = nextRetired(steps, plan, backup);
      writeInstallRecord(paths.installRecord, { ...record, settings, retired });
    },
  });
  // What was remembered for a change that did not come about is forgotten again.
  const isChanged = outcome.kind === 'written' || outcome.kind === 'not-kept';
  if (!isChanged) writeInstallRecord(paths.installRecord, record);
  if (!isChanged && outcome.kind !== 'unchanged' && outcome.kind !== 'not-writable') {
    if (!seen.record) takeBackFiles(paths, seen.changes);
  }
  const isDone = outcome.kind === 'written' || outcome.kind === 'unchanged';
  const problems = isDone ? await finishOld(steps, outcome.kind === 'written', how) : [];
  return conclude(paths, how, { ...seen, outcome, problems, moved: agents.length > 0 });
}

/** Moves the agents once the hooks are moved; what is recorded says all the time what was done. */
async function finishOld(
  steps: RetireSteps,
  isWritten: boolean,
  { launchctl = null }: InstallPorts,
): Promise<readonly string[]> {
  const { paths, choice } = steps;
  const update = (retired: InstallRecord['retired']): void => {
    const record = readInstallRecord(paths.installRecord);
    if (record) writeInstallRecord(paths.installRecord, { ...record, retired });
  };
  if (!isWritten) update(nextRetired(steps, null, null));
  const problems = await moveAgents(steps, launchctl);
  if (choice === 'hand-back') {
    update(null);
    dropForgotten(steps.record, readInstallRecord(paths.installRecord));
  }
  return problems;
}

async function conclude(
  paths: Paths,
  how: InstallPorts,
  done: Seen & {
    readonly runtimes: readonly Runtime[];
    readonly outcome: SettingsOutcome<InstallSettingsPlan>;
    /** What did not work with the agents of the old pipeline. */
    readonly problems: readonly string[];
    readonly moved: boolean;
  },
): Promise<InstallResult> {
  const { outcome, runtimes } = done;
  switch (outcome.kind) {
    case 'refused':
      return { kind: 'refused', exitCode: 1, reason: refusalText(outcome) };
    case 'not-writable':
      return { ...outcome, exitCode: 1, snippet: hooksSnippet(done.entry) };
    case 'failed':
    case 'not-kept':
      return { kind: 'failed', exitCode: 1, reason: outcome.reason };
    case 'written':
    case 'unchanged': {
      await how.onInstalled?.(rootOf(paths));
      const isNew = outcome.kind === 'written' || done.moved || !done.steps.every(isDone);
      const noRuntime = runtimes.length === 0 ? [noRuntimeFinding()] : [];
      return {
        kind: isNew ? 'installed' : 'already-installed',
        exitCode: 0,
        backup: outcome.kind === 'written' ? outcome.backup : null,
        runtimes,
        findings: [...installFindings(done), ...noRuntime, ...done.problems.map(agentFinding)],
      };
    }
    default:
      return assertNever(outcome);
  }
}

function mergeRecord(
  { version, clock }: InstallOptions & InstallPorts,
  { record, changes }: Seen & { readonly changes: HookFileChanges },
): InstallRecord {
  const known = record?.tightened ?? [];
  const tightened = changes.tightened.filter(({ path }) => !known.some((it) => it.path === path));
  return {
    version: 1,
    installedAt: record?.installedAt ?? clock.now(),
    appVersion: version,
    settings: record?.settings ?? null,
    createdFolders: [...new Set([...(record?.createdFolders ?? []), ...changes.createdFolders])],
    tightened: [...known, ...tightened],
    retired: record?.retired ?? null,
  };
}

/** True if the file is what we wrote and what it was before is kept already. */
function isOursWhole(bytes: Buffer | null, known: WrittenSettings | null): boolean {
  if (!bytes || !known || known.original.kind === 'unknown') return false;
  return known.afterSha256 === sha256(bytes);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
