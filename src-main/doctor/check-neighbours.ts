/** Who else writes our files or is started with us: agents, a crontab, and our own start at login. */
import type { Installer } from '../install/installer.ts';
import type { ClaudeAgent } from '../install/old-agents.ts';
import { oldScriptsIn } from '../install/old-pipeline.ts';
import type { RunCommand } from '../install/run-command.ts';
import type { LoginState } from '../launch/login-item.ts';
import { attention, type Check, type DoctorFinding, note } from './diagnosis.ts';

const CRONTAB_MS = 5000;

/** Looks at each agent of the `com.claude` family, and at the user's crontab. */
export async function checkNeighbours(
  installer: Pick<Installer, 'agents'>,
  run: RunCommand,
): Promise<Check> {
  const agents = await installer.agents();
  const { code, stdout } = await run('crontab', ['-l'], { timeoutMs: CRONTAB_MS });
  const jobs = code === 0 ? oldScriptsIn(withoutComments(stdout)) : [];
  const old = agents.filter(({ isOld }) => isOld);
  return {
    name: 'Neighbours',
    facts: [
      ...agents.map(factOf),
      ...(agents.length === 0 ? ['no agent com.claude.*'] : []),
      ...(jobs.length === 0 ? [] : [`the crontab runs ${jobs.join(', ')}`]),
    ],
    findings: [
      ...(old.length === 0 ? [] : [agentsFinding(old)]),
      ...(jobs.length === 0 ? [] : [cronFinding(jobs)]),
    ],
  };
}

/** Looks at our own registration with the system. */
export async function checkLogin(
  installer: Pick<Installer, 'login'>,
  isWanted: boolean,
): Promise<Check> {
  const state = await installer.login.read();
  const { means, file, program, detail } = state;
  const started = program === null ? '' : `, starts ${program}`;
  return {
    name: 'Start at login',
    facts: [
      `${means}: ${state.state}${state.state === 'absent' ? '' : `, ${file}${started}`}${detail === null ? '' : `; ${detail}`}`,
    ],
    findings: loginFindings(state, isWanted),
  };
}

function loginFindings(
  { state, file, detail }: LoginState,
  isWanted: boolean,
): readonly DoctorFinding[] {
  const evidence = detail === null ? [] : [detail];
  switch (state) {
    case 'stale':
      return [
        attention({
          code: 'login-stale',
          title: 'The system starts another app at login than this one',
          detail: `${file} leads elsewhere; the app may have been moved.`,
          evidence,
          remedy: 'Start the app once from where it is now: it corrects the entry.',
        }),
      ];
    case 'disabled':
      if (!isWanted) return [];
      return [
        note({
          code: 'login-disabled',
          title: 'The start at login is switched off in the system',
          detail: 'The setting launchAtLogin is on, and the system says no. That is left alone.',
          evidence,
          remedy: 'Switch it on in the system, or the setting off.',
        }),
      ];
    case 'ready':
      if (detail === null) return [];
      return [
        note({
          code: 'login-ended',
          title: 'The app that was started at login is not running',
          detail: 'It can be started by hand; capture goes on without it.',
          evidence,
          remedy: null,
        }),
      ];
    default:
      return [];
  }
}

function factOf({ label, job, isOld }: ClaudeAgent): string {
  const state =
    job === null ? 'not loaded' : job.pid === null ? 'loaded' : `running, process ${job.pid}`;
  const exit = job?.lastExit ? `, ended last with ${job.lastExit}` : '';
  return `${label}: ${state}${exit}${isOld ? ', writes our files' : ''}`;
}

function agentsFinding(agents: readonly ClaudeAgent[]): DoctorFinding {
  return note({
    code: 'agents-old',
    title: 'Agents of an older pipeline write the same files',
    detail: 'What they write is told apart and never counted twice.',
    evidence: agents.map((agent) => `${factOf(agent)} (${agent.file})`),
    remedy: '"hookline install --retire-old" unloads them, and gives them back.',
  });
}

function cronFinding(jobs: readonly string[]): DoctorFinding {
  return note({
    code: 'cron-old',
    title: 'A job in the crontab writes the same files',
    detail: `It runs ${jobs.join(', ')}.`,
    remedy: 'Take it out with "crontab -e"; Hookline does not edit a crontab.',
  });
}

function withoutComments(text: string): string {
  return text.replaceAll(/^\s*#.*$/gm, '');
}
