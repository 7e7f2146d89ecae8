/** Which root this installed hook belongs to: written beside it by install, never taken from the environment. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, textOf } from '../src-core/base/json.ts';
import { createPaths, type Paths } from '../src-core/files/paths.ts';

/**
 * The places of the root in whose hook folder this program lies.
 * @throws when the record is missing or damaged
 */
export function installedPaths(folder: string): Paths {
  const path = join(folder, 'root.json');
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const home = isObject(value) ? textOf(value.home) : null;
  if (!isObject(value) || home === null)
    throw new Error(`${path} names no home; run hookline install`);
  return createPaths({ home, claudeConfigDir: textOf(value.claudeConfigDir) ?? undefined });
}
