/** Texts without a secret in them: commands, paths, ids, messages as they are seen every day. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/** Commands, paths, ids and messages, one each. */
export const ORDINARY_LINES: readonly string[] = readFileSync(
  join(import.meta.dirname, '..', 'fixtures', 'redaction', 'ordinary.txt'),
  'utf8',
)
  .split('\n')
  .filter((line) => line !== '');

/** Paths of the files that are installed for development, as somebody's project would hold them. */
export function installedPaths(most: number): readonly string[] {
  const folder = join(ROOT, 'node_modules');
  const names = readdirSync(folder, { recursive: true }) as string[];
  const step = Math.max(1, Math.floor(names.length / most));
  return names.filter((_, i) => i % step === 0).map((name) => `/Users/dev/project/${name}`);
}

/** Lines of the lockfile: checksums and addresses. */
export function lockfileLines(): readonly string[] {
  return readFileSync(join(ROOT, 'package-lock.json'), 'utf8').split('\n');
}
