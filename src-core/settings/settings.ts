/**
 * The user's choices, one JSON file of ours. Each part that is wrong is replaced by its default and
 * reported, unknown members are kept when the file is written again.
 */
import * as v from 'valibot';
import type { Json } from '../base/json.ts';
import { readRawSettings, textsIn } from './raw-settings.ts';

/** Every setting with its default. */
const FIELDS = {
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
} as const;

type Fields = typeof FIELDS;
/** The settings as the program uses them. */
export type Settings = { readonly [F in keyof Fields]: v.InferOutput<Fields[F]> };

/** What reading gave: always usable settings, and what was wrong with the file. */
export interface SettingsRead {
  readonly settings: Settings;
  readonly problems: readonly string[];
}

/** The settings of somebody who chose nothing. */
export const defaultSettings: Settings = readFields({}).settings;

/** Reads the file; a missing one gives the defaults. Never throws. */
export function readSettings(path: string): SettingsRead {
  const { raw, problem } = readRawSettings(path);
  const { settings, problems } = readFields(raw);
  return { settings, problems: problem === null ? problems : [problem, ...problems] };
}

/** The settings that a file's members make; each wrong one gives its default and a problem. */
export function readFields(raw: Json): SettingsRead {
  const problems: string[] = [];
  const entries = Object.entries(FIELDS).map(([name, schema]) => {
    const result = v.safeParse(schema, raw[name]);
    if (result.success) return [name, result.output];
    problems.push(`setting ${name}: ${result.issues[0].message}; the default is used`);
    return [name, name === 'excludedFolders' ? textsIn(raw[name]) : v.getDefault(schema)];
  });
  return { settings: Object.fromEntries(entries) as Settings, problems };
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
