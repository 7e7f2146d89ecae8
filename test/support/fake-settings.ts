/** Settings that can be changed, kept in memory. */
import {
  defaultSettings,
  type SettingName,
  type SettingsChange,
  type SettingsView,
  settingProblem,
} from '../../src-core/contract/settings.ts';
import { FAKE_ZONE } from './fake-history.ts';

/** The two ends of made-up settings. */
export interface FakeSettings {
  read(now: number): SettingsView;
  change(change: { name: SettingName; value?: unknown }): SettingsChange;
}

/** Settings of somebody who chose a little. */
export function fakeSettings(): FakeSettings {
  let settings = { ...defaultSettings, excludedFolders: ['/home/dev/private'] };
  return {
    read: (now) => ({
      now,
      settings,
      defaults: { ...defaultSettings },
      path: '~/.claude/data/hookline/settings.json',
      problems: [],
      isPaused: false,
      isInstalled: true,
      machineZone: FAKE_ZONE,
    }),
    change: ({ name, value }) => {
      const problem = settingProblem(name, value);
      if (problem === null) settings = { ...settings, [name]: value };
      return { isApplied: problem === null, problem };
    },
  };
}
