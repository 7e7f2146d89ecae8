/** The settings as the settings page reads and changes them. */
import { existsSync } from 'node:fs';
import {
  defaultSettings,
  type SettingName,
  type SettingsChange,
  type SettingsView,
  settingNames,
  settingProblem,
} from '../../src-core/contract/settings.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { readRawSettings } from '../../src-core/settings/raw-settings.ts';
import { readSettings } from '../../src-core/settings/settings.ts';
import { machineZone } from '../stats/zone.ts';
import { shortPath } from '../views/short-path.ts';
import { updateSettings } from './update-settings.ts';

/** The settings, what is wrong with their file, and what decides which of them have an effect. */
export function settingsView(
  paths: Paths,
  { now, isInstalled }: { readonly now: number; readonly isInstalled: boolean },
): SettingsView {
  return {
    now,
    settings: { ...readSettings(paths.settings).settings },
    defaults: { ...defaultSettings },
    path: shortPath(paths.settings, paths.home),
    problems: problemsOf(paths),
    isPaused: existsSync(paths.pauseMarker),
    isInstalled,
    machineZone: machineZone(),
  };
}

function problemsOf({ settings }: Paths): SettingsView['problems'] {
  const { raw, problem } = readRawSettings(settings);
  if (problem !== null) return [{ name: null, message: problem }];
  return settingNames.flatMap((name) => {
    const message = settingProblem(name, raw[name]);
    return message === null ? [] : [{ name, message }];
  });
}

/** What a change of one setting needs besides writing it. */
export interface SettingEffects {
  /** Registers the hook anew where it is installed; why that could not be done, else null. */
  readonly reinstall: () => Promise<string | null>;
  /** Tells the system whether the app is started at login; why that could not be done, else null. */
  readonly followLogin: () => Promise<string | null>;
}

/**
 * Writes one setting. What
 * cannot be carried out is taken back, so that the file says what is.
 * @throws the system's error when the file cannot be written
 */
export async function changeSetting(
  paths: Paths,
  { name, value }: { readonly name: SettingName; readonly value: unknown },
  effects: SettingEffects,
): Promise<SettingsChange> {
  const problem = settingProblem(name, value);
  if (problem !== null) return { isApplied: false, problem };
  const before = readSettings(paths.settings).settings[name];
  updateSettings(paths.settings, { [name]: value });
  const obstacle = before === value ? null : await carryOut(name, effects);
  if (obstacle === null) return { isApplied: true, problem: null };
  updateSettings(paths.settings, { [name]: before });
  return { isApplied: false, problem: obstacle };
}

async function carryOut(name: SettingName, effects: SettingEffects): Promise<string | null> {
  switch (name) {
    case 'preToolUse':
      return effects.reinstall();
    case 'launchAtLogin':
      return effects.followLogin();
    default:
      return null;
  }
}
