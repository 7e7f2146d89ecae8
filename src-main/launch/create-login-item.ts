/** Chooses the system's way of starting the app at login. */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createLoginPaths, type Paths } from '../../src-core/files/paths.ts';
import { readSettings } from '../../src-core/settings/settings.ts';
import type { RunCommand } from '../install/run-command.ts';
import { createLaunchctl, type Launchctl } from './launchctl.ts';
import { createLinuxLogin } from './linux-login.ts';
import type { LoginItem, LoginOutcome, LoginProgram } from './login-item.ts';
import { createMacAgent } from './mac-agent.ts';
import { createOwnFolders } from './own-file.ts';

/** What the choice depends on. */
export interface LoginItemOptions {
  readonly paths: Paths;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The installed app; null in a checkout, which the system must not start. */
  readonly program: LoginProgram | null;
  readonly run: RunCommand;
  readonly platform?: NodeJS.Platform;
}

/** Builds the registration. */
export function createLoginItem(options: LoginItemOptions): LoginItem {
  const { paths, environment, program, run, platform = process.platform } = options;
  const places = createLoginPaths(paths.home, environment.XDG_CONFIG_HOME);
  const folders = createOwnFolders(join(paths.app, 'login-folders.json'));
  if (platform !== 'darwin') return createLinuxLogin({ places, program, run, folders });
  const launchctl = createLaunchctlOf(run);
  return createMacAgent({ places, program, launchctl, folders, ownPid: process.pid });
}

/** launchd, in the session of the user who runs this. */
export function createLaunchctlOf(run: RunCommand): Launchctl {
  return createLaunchctl({ run, uid: process.getuid?.() ?? 0, pause });
}

/** Brings the registration into the state that the setting asks for. */
export async function followSetting(
  item: LoginItem,
  paths: Paths,
  options: { readonly isAsked: boolean },
): Promise<LoginOutcome> {
  const { launchAtLogin } = readSettings(paths.settings).settings;
  return launchAtLogin ? item.register(options) : item.remove();
}
