/** The verbs that put the hook in place and take it out again: plan, show, ask, do. */
import type { InstallResult } from '../install/install.ts';
import type { InstallChoice } from '../install/installer.ts';
import type { UninstallPlan, UninstallResult } from '../install/uninstall.ts';
import { fail, mayGoOn } from './consent.ts';
import type { CliContext, Options } from './context.ts';
import { type Terminal, whileShown } from './terminal.ts';

/** `hookline install` */
export async function install(
  { installer, terminal }: CliContext,
  options: Options,
): Promise<number> {
  const isJson = options.has('json');
  const choice = await chooseOld({ installer, terminal }, options);
  const { view, findings } = await installer.plan(choice);
  if (view.refusal !== null) return fail(terminal, view.refusal, isJson);
  const plan = installText(view);
  if (options.has('dry-run')) {
    terminal.print(isJson ? JSON.stringify({ plan: view, findings }) : plan);
    return 0;
  }
  if (!view.alreadyInstalled) {
    if (!isJson) terminal.print(plan);
    if (!(await mayGoOn(terminal, options, 'Install?'))) return 1;
  }
  const work = () => installer.install(choice);
  const result = isJson ? await work() : await whileShown(terminal, 'Trying the hook…', work);
  if (isJson) terminal.print(JSON.stringify(result));
  else showInstalled(terminal, result);
  return result.exitCode;
}

/** What the options say of the old pipeline; where they say nothing, a person is asked. */
async function chooseOld(
  { installer, terminal }: Pick<CliContext, 'installer' | 'terminal'>,
  options: Options,
): Promise<InstallChoice> {
  const ccc = options.has('ccc');
  if (options.has('retire-old')) return { old: 'retire', ccc };
  if (options.has('keep-old')) return { old: 'hand-back', ccc };
  const isAsked = terminal.isInteractive && !options.has('json') && !options.has('yes');
  if (!isAsked || options.has('dry-run')) return { old: 'leave', ccc };
  const { findings } = await installer.plan();
  const agents = (await installer.agents()).filter(({ isOld }) => isOld);
  const hooks = findings.find(({ code }) => code === 'hooks-old');
  if (hooks === undefined && agents.length === 0) return { old: 'leave', ccc };
  if (hooks !== undefined) terminal.print(hooks.detail);
  for (const { label } of agents) terminal.print(`${label} writes the same files.`);
  const isRetired = await terminal.confirm(
    'Take them out of service, to be given back by uninstall?',
  );
  return { old: isRetired ? 'retire' : 'leave', ccc };
}

interface ShownPlan {
  readonly diff: string;
  readonly files: readonly { readonly path: string; readonly what: string }[];
}

function installText({ diff, files }: ShownPlan): string {
  const made = files.flatMap(({ path, what }) => [`  ${path}`, `    ${what}`]);
  return [settingsText(diff), ...(made.length === 0 ? [] : ['', 'Files:', ...made]), ''].join('\n');
}

function showInstalled(terminal: Terminal, result: InstallResult): void {
  if (result.exitCode === 1) {
    terminal.warn(result.reason);
    if (result.kind === 'not-writable') terminal.print(result.snippet);
    return;
  }
  const isNew = result.kind === 'installed';
  terminal.print(
    isNew
      ? 'Installed. Claude Code uses the hook from its next session on.'
      : 'Everything is in place already.',
  );
  if (result.backup !== null) terminal.print(`settings.json as it was is kept in ${result.backup}`);
  for (const { title, detail } of result.findings) terminal.print(`- ${title}: ${detail}`);
}

/** `hookline uninstall` */
export async function uninstall(
  { installer, terminal }: CliContext,
  options: Options,
): Promise<number> {
  const isJson = options.has('json');
  const plan = await installer.planRemoval();
  if (plan.refusal !== null) return fail(terminal, plan.refusal, isJson);
  if (options.has('dry-run')) {
    terminal.print(isJson ? JSON.stringify(plan) : removalText(plan));
    return 0;
  }
  if (plan.diff !== '' || plan.files.length > 0) {
    if (!isJson) terminal.print(removalText(plan));
    if (!(await mayGoOn(terminal, options, 'Uninstall?'))) return 1;
  }
  const result = await installer.uninstall();
  if (isJson) terminal.print(JSON.stringify(result));
  else showRemoved(terminal, result);
  return result.exitCode;
}

function removalText({ diff, files, returns, remains }: UninstallPlan): string {
  return [
    settingsText(diff),
    ...part('Removed:', files),
    ...part('Given back:', returns),
    ...part('Stays:', remains),
    '',
  ].join('\n');
}

function showRemoved(terminal: Terminal, result: UninstallResult): void {
  if (result.exitCode === 1) {
    terminal.warn(result.reason);
    return;
  }
  const isRemoved = result.kind === 'removed';
  terminal.print(isRemoved ? 'Uninstalled.' : 'There is nothing to uninstall.');
  for (const line of part('Stays:', result.remains)) terminal.print(line);
}

function settingsText(diff: string): string {
  return diff === '' ? 'settings.json needs no change.' : diff.trimEnd();
}

function part(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}
