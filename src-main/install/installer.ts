/** Installing and uninstalling for one root, as the app and the command line do it. */
import type { Clock } from '../../src-core/base/clock.ts';
import type { InstallPlanView } from '../../src-core/contract/views.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { readSettings } from '../../src-core/settings/settings.ts';
import { forgetRoot, rememberRoot, rootOf } from '../settings/roots.ts';
import { shortPath } from '../views/short-path.ts';
import type { HookAssets } from './hook-files.ts';
import { applyInstall, type InstallPlan, type InstallResult, planInstall } from './install.ts';
import { recheckHook, writeAppFile } from './recheck.ts';
import { createRunner } from './run-command.ts';
import type { RuntimeCheck } from './runtimes.ts';
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
  /** The plan with paths as a page shows them. */
  shownPlan(): InstallPlanView;
  install(): Promise<InstallResult>;
  /** Starts the recorded runtimes and looks for others where one is gone; see `recheckHook`. */
  recheck(): Promise<readonly RuntimeCheck[]>;
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
  const ports = () => ({
    run: createRunner(paths.home, options.environment),
    identity: currentIdentity(),
    places: {
      home: paths.home,
      environment: options.environment,
      ownNode: options.ownNode,
      appFolder: options.appFolder,
    },
  });
  return {
    plan: () => planInstall(paths, assets, choices()),
    shownPlan: () => {
      const { view } = planInstall(paths, assets, choices());
      const files = view.files.map(({ path, what }) => ({
        path: shortPath(path, paths.home),
        what,
      }));
      return { ...view, settingsPath: shortPath(view.settingsPath, paths.home), files };
    },
    install: () =>
      applyInstall(paths, assets, {
        ...choices(),
        clock,
        ...ports(),
        onInstalled: () => {
          writeAppFile(paths, assets.hookScript);
          return rememberRoot(paths, rootOf(paths));
        },
      }),
    recheck: () => recheckHook(paths, { ...ports(), appFile: assets.hookScript }),
    planRemoval: () => planUninstall(paths),
    uninstall: () => {
      const result = applyUninstall(paths, { clock });
      if (result.exitCode === 0) forgetRoot(paths, rootOf(paths));
      return result;
    },
  };
}
