import type { SettingName, SettingsView as View } from '../../../src-core/contract/settings.ts';

/** What the settings show and what they can ask for. */
export interface SettingsProps {
  readonly view: View;
  /** What was wrong with the last change, by setting. */
  readonly problems: Readonly<Partial<Record<SettingName, string>>>;
  readonly change: (name: SettingName, value: unknown) => void;
  readonly setPaused: (isPaused: boolean) => void;
  readonly chooseFolder: () => Promise<string | null>;
  readonly isMac: boolean;
}
