import { useState } from 'react';
import type { SettingName } from '../../src-core/contract/settings.ts';
import { callMain } from '../data/bridge.ts';
import { isMac } from '../data/platform.ts';
import { useChangeSetting, usePause, useSettings } from '../data/queries.ts';
import { NoSettings, SettingsView } from '../features/settings/settings-view.tsx';

/** The settings bound to main. */
export function SettingsApp() {
  const shown = useSettings();
  const change = useChangeSetting();
  const pause = usePause();
  const [problems, setProblems] = useState<Readonly<Partial<Record<SettingName, string>>>>({});
  const view = shown.data;
  if (view === undefined) {
    return <NoSettings failure={shown.error?.message ?? null} onTryAgain={shown.retry} />;
  }
  const say = (name: SettingName, problem: string | null): void =>
    setProblems(({ [name]: _, ...others }) =>
      problem === null ? others : { ...others, [name]: problem },
    );
  const wish = change.isPending ? change.variables : undefined;
  // What was chosen stands at once; it goes back by itself when main could not do it.
  const settings =
    wish === undefined ? view.settings : { ...view.settings, [wish.name]: wish.value };
  return (
    <SettingsView
      view={{ ...view, settings }}
      problems={problems}
      change={(name, value) =>
        change.mutate(
          { name, value },
          {
            onSuccess: ({ problem }) => say(name, problem),
            onError: ({ message }) => say(name, message),
          },
        )
      }
      setPaused={(isPaused) => pause.mutate(isPaused)}
      chooseFolder={async () => (await callMain('settings.chooseFolder', {})).folder}
      isMac={isMac}
    />
  );
}
