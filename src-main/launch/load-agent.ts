/** Loading an agent's file into launchd, past the states that an earlier version or a user left. */
import { AGENT_LABEL } from './agent-plist.ts';
import { BOOTSTRAP, type Launchctl, type LoadedJob } from './launchctl.ts';
import type { LoginOutcome, LoginProgram } from './login-item.ts';
import { atNextLogin, failed, switchedOff } from './outcomes.ts';

/** What is loaded. */
export interface AgentLoad {
  readonly launchctl: Launchctl;
  readonly file: string;
  readonly program: LoginProgram;
  /** The user asked for it, so that it is switched on again where it was switched off. */
  readonly isAsked: boolean;
}

/** The first try may meet what is loaded or switched off, the second what is still ending. */
const TRIES = 3;

/** Loads the file, and asks launchd afterwards what it has: that alone counts. */
export async function loadAgent(load: AgentLoad): Promise<LoginOutcome> {
  let code: number | null = null;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    code = await load.launchctl.bootstrap(load.file);
    const outcome = code === 0 ? await confirm(load) : await mend(load, code);
    if (outcome !== null) return outcome;
  }
  return failed(`launchctl bootstrap ended with ${code}`);
}

/** True for a job that was loaded from our file and starts the program. */
export function isJobOf(job: LoadedJob | null, file: string, program: LoginProgram): boolean {
  return job !== null && job.file === file && job.program === program.path;
}

async function confirm({ launchctl, file, program }: AgentLoad): Promise<LoginOutcome> {
  const job = await launchctl.print(AGENT_LABEL);
  if (isJobOf(job, file, program)) return { kind: 'registered' };
  return failed(`launchd says that it starts ${job?.program ?? 'nothing'}`);
}

/** Does what helps against the code; an outcome ends the tries. */
async function mend(load: AgentLoad, code: number | null): Promise<LoginOutcome | null> {
  const { launchctl, file, program, isAsked } = load;
  switch (code) {
    case BOOTSTRAP.inputOutputError:
      await launchctl.bootout(AGENT_LABEL);
      return null;
    case BOOTSTRAP.inProgress:
      await launchctl.settle();
      return isJobOf(await launchctl.print(AGENT_LABEL), file, program)
        ? { kind: 'registered' }
        : null;
    case BOOTSTRAP.isDisabled:
      if (!isAsked) return switchedOff();
      await launchctl.enable(AGENT_LABEL);
      return null;
    case BOOTSTRAP.noDesktop:
      return atNextLogin('nobody is logged in at the desktop');
    default:
      return failed(`launchctl bootstrap ended with ${code ?? 'no code'}`);
  }
}
