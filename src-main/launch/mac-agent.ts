/** The app as a launch agent of macOS: loaded, read back, replaced when the app moved, removed. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LoginPaths } from '../../src-core/files/paths.ts';
import { AGENT_LABEL, buildAgentPlist, parseAgent } from './agent-plist.ts';
import type { Launchctl, LoadedJob } from './launchctl.ts';
import { isJobOf, loadAgent } from './load-agent.ts';
import {
  type LoginItem,
  type LoginOutcome,
  type LoginProgram,
  type LoginState,
  placeObstacle,
} from './login-item.ts';
import { atNextLogin, failed, guarded, switchedOff } from './outcomes.ts';
import { bytesIn, type OwnFolders } from './own-file.ts';

/** What the agent is made of. */
export interface MacAgentOptions {
  readonly places: LoginPaths;
  /** Null where no app is installed that could be started; what is there can be read and removed. */
  readonly program: LoginProgram | null;
  readonly launchctl: Launchctl;
  readonly folders: OwnFolders;
  /** The process that must not unload itself. */
  readonly ownPid: number;
}

const LOGS = ['login.log', 'login-errors.log'];

/** Builds the registration with launchd. */
export function createMacAgent(options: MacAgentOptions): LoginItem {
  const { places, program, launchctl, folders } = options;
  const file = join(places.launchAgents, `${AGENT_LABEL}.plist`);
  return {
    plannedFile: async () => file,
    read: async () => {
      const bytes = bytesIn(file);
      return stateOf({
        file,
        program,
        job: await launchctl.print(AGENT_LABEL),
        written: bytes === null ? null : (parseAgent(bytes)?.call[0] ?? ''),
        isDisabled: await launchctl.isDisabled(AGENT_LABEL),
      });
    },
    register: ({ isAsked }) =>
      guarded(async () => {
        if (program === null) return failed('only an installed app can be started at login');
        const obstacle = placeObstacle(program.path);
        if (obstacle !== null) return failed(obstacle);
        if (await launchctl.isDisabled(AGENT_LABEL)) {
          if (!isAsked) return switchedOff();
          await launchctl.enable(AGENT_LABEL);
        }
        return replace(options, file, { program, isAsked });
      }),
    remove: () =>
      guarded(async () => {
        const job = await launchctl.print(AGENT_LABEL);
        const isThere = bytesIn(file) !== null;
        const isOwnJob = job !== null && job.pid === options.ownPid;
        const isGone = job === null || isOwnJob || (await launchctl.bootout(AGENT_LABEL));
        rmSync(file, { force: true });
        for (const name of LOGS) rmSync(join(places.agentLogs, name), { force: true });
        folders.removeMade();
        if (isOwnJob) return atNextLogin('launchd keeps the running app until it is quit');
        if (!isGone) return failed('the file is gone; launchd forgets it at logout');
        return { kind: job !== null || isThere ? 'removed' : 'absent' };
      }),
  };
}

async function replace(
  { places, launchctl, folders, ownPid }: MacAgentOptions,
  file: string,
  { program, isAsked }: { readonly program: LoginProgram; readonly isAsked: boolean },
): Promise<LoginOutcome> {
  const text = buildAgentPlist(program, places.agentLogs);
  const job = await launchctl.print(AGENT_LABEL);
  const isWritten = bytesIn(file)?.toString('utf8') === text;
  if (isWritten && isJobOf(job, file, program)) return { kind: 'unchanged' };
  // Unloading the job that this process is would end it here.
  const isOwnJob = job !== null && job.pid === ownPid;
  if (job !== null && !isOwnJob && !(await launchctl.bootout(AGENT_LABEL)))
    return failed('launchd does not let go of the earlier registration');
  folders.make(places.agentLogs);
  folders.write(file, text);
  if (isOwnJob) return atNextLogin('this app is the one that the old registration started');
  return loadAgent({ launchctl, file, program, isAsked });
}

interface Seen {
  readonly file: string;
  readonly program: LoginProgram | null;
  readonly job: LoadedJob | null;
  /** What the file starts; null where there is none. */
  readonly written: string | null;
  readonly isDisabled: boolean;
}

function stateOf({ file, program, job, written, isDisabled }: Seen): LoginState {
  const started = job?.program ?? written;
  const state = (state: LoginState['state'], detail: string | null = null): LoginState => ({
    means: 'launchd',
    file,
    state,
    program: started,
    detail,
  });
  if (started === null) return state('absent');
  if (isDisabled)
    return state('disabled', 'switched off in the system settings, under Login Items');
  if (program !== null && started !== program.path)
    return state('stale', `it starts ${started || 'nothing'}`);
  if (job === null) return state('next-login', 'launchd has not loaded it');
  if (job.pid !== null) return state('running');
  return state('ready', job.lastExit === null ? null : `it ended last with ${job.lastExit}`);
}
