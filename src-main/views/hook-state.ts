/** Whether the hook is in place, as the files say. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'jsonc-parser';
import { isObject, textOf } from '../../src-core/base/json.ts';
import type { Paths } from '../../src-core/files/paths.ts';

/** What is installed, and what Claude Code will make of it. */
export interface HookState {
  /** The launcher is in place. */
  readonly hasLauncher: boolean;
  /** settings.json names the launcher in at least one hook. */
  readonly isRegistered: boolean;
  /** settings.json switches all hooks off. */
  readonly areHooksDisabled: boolean;
  readonly version: string | null;
}

/** Reads it; a settings.json that cannot be read counts as one that names nothing. */
export function readHookState(paths: Paths): HookState {
  const settings = readSettingsJson(paths.settingsJson);
  return {
    hasLauncher: existsSync(paths.launcher),
    isRegistered: JSON.stringify(settings.hooks ?? null).includes(
      JSON.stringify(paths.launcher).slice(1, -1),
    ),
    areHooksDisabled: settings.disableAllHooks === true,
    version: readVersion(paths),
  };
}

function readSettingsJson(path: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''), [], {
      allowTrailingComma: true,
    });
    return isObject(value) ? value : {};
  } catch {
    return {};
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
