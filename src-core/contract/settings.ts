/** The user's choices: every setting with what it may be and what it is for those who chose nothing. */
import * as v from 'valibot';

/** What one text of the tray may say beside its icon. */
export const TrayTitle = v.picklist(['none', 'calls', 'success', 'errors', 'waiting']);
export type TrayTitle = v.InferOutput<typeof TrayTitle>;

/** What a notification may be about. */
export const NoticeKind = v.picklist(['capture', 'drift', 'purge', 'disk']);
export type NoticeKind = v.InferOutput<typeof NoticeKind>;

const MODIFIER =
  /^(Command|Cmd|Control|Ctrl|CommandOrControl|CmdOrCtrl|Alt|Option|AltGr|Shift|Super|Meta)$/;
const KEY =
  /^([A-Z0-9]|F([1-9]|1\d|2[0-4])|Space|Tab|Backspace|Delete|Insert|Return|Up|Down|Left|Right|Home|End|PageUp|PageDown|[-=[\];',./`\\])$/;

/** Every setting with its schema and default. */
export const SETTINGS = {
  /** How much of an event is kept. */
  privacy: v.optional(v.picklist(['metadata', 'redacted', 'full']), 'metadata'),
  /** IANA name; null follows the machine. */
  timeZone: v.optional(
    v.nullable(v.pipe(v.string(), v.check(isTimeZone, 'not a time zone'))),
    null,
  ),
  /** Hooks PreToolUse too, so that "running now" is known; costs a second launcher a call. */
  preToolUse: v.optional(v.boolean(), false),
  /** Folders whose sessions are not recorded. */
  excludedFolders: v.optional(v.array(v.string()), []),
  /** The system starts the installed app at login. */
  launchAtLogin: v.optional(v.boolean(), true),
  /** What stands beside the tray's icon; macOS only. */
  trayTitle: v.optional(TrayTitle, 'none'),
  /** What the app may notify of. */
  notifications: v.optional(v.array(NoticeKind), ['capture', 'drift', 'purge', 'disk']),
  /** Keys that open the glance from everywhere, as Electron names them; null for none. */
  shortcut: v.optional(
    v.nullable(v.pipe(v.string(), v.check(isShortcut, 'not a key with a modifier'))),
    null,
  ),
} as const;

type Fields = typeof SETTINGS;
/** The settings as the program uses them. */
export type Settings = { readonly [F in keyof Fields]: v.InferOutput<Fields[F]> };
/** The name of a setting. */
export type SettingName = keyof Settings;

/** The names of all settings. */
export const settingNames = Object.keys(SETTINGS) as readonly SettingName[];

/** The settings of somebody who chose nothing. */
export const defaultSettings: Settings = v.parse(v.object(SETTINGS), {});

/** The settings as a page is told them. */
export const SettingsView = v.object({
  now: v.number(),
  settings: v.object(SETTINGS),
  defaults: v.object(SETTINGS),
  /** The file, as a person reads its path. */
  path: v.string(),
  /** What is wrong with the file; the name is null where it is wrong as a whole. */
  problems: v.array(v.object({ name: v.nullable(v.string()), message: v.string() })),
  isPaused: v.boolean(),
  isInstalled: v.boolean(),
  /** The machine's own zone. */
  machineZone: v.string(),
});
export type SettingsView = v.InferOutput<typeof SettingsView>;

/** What became of a change; the problem is for the field that was changed. */
export const SettingsChange = v.object({
  isApplied: v.boolean(),
  problem: v.nullable(v.string()),
});
export type SettingsChange = v.InferOutput<typeof SettingsChange>;

/** Why a value cannot be a setting's; null for one that can. */
export function settingProblem(name: SettingName, value: unknown): string | null {
  const result = v.safeParse(SETTINGS[name], value);
  return result.success ? null : result.issues[0].message;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** True for one key with at least one modifier that is not Shift alone. */
function isShortcut(keys: string): boolean {
  const parts = keys.split('+');
  const key = parts.pop() ?? '';
  return (
    KEY.test(key) &&
    parts.every((part) => MODIFIER.test(part)) &&
    parts.some((part) => part !== 'Shift')
  );
}
