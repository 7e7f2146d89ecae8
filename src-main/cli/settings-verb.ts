/** The verb that shows and changes the user's choices. */
import { defaultSettings, type Settings } from '../../src-core/contract/settings.ts';
import { readFields, readSettings } from '../../src-core/settings/settings.ts';
import { updateSettings } from '../settings/update-settings.ts';
import { fail } from './consent.ts';
import type { CliContext, Options } from './context.ts';

/** `hookline settings [name] [value]` */
export async function settings(
  { paths, terminal, installer }: CliContext,
  options: Options,
  [name, value]: readonly string[],
): Promise<number> {
  const isJson = options.has('json');
  const read = readSettings(paths.settings);
  if (name === undefined) {
    terminal.print(isJson ? JSON.stringify(read) : listText(read.settings));
    for (const problem of isJson ? [] : read.problems) terminal.warn(problem);
    return 0;
  }
  if (!Object.hasOwn(defaultSettings, name))
    return fail(terminal, `there is no setting "${name}"`, isJson);
  if (value === undefined) {
    terminal.print(JSON.stringify(read.settings[name as keyof Settings]));
    return 0;
  }
  const change = { [name]: parseValue(value) };
  const [problem] = readFields(change).problems;
  if (problem !== undefined)
    return fail(terminal, problem.replace('; the default is used', ''), isJson);
  try {
    updateSettings(paths.settings, change);
  } catch (error) {
    return fail(terminal, (error as Error).message, isJson);
  }
  if (name === 'launchAtLogin') await followLogin({ terminal, installer });
  terminal.print(isJson ? JSON.stringify(readSettings(paths.settings)) : `${name} is now ${value}`);
  return 0;
}

/** The system is told at once; without an installed app there is nothing to tell it. */
async function followLogin({
  terminal,
  installer,
}: Pick<CliContext, 'terminal' | 'installer'>): Promise<void> {
  const outcome = await installer.followLogin();
  if ('reason' in outcome) terminal.warn(`The start at login: ${outcome.reason}.`);
}

/** A value is JSON where it can be read so, else a text: nobody quotes a word on a command line. */
function parseValue(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function listText(values: Settings): string {
  return Object.entries(values)
    .map(([name, value]) => `${name.padEnd(16)} ${JSON.stringify(value)}`)
    .join('\n');
}
