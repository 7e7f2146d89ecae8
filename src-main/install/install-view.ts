/** What installing would do, in the words of the install page and the command line. */
import type { Finding, InstallPlanView } from '../../src-core/contract/views.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { type HookFileStep, isDone, readableByOthers } from './hook-files.ts';
import type { ChosenForm } from './hook-form.ts';
import type { Refusal } from './settings-document.ts';
import type { InstallSettingsPlan } from './settings-plan.ts';

/** The parts of a plan that are put into words. */
export interface PlanParts {
  readonly paths: Paths;
  readonly settings: InstallSettingsPlan;
  readonly steps: readonly HookFileStep[];
  /** Why settings.json does not take writes; null if it seems to. */
  readonly obstacle: string | null;
  /** Agents of the old pipeline that are set aside, or put back. */
  readonly agents: readonly {
    readonly label: string;
    readonly file: string;
    readonly isBack: boolean;
  }[];
}

/** The plan as the pages draw it. */
export function installPlanView({
  paths,
  settings,
  steps,
  obstacle,
  agents,
}: PlanParts): InstallPlanView {
  const isReady = settings.kind === 'unchanged' && agents.length === 0 && steps.every(isDone);
  return {
    settingsPath: paths.settingsJson,
    alreadyInstalled: isReady,
    refusal: settings.kind === 'refused' ? refusalText(settings) : obstacle,
    diff: settings.kind === 'plan' ? settings.diff : '',
    files: [
      ...(isReady ? [] : plannedFiles(paths, settings, steps)),
      ...agents.map(({ label, file, isBack }) => ({
        path: file,
        what: isBack
          ? `${label} is put back and loaded again`
          : `${label} is unloaded; its file is kept in ${paths.backups}`,
      })),
      ...looseFiles(paths),
    ],
  };
}

/** A refusal as one sentence with its place. */
export function refusalText({ reason, where }: Refusal): string {
  if (!where) return `settings.json: ${reason}`;
  return `settings.json, line ${where.line}, column ${where.column}: ${reason}`;
}

/** Tells that the client will not call us although we are registered. */
export function disabledFinding(): Finding {
  return note(
    'hooks-disabled',
    'Claude Code runs no hooks at all',
    '"disableAllHooks" is true in settings.json; nothing is captured until it is taken out.',
  );
}

/** Tells which form was chosen by looking; null where nothing needs saying. */
export function formFinding({ form, reason }: ChosenForm): Finding | null {
  if (form !== 'shell' || reason === null) return null;
  return note(
    'settings-shared',
    'These settings may reach other machines',
    `The hook is registered so that it is silent where it is not installed: ${reason}.`,
  );
}

/** Tells that no Node was found for the hook. */
export function noRuntimeFinding(): Finding {
  return note(
    'runtimes',
    'No Node was found for the hook',
    'Events wait in a folder until the app is running; with Node 20 or newer they are recorded at once.',
  );
}

/** Tells that a shell does not find the command yet. */
export function offPathFinding(folder: string): Finding {
  return note(
    'command-off-path',
    'The command is not on your PATH',
    `"hookline" lies in ${folder}; add that folder to PATH in your shell's setup to call it by name.`,
  );
}

/** Tells what did not work with an agent of the old pipeline. */
export function agentFinding(problem: string): Finding {
  return note('agents-old', 'An older agent is not quite gone or back', `${problem}.`);
}

function plannedFiles(
  paths: Paths,
  settings: InstallSettingsPlan,
  steps: readonly HookFileStep[],
): InstallPlanView['files'] {
  const backup = settings.kind === 'plan' && settings.before !== null;
  return [
    ...steps
      .filter((step) => !isDone(step))
      .map((step) => ({ path: step.path, what: `${step.what} (${stateOf(step)})` })),
    { path: paths.runtimes, what: 'which Node the hook may start' },
    { path: paths.installRecord, what: 'what was changed, for undoing it' },
    ...(backup ? [{ path: paths.backups, what: 'gets a copy of settings.json as it is' }] : []),
  ];
}

function looseFiles(paths: Paths): InstallPlanView['files'] {
  return readableByOthers(paths).map(({ path, mode }) => ({
    path,
    what: `can be read by others (mode ${mode.toString(8)}); stays as it is`,
  }));
}

function stateOf(step: HookFileStep): string {
  if (step.found === null) return 'new';
  if (step.kind === 'file' && !step.isSame) return 'replaced';
  return `made private, was ${step.found.toString(8)}`;
}

function note(code: string, title: string, detail: string): Finding {
  return { code, severity: 'note', title, detail, sinceAt: null, action: null };
}
