/** The built hook: what `npm run build` made, or, where the sources are newer, one of our own. */
import { mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '..', '..');
const BUILT = join(ROOT, 'out', 'hook', 'hook.cjs');
const CONFIG = join(ROOT, 'build', 'vite.hook.config.ts');

/** Path of an up-to-date bundle. */
export async function hookBundle(): Promise<string> {
  const builtAt = statSync(BUILT, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (builtAt > newestSource()) return BUILT;
  // Not into out/: another test file may be copying it in this moment.
  const outDir = mkdtempSync(join(tmpdir(), 'hookline-hook-'));
  await build({ root: ROOT, configFile: CONFIG, build: { outDir } });
  return join(outDir, 'hook.cjs');
}

function newestSource(): number {
  const sources = ['src-core', 'src-hook'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => join(ROOT, folder, name)),
  );
  return Math.max(...[CONFIG, ...sources].map((path) => statSync(path).mtimeMs));
}
