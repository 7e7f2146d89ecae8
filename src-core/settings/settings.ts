/**
 * The user's choices, one JSON file of ours. Each part that is wrong is replaced by its default and
 * reported, unknown members are kept when the file is written again.
 */
import * as v from 'valibot';
import type { Json } from '../base/json.ts';
import { SETTINGS, type Settings } from '../contract/settings.ts';
import { readRawSettings, textsIn } from './raw-settings.ts';

/** What reading gave: always usable settings, and what was wrong with the file. */
export interface SettingsRead {
  readonly settings: Settings;
  readonly problems: readonly string[];
}

/** Reads the file; a missing one gives the defaults. Never throws. */
export function readSettings(path: string): SettingsRead {
  const { raw, problem } = readRawSettings(path);
  const { settings, problems } = readFields(raw);
  return { settings, problems: problem === null ? problems : [problem, ...problems] };
}

/** The settings that a file's members make; each wrong one gives its default and a problem. */
export function readFields(raw: Json): SettingsRead {
  const problems: string[] = [];
  const entries = Object.entries(SETTINGS).map(([name, schema]) => {
    const result = v.safeParse(schema, raw[name]);
    if (result.success) return [name, result.output];
    problems.push(`setting ${name}: ${result.issues[0].message}; the default is used`);
    return [name, name === 'excludedFolders' ? textsIn(raw[name]) : v.getDefault(schema)];
  });
  return { settings: Object.fromEntries(entries) as Settings, problems };
}
