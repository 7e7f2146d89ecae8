/** `hookline forget`: shows where it stands, asks, and removes it for good. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { systemClock } from '../../src-core/base/clock.ts';
import { readSettings } from '../../src-core/settings/settings.ts';
import { listExports } from '../export/export-log.ts';
import { type ForgetResult, forget } from '../maintain/forget/forget.ts';
import type { ForgetTarget } from '../maintain/forget/target.ts';
import { updateSettings } from '../settings/update-settings.ts';
import type { Values } from './arguments.ts';
import { fail, mayGoOn } from './consent.ts';
import type { CliContext, Options } from './context.ts';
import type { Terminal } from './terminal.ts';

/** Runs the verb. */
export async function forgetTarget(
  context: CliContext,
  options: Options,
  values: Values,
): Promise<number> {
  const { paths, open, importer, terminal } = context;
  const isJson = options.has('json');
  const target = targetOf(values);
  if (target === null) return misused(terminal, 'say what: --session, --project or --match');
  if (options.has('exclude') && target.kind !== 'project')
    return misused(terminal, '--exclude needs --project');
  if (![paths.own, paths.launcher].some((path) => existsSync(path)))
    return fail(terminal, 'Nothing was recorded here.', isJson);
  const run = (isDry: boolean): Promise<ForgetResult> =>
    forget({ paths, open, clock: systemClock, countOld: importer.count, isDry }, target);
  const plan = await run(true);
  if (plan.kind === 'refused') return fail(terminal, plan.reason, isJson);
  const exported = listExports(paths);
  const tell = (result: Told, others: readonly string[]): void =>
    terminal.print(
      isJson ? JSON.stringify({ ...result, exports: exported }) : describeForget(result, others),
    );
  if (options.has('dry-run') || !isJson) tell(plan, exported);
  if (options.has('dry-run')) return 0;
  if (!(await mayGoOn(terminal, options, 'Remove all of it for good?'))) return 1;
  // First, lest a hook records on while the rest is removed.
  if (target.kind === 'project') await exclude(context, options, target.folder);
  const done = await run(false);
  if (done.kind === 'refused') return fail(terminal, done.reason, isJson);
  tell(done, []);
  return done.left.length === 0 && done.notVacuumed === null ? 0 : 1;
}

type Told = Exclude<ForgetResult, { kind: 'refused' }>;

function misused(terminal: Terminal, reason: string): number {
  terminal.warn(`forget: ${reason}`);
  return 2;
}

function targetOf({ session, project, match }: Values): ForgetTarget | null {
  if (session !== undefined) return { kind: 'session', id: session };
  if (project !== undefined) return { kind: 'project', folder: resolve(project) };
  return match === undefined ? null : { kind: 'match', text: match };
}

/** Keeps the folder out of the record, if that is wanted. */
async function exclude(
  { paths, terminal }: CliContext,
  options: Options,
  folder: string,
): Promise<void> {
  const { excludedFolders } = readSettings(paths.settings).settings;
  if (excludedFolders.includes(folder)) return;
  const mayAsk = terminal.isInteractive && !options.has('json') && !options.has('yes');
  const isWanted =
    options.has('exclude') ||
    (mayAsk && (await terminal.confirm('Keep the folder out of the record from now on?')));
  if (isWanted) updateSettings(paths.settings, { excludedFolders: [...excludedFolders, folder] });
}

/** What was removed, or would be, as sentences. */
export function describeForget(result: Told, exported: readonly string[]): string {
  const places = Object.entries(result.places).map(
    ([place, n]) => `  ${n.toLocaleString('en')} ${place}`,
  );
  const head = result.kind === 'planned' ? 'It stands in:' : 'Removed:';
  return [
    places.length === 0 ? 'It stands nowhere in the record.' : [head, ...places].join('\n'),
    ...result.left.map((path) => `Left, because others wrote it or it is not ours alone: ${path}`),
    ...(result.notVacuumed === null
      ? []
      : [`Free pages of the database may hold a rest: ${result.notVacuumed}`]),
    ...exported.map((path) => `An export is not touched: ${path}`),
  ].join('\n');
}
