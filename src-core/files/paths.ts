/**
 * Every path the program ever touches, derived from one root.
 *
 * Nothing else in the program builds a path from the home folder or reads `HOME` or
 * `CLAUDE_CONFIG_DIR`; tests move the whole program by passing another root here.
 */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The places of one root (one Claude configuration folder). */
export interface Paths {
  readonly home: string;
  /** Claude Code's configuration folder. */
  readonly claude: string;
  readonly settingsJson: string;
  readonly projects: string;
  /** JSONL files that other programs read. */
  readonly data: string;
  /** The seven statistics files. */
  readonly kernel: string;
  readonly activityLog: string;
  /** SQLite; shared with other programs when it is the default root's. */
  readonly database: string;
  /** True when `database` is the shared file of the default root. */
  readonly isSharedDatabase: boolean;
  /** The old dashboard's database: read as a source of old events, never written. */
  readonly dashboardDatabase: string;
  /** The installed hook, outside the app so that a moved app does not break it. */
  readonly hookFolder: string;
  readonly launcher: string;
  readonly hookScript: string;
  readonly runtimes: string;
  /** Names a file of the app: with it the app is gone. */
  readonly hookApp: string;
  /** What the windowed app keeps for itself; outside the root, so that nothing is written there before install. */
  readonly app: string;
  /** How the app was started last, for the command line's `open`. */
  readonly appRecord: string;
  /** The roots in which the hook is installed; outside of them, so that an app started without a shell finds all. */
  readonly roots: string;
  /** All that is ours alone. */
  readonly own: string;
  readonly spool: string;
  readonly quarantine: string;
  readonly logs: string;
  readonly backups: string;
  readonly hookErrorLog: string;
  readonly lockDatabase: string;
  /** Present while somebody drains the spool; holds the drainer's process id. */
  readonly drainMarker: string;
  /** Process id of the drainer that a launcher started last. */
  readonly startMarker: string;
  /** Present while capture is paused. */
  readonly pauseMarker: string;
  /** Pauses that have ended. */
  readonly pauses: string;
  /** Present while the spool is too large to take more. */
  readonly spoolFull: string;
  /** Its time is that of the first event that was not kept. */
  readonly gapBegin: string;
  /** A byte for each event that was not kept since then. */
  readonly gapCount: string;
  /** Gaps that have ended. */
  readonly gaps: string;
  /** How long the installed launcher takes, as it was measured last. */
  readonly selfTest: string;
  /** Where the launcher works while it is measured. */
  readonly probe: string;
  /** The recorded runtimes as they were when they were started last. */
  readonly runtimeCheck: string;
  readonly settings: string;
  readonly status: string;
  readonly redactionKey: string;
  readonly installRecord: string;
  /** What was forgotten, and must not come back from any store. */
  readonly tombstones: string;
  /** What the user let be imported from the old record, and took back. */
  readonly imports: string;
  /** What came of databases that were damaged. */
  readonly salvages: string;
  /** Where a damaged database is read, while that lasts. */
  readonly salvageFolder: string;
  /** What the old record adds to ours, as it was counted last. */
  readonly oldCount: string;
  readonly journals: {
    readonly toolUsage: string;
    readonly sessionEvents: string;
    readonly events: string;
    readonly amendments: string;
    readonly activityEvents: string;
    readonly toolSuccess: string;
    readonly commandUsage: string;
    readonly errors: string;
    readonly recoveryOutcomes: string;
    readonly flowHistory: string;
  };
  readonly stats: {
    readonly errors: string;
    readonly toolUsage: string;
    readonly activity: string;
    readonly recovery: string;
    readonly flow: string;
    readonly commands: string;
    readonly toolSuccess: string;
  };
}

/** Where a root begins. `claudeConfigDir` empty or absent means `<home>/.claude`. */
export interface RootOptions {
  readonly home: string;
  readonly claudeConfigDir?: string | undefined;
}

/** Builds the places of one root; touches no disk. */
export function createPaths({ home, claudeConfigDir }: RootOptions): Paths {
  const defaultClaude = join(home, '.claude');
  const claude = claudeConfigDir ? resolve(claudeConfigDir) : defaultClaude;
  const isSharedDatabase = claude === defaultClaude;
  const data = join(claude, 'data');
  const kernel = join(claude, 'kernel');
  const own = join(data, 'hookline');
  const app = join(
    home,
    ...(process.platform === 'darwin'
      ? ['Library', 'Application Support', 'Hookline']
      : ['.config', 'hookline']),
  );
  const hookFolder = join(claude, 'hooks', 'hookline');
  return {
    home,
    claude,
    settingsJson: join(claude, 'settings.json'),
    projects: join(claude, 'projects'),
    data,
    kernel,
    activityLog: join(claude, 'activity.log'),
    database: isSharedDatabase
      ? join(home, '.agent-core', 'storage', 'antigravity.db')
      : join(own, 'hookline.db'),
    isSharedDatabase,
    dashboardDatabase: join(data, 'claude.db'),
    hookFolder,
    launcher: join(hookFolder, 'hookline-hook'),
    hookScript: join(hookFolder, 'hook.cjs'),
    runtimes: join(hookFolder, 'runtimes'),
    hookApp: join(hookFolder, 'app'),
    app,
    appRecord: join(app, 'started.json'),
    roots: join(app, 'roots.json'),
    own,
    spool: join(own, 'spool'),
    quarantine: join(own, 'quarantine'),
    logs: join(own, 'logs'),
    backups: join(own, 'backups'),
    hookErrorLog: join(own, 'logs', 'hook-errors.log'),
    lockDatabase: join(own, 'lock.db'),
    drainMarker: join(own, 'draining'),
    startMarker: join(own, 'starting'),
    pauseMarker: join(own, 'paused'),
    pauses: join(own, 'pauses.jsonl'),
    spoolFull: join(own, 'full'),
    gapBegin: join(own, 'gap-begin'),
    gapCount: join(own, 'gap-count'),
    gaps: join(own, 'gaps.jsonl'),
    selfTest: join(own, 'self-test.json'),
    probe: join(own, 'probe'),
    runtimeCheck: join(own, 'runtime-check.json'),
    settings: join(own, 'settings.json'),
    status: join(own, 'status.json'),
    redactionKey: join(own, 'redaction.key'),
    installRecord: join(own, 'install.json'),
    tombstones: join(own, 'tombstones.jsonl'),
    imports: join(own, 'imports.jsonl'),
    salvages: join(own, 'salvages.jsonl'),
    salvageFolder: join(own, 'salvage'),
    oldCount: join(own, 'old-count.json'),
    journals: {
      toolUsage: join(data, 'tool-usage.jsonl'),
      sessionEvents: join(data, 'session-events.jsonl'),
      events: join(own, 'events.jsonl'),
      amendments: join(own, 'amendments.jsonl'),
      activityEvents: join(data, 'activity-events.jsonl'),
      toolSuccess: join(data, 'tool-success.jsonl'),
      commandUsage: join(data, 'command-usage.jsonl'),
      errors: join(data, 'errors.jsonl'),
      recoveryOutcomes: join(data, 'recovery-outcomes.jsonl'),
      flowHistory: join(kernel, 'cognitive-os', 'flow-history.jsonl'),
    },
    stats: {
      errors: join(kernel, 'error-stats.json'),
      toolUsage: join(kernel, 'tool-usage-stats.json'),
      activity: join(kernel, 'activity-stats.json'),
      recovery: join(kernel, 'recovery-stats.json'),
      flow: join(kernel, 'flow-stats.json'),
      commands: join(kernel, 'command-stats.json'),
      toolSuccess: join(kernel, 'tool-success-stats.json'),
    },
  };
}

/** The root that an environment names: `HOME` (else the account's home) and `CLAUDE_CONFIG_DIR`. */
export function rootFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): RootOptions {
  return {
    home: environment.HOME || homedir(),
    claudeConfigDir: environment.CLAUDE_CONFIG_DIR,
  };
}

/** A root of its own inside of ours, in which a new version of the hook is tried out. */
export function createTrialPaths(paths: Paths): Paths {
  const home = join(paths.own, 'trial');
  return createPaths({ home, claudeConfigDir: join(home, 'claude') });
}

/** Where a login's programs are registered with the system, outside of any root. */
export interface LoginPaths {
  /** macOS: the user's launch agents. */
  readonly launchAgents: string;
  /** Where the system keeps what the app prints when launchd starts it. */
  readonly agentLogs: string;
  /** Linux, where systemd starts the session's programs. */
  readonly systemdUnit: string;
  /** Linux, everywhere else. */
  readonly autostartEntry: string;
  /** Programs of the user alone, on PATH as far as the shell's setup has it. */
  readonly userBin: string;
}

/** Builds the places of a login; `configHome` is the environment's XDG_CONFIG_HOME. */
export function createLoginPaths(home: string, configHome?: string): LoginPaths {
  // The specification wants an absolute one, and others ignored.
  const config = configHome?.startsWith('/') ? configHome : join(home, '.config');
  return {
    launchAgents: join(home, 'Library', 'LaunchAgents'),
    agentLogs: join(home, 'Library', 'Logs', 'Hookline'),
    systemdUnit: join(config, 'systemd', 'user', 'hookline.service'),
    autostartEntry: join(config, 'autostart', 'hookline.desktop'),
    userBin: join(home, '.local', 'bin'),
  };
}
