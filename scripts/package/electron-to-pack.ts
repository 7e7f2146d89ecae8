/** Which Electron goes into a package. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RuntimeSearch } from '../electron-runtime/runtime.ts';

/** An Electron for electron-builder. */
export interface PackedElectron {
  readonly version: string;
  /** Its distribution's folder. */
  readonly folder: string;
  /** True for what was rebuilt from npm: good for tests, not for people. */
  readonly isFallback: boolean;
  /** Removes what was made for packing alone. */
  remove(): void;
}

/**
 * The found runtime in the form in which electron-builder takes one: without a default app, which
 * would lie beside ours in the package.
 * @throws when there is no runtime
 */
export function electronToPack(search: RuntimeSearch): PackedElectron {
  if (search.kind === 'missing') throw new Error(search.reason);
  const { folder, version, source } = search.runtime;
  const isFallback = source === 'fallback';
  if (!isFallback) return { version, folder, isFallback, remove: () => {} };
  const copy = mkdtempSync(join(tmpdir(), 'hookline-electron-'));
  const defaultApp = join(folder, 'resources', 'app');
  cpSync(folder, copy, { recursive: true, filter: (path) => path !== defaultApp });
  return {
    version,
    folder: copy,
    isFallback,
    remove: () => rmSync(copy, { recursive: true, force: true }),
  };
}
