/** Reads the command line's arguments. Pure. */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { COMMON_OPTIONS, findVerb, type Option, type ValueOption, type Verb } from './verbs.ts';

/** The options that were given with a value. */
export type Values = Readonly<Partial<Record<ValueOption, string>>>;

/** What was asked for. */
export type Request =
  | {
      readonly kind: 'run';
      readonly verb: Verb;
      readonly options: ReadonlySet<Option>;
      readonly operands: readonly string[];
      readonly values: Values;
    }
  /** `ccc` alone. */
  | { readonly kind: 'refresh-and-open' }
  | { readonly kind: 'help'; readonly verb: Verb | undefined }
  | { readonly kind: 'version' }
  | { readonly kind: 'wrong'; readonly message: string };

/** Reads them; `program` is the name under which the program was called. */
export function readArguments(program: string, args: readonly string[]): Request {
  const [name, ...rest] = args;
  if (name === undefined) {
    return basename(program) === 'ccc'
      ? { kind: 'refresh-and-open' }
      : { kind: 'help', verb: undefined };
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    const verb = rest[0] === undefined ? undefined : findVerb(rest[0]);
    return { kind: 'help', verb };
  }
  if (name === '--version') return { kind: 'version' };
  const verb = findVerb(name);
  if (verb === undefined) return { kind: 'wrong', message: `there is no verb "${name}"` };
  return readOptions(verb, rest);
}

/** Options of which a call has one at most. */
const EXCLUSIVE: readonly (readonly (Option | ValueOption)[])[] = [
  ['retire-old', 'keep-old'],
  ['session', 'project'],
  ['session', 'match'],
  ['project', 'match'],
  ['bundle', 'format'],
  ['bundle', 'undo'],
];

function readOptions(verb: Verb, args: readonly string[]): Request {
  const all = [...verb.options, ...COMMON_OPTIONS];
  const valued = verb.values ?? [];
  const options: Record<string, { type: 'boolean' | 'string' }> = Object.fromEntries([
    ...all.map((option) => [option, { type: 'boolean' as const }]),
    ...valued.map((option) => [option, { type: 'string' as const }]),
  ]);
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: (verb.operands ?? []).length > 0,
      options: { ...options, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) return { kind: 'help', verb };
    const read: Readonly<Record<string, unknown>> = values;
    const given = all.filter((option) => read[option] === true);
    const texts = Object.fromEntries(valued.map((option) => [option, read[option]])) as Values;
    const isGiven = (option: Option | ValueOption): boolean => read[option] !== undefined;
    const pair = EXCLUSIVE.find((options) => options.every(isGiven));
    if (pair) {
      return {
        kind: 'wrong',
        message: `${verb.name}: --${pair.join(' and --')} exclude each other`,
      };
    }
    const most = verb.operands?.length ?? 0;
    if (positionals.length > most) {
      return { kind: 'wrong', message: `${verb.name}: unexpected "${positionals[most]}"` };
    }
    return { kind: 'run', verb, options: new Set(given), operands: positionals, values: texts };
  } catch (error) {
    // parseArgs says which argument it does not know; its advice about `--` does not help here.
    const message = (error as Error).message.split('. ', 1)[0] ?? '';
    return { kind: 'wrong', message: `${verb.name}: ${message}` };
  }
}
