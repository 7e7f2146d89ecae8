/** Whether the hook is in place, as the files say. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, textOf } from '../../src-core/base/json.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { readSettings } from '../../src-core/settings/settings.ts';
import { inspectHooks } from '../install/hook-settings.ts';

/** What is installed, and what Claude Code will make of it. */
export interface HookState {
  /** The launcher is in place. */
  readonly hasLauncher: boolean;
  /** settings.json calls the launcher, as install registers it, for at least one event. */
  readonly isRegistered: boolean;
  /** Events that install registers and settings.json does not, or not as install does. */
  readonly missingEvents: readonly string[];
  /** settings.json switches all hooks off. */
  readonly areHooksDisabled: boolean;
  readonly version: string | null;
}

/** Reads it; a settings.json that cannot be read counts as one that names nothing. */
export function readHookState(paths: Paths): HookState {
  const bytes = readBytes(paths.settingsJson);
  const { preToolUse } = readSettings(paths.settings).settings;
  const states = (['exec', 'shell'] as const)
    .map((form) => inspectHooks(bytes, { launcher: paths.launcher, form, preToolUse }))
    .filter((state) => state.kind === 'state')
    .sort((a, b) => b.present.length - a.present.length);
  return {
    hasLauncher: existsSync(paths.launcher),
    isRegistered: states.some(({ present }) => present.length > 0),
    missingEvents: states[0]?.missing ?? [],
    areHooksDisabled: states.some(({ isDisabled }) => isDisabled),
    version: readVersion(paths),
  };
}

function readBytes(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

function readVersion(paths: Paths): string | null {
  try {
    const value: unknown = JSON.parse(readFileSync(join(paths.hookFolder, 'root.json'), 'utf8'));
    return isObject(value) ? textOf(value.version) : null;
  } catch {
    return null;
  }
}
