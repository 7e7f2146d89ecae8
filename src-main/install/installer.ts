/** Installing and uninstalling for one root, as the app and the command line do it. */
import type { Clock } from '../../src-core/base/clock.ts';
import type { Paths, RootOptions } from '../../src-core/files/paths.ts';
import { readSettings, type Settings } from '../../src-core/settings/settings.ts';
import { updateSettings } from '../settings/update-settings.ts';
import type { HookAssets } from './hook-files.ts';
import { applyInstall, type InstallPlan, type InstallResult, planInstall } from './install.ts';
import { createRunner } from './run-command.ts';
import { currentIdentity } from './trusted-path.ts';
import {
  applyUninstall,
  planUninstall,
  type UninstallPlan,
  type UninstallResult,
} from './uninstall.ts';

/** What an installer knows of the program that runs it. */
export interface InstallerOptions {
  readonly paths: Paths;
  readonly assets: HookAssets;
  readonly version: string;
  readonly clock: Clock;
  /** The user's environment: where Node may be. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The Node that runs this program; null inside Electron. */
  readonly ownNode: string | null;
  readonly appFolder: string | null;
}

/** Plans write nothing; the others do what the plan said. */
export interface Installer {
  plan(): InstallPlan;
  install(): Promise<InstallResult>;
  planRemoval(): UninstallPlan;
  uninstall(): UninstallResult;
}

/** Builds the installer of a root. */
export function createInstaller(options: InstallerOptions): Installer {
  const { paths, assets, clock, version } = options;
  const choices = () => {
    const { preToolUse } = readSettings(paths.settings).settings;
    return { version, preToolUse, form: 'auto' as const };
  };
  return {
    plan: () => planInstall(paths, assets, choices()),
    install: () =>
      applyInstall(paths, assets, {
        ...choices(),
        clock,
        run: createRunner(paths.home, options.environment),
        identity: currentIdentity(),
        places: {
          home: paths.home,
          environment: options.environment,
          ownNode: options.ownNode,
          appFolder: options.appFolder,
        },
        onInstalled: (root) => rememberRoot(paths, root),
      }),
    planRemoval: () => planUninstall(paths),
    uninstall: () => applyUninstall(paths, { clock }),
  };
}

/** Adds the root to the settings' list, so that an app started without a shell knows it. */
function rememberRoot(paths: Paths, { home, claudeConfigDir }: RootOptions): void {
  const root: Settings['roots'][number] = { home, claudeConfigDir: claudeConfigDir ?? null };
  const { roots } = readSettings(paths.settings).settings;
  const isKnown = roots.some(
    (known) => known.home === root.home && known.claudeConfigDir === root.claudeConfigDir,
  );
  if (!isKnown) updateSettings(paths.settings, { roots: [...roots, root] });
}
