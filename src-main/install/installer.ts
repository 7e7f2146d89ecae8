/** Installing and uninstalling for one root, as the app and the command line do it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../src-core/base/clock.ts';
import type { Finding, InstallPlanView } from '../../src-core/contract/views.ts';
import { createLoginPaths, type Paths } from '../../src-core/files/paths.ts';
import { readSettings } from '../../src-core/settings/settings.ts';
import { createLaunchctlOf, createLoginItem, followSetting } from '../launch/create-login-item.ts';
import type { LoginItem, LoginOutcome, LoginProgram } from '../launch/login-item.ts';
import { forgetRoot, readRoots, rememberRoot, rootOf } from '../settings/roots.ts';
import { createHookProof } from '../upkeep/prove-hook.ts';
import { launcherRuns } from '../upkeep/self-test.ts';
import { shortPath } from '../views/short-path.ts';
import type { CommandFile, HookAssets } from './hook-files.ts';
import { applyInstall, type InstallPlan, type InstallResult, planInstall } from './install.ts';
import { readInstallRecord } from './install-record.ts';
import { offPathFinding } from './install-view.ts';
import type { InstallOptions } from './look.ts';
import { type ClaudeAgent, findClaudeAgents, putBack } from './old-agents.ts';
import type { OldChoice } from './old-choice.ts';
import type { ProveHook } from './place-hook-files.ts';
import { recheckHook, writeAppFile } from './recheck.ts';
import { type Renewal, renewHook } from './renew.ts';
import { createRunner, type RunCommand } from './run-command.ts';
import { type RuntimeCheck, readRuntimes } from './runtimes.ts';
import { buildShim, removeShims, type ShimName, shimAt } from './shim.ts';
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
  /** The command line's program; no command is put on PATH where it is null. */
  readonly script: string | null;
  /** The installed app, as the system starts it at login; null in a checkout. */
  readonly program: LoginProgram | null;
  readonly platform?: NodeJS.Platform;
  /** Runs other programs; by default it really does. */
  readonly run?: RunCommand;
  /** Proves a version of the hook; by default by a test event. */
  readonly prove?: ProveHook;
}

/** What the user chose beside the settings. */
export interface InstallChoice {
  readonly old: OldChoice;
  /** The command `ccc` as well. */
  readonly ccc: boolean;
}

/** What looking again at an installed hook found and did. */
export interface Recheck {
  readonly runtimes: readonly RuntimeCheck[];
  readonly hook: Renewal;
  /** Null where there is no app that could be started at login. */
  readonly login: LoginOutcome | null;
  /** What could not be set right, in words. */
  readonly problems: readonly string[];
}

/** Plans write nothing; the others do what the plan said. */
export interface Installer {
  plan(choice?: InstallChoice): Promise<InstallPlan>;
  /** The plan with paths as a page shows them. */
  shownPlan(): Promise<InstallPlanView>;
  install(choice?: InstallChoice): Promise<InstallResult>;
  /**
   * Starts the recorded runtimes and looks for others where one is gone, renews a hook of another
   * version, and follows the setting that starts the app at login.
   */
  recheck(): Promise<Recheck>;
  /** The agents of the `com.claude` family; none where there is no launchd. */
  agents(): Promise<readonly ClaudeAgent[]>;
  readonly login: LoginItem;
  /**
   * Brings the start at login into the state of its setting, which the user has just changed; before
   * the installation nothing is registered.
   */
  followLogin(): Promise<LoginOutcome>;
  planRemoval(): Promise<UninstallPlan>;
  uninstall(): Promise<UninstallResult>;
}

const LEAVE: InstallChoice = { old: 'leave', ccc: false };

/** Builds the installer of a root. */
export function createInstaller(options: InstallerOptions): Installer {
  const {
    paths,
    assets,
    clock,
    version,
    environment,
    program,
    platform = process.platform,
  } = options;
  const { ownNode, appFolder } = options;
  const run = options.run ?? createRunner(paths.home, environment);
  const places = createLoginPaths(paths.home, environment.XDG_CONFIG_HOME);
  const launchctl = platform === 'darwin' ? createLaunchctlOf(run) : null;
  const login = createLoginItem({ paths, environment, program, run, platform });
  const ports = {
    run,
    identity: currentIdentity(),
    places: { home: paths.home, environment, ownNode, appFolder },
  };
  const trial = {
    prove: options.prove ?? createHookProof(paths),
    works: () => launcherRuns(paths),
  };

  const commandsOf = (names: readonly ShimName[]): readonly CommandFile[] => {
    const { script } = options;
    if (script === null) return [];
    const text = buildShim({ runtimes: paths.runtimes, script, app: program?.path ?? null });
    return names.map((name) => ({ path: join(places.userBin, name), text }));
  };
  const wantedCommands = (ccc: boolean): readonly CommandFile[] => {
    const names: readonly ShimName[] = ccc ? ['hookline', 'ccc'] : ['hookline'];
    return commandsOf(names.filter((name) => shimAt(places.userBin, name) !== 'foreign'));
  };
  const ownCommands = (): readonly ShimName[] =>
    (['hookline', 'ccc'] as const).filter((name) => shimAt(places.userBin, name) === 'ours');

  const pathFindings = (): readonly Finding[] => {
    const isOnPath = (environment.PATH ?? '').split(':').includes(places.userBin);
    return ownCommands().length === 0 || isOnPath ? [] : [offPathFinding(places.userBin)];
  };

  const agents = async (): Promise<readonly ClaudeAgent[]> =>
    launchctl === null ? [] : findClaudeAgents(places.launchAgents, launchctl);
  const choices = async ({ old, ccc }: InstallChoice): Promise<InstallOptions> => {
    const { preToolUse } = readSettings(paths.settings).settings;
    const known = ownCommands().includes('ccc');
    return {
      version,
      preToolUse,
      form: 'auto',
      old,
      commands: wantedCommands(ccc || known),
      agents: await agents(),
    };
  };
  const plan = async (choice: InstallChoice = LEAVE): Promise<InstallPlan> => {
    const { view, findings } = planInstall(paths, assets, await choices(choice));
    const files = [...view.files, ...(await loginFiles())];
    return { view: { ...view, files }, findings };
  };
  const loginFiles = async (): Promise<InstallPlanView['files']> => {
    const isWanted = program !== null && readSettings(paths.settings).settings.launchAtLogin;
    if (!isWanted || (await login.read()).state !== 'absent') return [];
    return [
      {
        path: await login.plannedFile(),
        what: 'starts Hookline at login; the setting launchAtLogin is for that',
      },
    ];
  };

  return {
    plan,
    shownPlan: async () => {
      const { view } = await plan();
      const files = view.files.map(({ path, what }) => ({
        path: shortPath(path, paths.home),
        what,
      }));
      return { ...view, settingsPath: shortPath(view.settingsPath, paths.home), files };
    },
    install: async (choice = LEAVE) => {
      const result = await applyInstall(paths, assets, {
        ...(await choices(choice)),
        ...ports,
        ...trial,
        clock,
        launchctl,
        onInstalled: () => {
          writeAppFile(paths, assets.hookScript);
          return rememberRoot(paths, rootOf(paths));
        },
      });
      if (result.exitCode === 1) return result;
      if (program !== null) await followSetting(login, paths, { isAsked: false });
      return { ...result, findings: [...result.findings, ...pathFindings()] };
    },
    recheck: async () => {
      const runtimes = await recheckHook(paths, { ...ports, appFile: assets.hookScript });
      const hook = await renewHook(paths, assets, {
        ...trial,
        version,
        commands: commandsOf(ownCommands()),
        runtimes: readRuntimes(paths.runtimes).map((path) => ({ path })),
      });
      const isInstalled = hook.kind !== 'not-installed' && program !== null;
      const followed = isInstalled ? await followSetting(login, paths, { isAsked: false }) : null;
      const problems = [
        ...(hook.kind === 'kept' ? [hook.reason] : []),
        ...(followed?.kind === 'failed' ? [`the start at login: ${followed.reason}`] : []),
      ];
      return { runtimes, hook, login: followed, problems };
    },
    agents,
    login,
    followLogin: async () =>
      existsSync(paths.launcher)
        ? followSetting(login, paths, { isAsked: true })
        : { kind: 'absent' },
    planRemoval: async () => {
      const removal = planUninstall(paths);
      const retired = readInstallRecord(paths.installRecord)?.retired?.agents ?? [];
      const registered = await login.read();
      return {
        ...removal,
        files: [
          ...removal.files,
          ...(registered.state === 'absent' ? [] : [registered.file]),
          ...ownCommands().map((name) => join(places.userBin, name)),
        ],
        returns: retired.map(({ file }) => file),
      };
    },
    uninstall: async () => {
      const { refusal } = planUninstall(paths);
      if (refusal !== null) return { kind: 'refused', exitCode: 1, reason: refusal };
      // The record that says what to give back goes with the rest, so this comes first.
      const retired = readInstallRecord(paths.installRecord)?.retired?.agents ?? [];
      const problems = launchctl === null ? [] : await putBack(retired, launchctl);
      forgetRoot(paths, rootOf(paths));
      const isLast = readRoots(paths).length === 0;
      const outcome: LoginOutcome = isLast ? await login.remove() : { kind: 'absent' };
      if (isLast) removeShims(places.userBin);
      const result = applyUninstall(paths, { clock });
      if (result.exitCode === 1) {
        // The hook is still there, and the app has to find it.
        rememberRoot(paths, rootOf(paths));
        return result;
      }
      const stays = 'reason' in outcome ? [`the start at login: ${outcome.reason}`] : [];
      return { ...result, remains: [...result.remains, ...problems, ...stays] };
    },
  };
}
