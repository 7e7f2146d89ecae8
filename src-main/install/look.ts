/** What installing starts from: the settings file, the hook's files, and what the user chose. */
import type { Paths } from '../../src-core/files/paths.ts';
import { readSettings } from './apply-settings.ts';
import {
  type CommandFile,
  type HookAssets,
  type HookFileStep,
  planHookFiles,
} from './hook-files.ts';
import { chooseForm, type FormChoice } from './hook-form.ts';
import { planHookInstall } from './hook-settings.ts';
import type { Looked } from './install-findings.ts';
import { type InstallRecord, readInstallRecord, writtenSettingsOf } from './install-record.ts';
import type { ClaudeAgent } from './old-agents.ts';
import { beneathOf, type OldChoice } from './old-choice.ts';
import { nodeDisk } from './replace-file.ts';
import type { InstallSettingsPlan } from './settings-plan.ts';

/** What the user chose. */
export interface InstallOptions {
  readonly version: string;
  readonly preToolUse: boolean;
  readonly form: FormChoice;
  /** The commands that are put on PATH. */
  readonly commands?: readonly CommandFile[];
  /** What is done with the old pipeline; it is left as it is where nothing is said. */
  readonly old?: OldChoice;
  /** The agents of the `com.claude` family that were found. */
  readonly agents?: readonly ClaudeAgent[];
}

/** What is there, and what installing would make of it. */
export interface Seen extends Looked {
  readonly record: InstallRecord | null;
  readonly steps: readonly HookFileStep[];
}

/** Looks at the settings file and the hook's files; writes nothing. @throws what the disk says */
export function look(
  paths: Paths,
  assets: HookAssets,
  options: InstallOptions,
): Seen & { readonly settings: InstallSettingsPlan } {
  const read = readSettings(nodeDisk, paths.settingsJson);
  if (read.kind === 'failed') throw new Error(read.reason);
  const form = chooseForm(paths, options.form);
  const { preToolUse, version } = options;
  const entry = { launcher: paths.launcher, form: form.form, preToolUse };
  const record = readInstallRecord(paths.installRecord);
  const { old = 'leave' } = options;
  const settings = planSettings(paths, { entry, record, old }, read.bytes);
  const steps = planHookFiles(paths, assets, version, options.commands);
  return { bytes: read.bytes, form, entry, record, old, settings, steps };
}

/** The agents whose files go or come back. */
export function movedAgents(
  { old, record }: Seen,
  { agents = [] }: Pick<InstallOptions, 'agents'>,
): readonly { readonly label: string; readonly file: string; readonly isBack: boolean }[] {
  if (old === 'leave') return [];
  if (old === 'retire')
    return agents
      .filter(({ isOld }) => isOld)
      .map(({ label, file }) => ({ label, file, isBack: false }));
  return (record?.retired?.agents ?? []).map(({ label, file }) => ({ label, file, isBack: true }));
}

/** Plans settings.json anew, from whatever it holds by now. */
export function planSettings(
  paths: Paths,
  { entry, record, old }: Pick<Seen, 'entry' | 'record' | 'old'>,
  bytes: Buffer | null,
): InstallSettingsPlan {
  const known = writtenSettingsOf(record);
  const beneath = beneathOf(old, record);
  const more = beneath === undefined ? {} : { beneath };
  return planHookInstall(bytes, { ...entry, ...more, path: paths.settingsJson, known });
}
