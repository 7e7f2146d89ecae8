import type { SettingName } from '../../../src-core/contract/settings.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { Field, Toggle } from './field.tsx';
import { FoldersField } from './folders-field.tsx';
import styles from './settings.module.css';
import type { SettingsProps } from './settings-props.ts';
import { ShortcutField } from './shortcut-field.tsx';
import { text } from './text.ts';

const LEVELS = ['metadata', 'redacted', 'full'] as const;
const TITLES = ['none', 'calls', 'success', 'errors', 'waiting'] as const;
const NOTICES = ['capture', 'drift', 'purge', 'disk'] as const;

function problemOf({ problems }: SettingsProps, name: SettingName): string | null {
  const problem = problems[name];
  return problem === undefined ? null : text.failed(problem);
}

/** Puts back the default; undefined where it is in force already. */
function resetOf({ view, change }: SettingsProps, name: SettingName): (() => void) | undefined {
  const standard = view.defaults[name];
  const isStandard = JSON.stringify(view.settings[name]) === JSON.stringify(standard);
  return isStandard ? undefined : () => change(name, standard);
}

/** What is recorded: pause, privacy, folders, PreToolUse, and how long it is kept. */
export function RecordingFields(props: SettingsProps) {
  const { view, change } = props;
  const { isPaused, isInstalled, settings } = view;
  const pause = text.pause;
  return (
    <>
      <Field
        label={pause.label}
        note={isInstalled ? (isPaused ? pause.paused : pause.on) : pause.notInstalled}
        isGroup
      >
        {() => (
          <Button isDisabled={!isInstalled} onPress={() => props.setPaused(!isPaused)}>
            {isPaused ? pause.resume : pause.pause}
          </Button>
        )}
      </Field>
      <Field
        label={text.privacy.label}
        note={text.privacy.note}
        problem={problemOf(props, 'privacy')}
        onReset={resetOf(props, 'privacy')}
        isGroup
        isWide
      >
        {(ids) => (
          <div role="radiogroup" aria-labelledby={ids.label} className={styles.levels}>
            {LEVELS.map((level) => (
              <label key={level} className={styles.level}>
                <input
                  type="radio"
                  name={ids.control}
                  checked={settings.privacy === level}
                  onChange={() => change('privacy', level)}
                />
                <span>
                  <b className={styles.levelName}>{text.privacy.options[level].label}</b>
                  {text.privacy.options[level].detail}
                </span>
              </label>
            ))}
          </div>
        )}
      </Field>
      <FoldersField
        folders={settings.excludedFolders}
        problem={problemOf(props, 'excludedFolders')}
        onChange={(folders) => change('excludedFolders', folders)}
        choose={props.chooseFolder}
      />
      <Field
        label={text.preToolUse.label}
        note={
          isInstalled
            ? text.preToolUse.note
            : `${text.preToolUse.note} ${text.preToolUse.notInstalled}`
        }
        problem={problemOf(props, 'preToolUse')}
      >
        {(ids) => (
          <Toggle
            ids={ids}
            isOn={settings.preToolUse}
            onChange={(isOn) => change('preToolUse', isOn)}
          />
        )}
      </Field>
      <Field label={text.retention.label} note={text.retention.note} isGroup>
        {() => null}
      </Field>
    </>
  );
}

/** What the icon says, and the zone of all figures. */
export function IconFields(props: SettingsProps) {
  const { view, change } = props;
  const { settings } = view;
  return (
    <>
      <Field
        label={text.trayTitle.label}
        note={props.isMac ? undefined : text.trayTitle.macOnly}
        problem={problemOf(props, 'trayTitle')}
        onReset={resetOf(props, 'trayTitle')}
      >
        {(ids) => (
          <Select
            id={ids.control}
            describedBy={ids.describedBy}
            label={text.trayTitle.label}
            options={TITLES.map((value) => ({ value, label: text.trayTitle.options[value] }))}
            value={settings.trayTitle}
            onChange={(value) => change('trayTitle', value)}
          />
        )}
      </Field>
      <Field
        label={text.timeZone.label}
        problem={problemOf(props, 'timeZone')}
        onReset={resetOf(props, 'timeZone')}
      >
        {(ids) => (
          <Select
            id={ids.control}
            describedBy={ids.describedBy}
            label={text.timeZone.label}
            options={[
              { value: '', label: text.timeZone.machine(view.machineZone) },
              ...zoneNames(settings.timeZone).map((value) => ({ value, label: value })),
            ]}
            value={settings.timeZone ?? ''}
            onChange={(value) => change('timeZone', value === '' ? null : value)}
          />
        )}
      </Field>
      <ShortcutField
        value={settings.shortcut}
        problem={problemOf(props, 'shortcut')}
        onChange={(keys) => change('shortcut', keys)}
      />
    </>
  );
}

/** A zone that was chosen stays in the list, also where this browser does not list it. */
function zoneNames(chosen: string | null): readonly string[] {
  const names = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')];
  return chosen === null || names.includes(chosen) ? names : [chosen, ...names];
}

/** What the app may notify of. */
export function NoticeFields(props: SettingsProps) {
  const { view, change } = props;
  const { notifications } = view.settings;
  return (
    <Field
      label={text.notifications.label}
      note={text.notifications.note}
      problem={problemOf(props, 'notifications')}
      onReset={resetOf(props, 'notifications')}
      isGroup
      isWide
    >
      {(ids) => (
        <fieldset aria-labelledby={ids.label} className={styles.levels}>
          {NOTICES.map((kind) => (
            <label key={kind} className={styles.level}>
              <input
                type="checkbox"
                checked={notifications.includes(kind)}
                onChange={(event) =>
                  change(
                    'notifications',
                    NOTICES.filter((each) =>
                      each === kind ? event.currentTarget.checked : notifications.includes(each),
                    ),
                  )
                }
              />
              <span>{text.notifications.kinds[kind]}</span>
            </label>
          ))}
        </fieldset>
      )}
    </Field>
  );
}

/** How the app comes and stays. */
export function AppFields(props: SettingsProps) {
  const { view, change } = props;
  return (
    <>
      <Field
        label={text.launchAtLogin.label}
        note={text.launchAtLogin.note}
        problem={problemOf(props, 'launchAtLogin')}
      >
        {(ids) => (
          <Toggle
            ids={ids}
            isOn={view.settings.launchAtLogin}
            onChange={(isOn) => change('launchAtLogin', isOn)}
          />
        )}
      </Field>
      <Field label={text.updates.label} note={text.updates.note} isGroup>
        {() => null}
      </Field>
    </>
  );
}
