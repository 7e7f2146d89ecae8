/** Writes the user's choices. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeFileSync } from 'atomically';
import type { SettingName, Settings } from '../../src-core/contract/settings.ts';
import { readRawSettings } from '../../src-core/settings/raw-settings.ts';
import { readFields } from '../../src-core/settings/settings.ts';

/**
 * Writes changed settings atomically (0600), keeping members that we do not know.
 * @throws when the present file is no JSON object, because writing would lose what it holds, and
 * the system's error when it cannot be written
 */
export function updateSettings(
  path: string,
  changes: Readonly<Partial<Record<SettingName, unknown>>>,
): Settings {
  const { raw, problem } = readRawSettings(path);
  if (problem !== null) throw new Error(`${problem}; mend or move it, then try again`);
  const next = { ...raw, ...changes };
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600 });
  return readFields(next).settings;
}
