/**
 * Which program a shell command is about: the first one, in the order in which it is written, that
 * neither prepares for another (`cd`, `export`) nor only starts one (`sudo`, `env`, `timeout`). Of a
 * pipeline that is its first program.
 *
 * Commands are stored cut and without the bodies of here-documents, so many end in the middle of a
 * word or of a quote. What the parser recovers from them counts only as far as it is whole.
 */
import { type Command, forEachChild, type ParsedScript, parse, type SyntaxNode } from 'unbash';
import { beginning } from '../../../src-core/base/limits.ts';
import { subcommandOf } from './subcommand.ts';
import { PREPARATIONS, SHELLS, WRAPPERS } from './wrappers.ts';

/** The program that a command is about. */
export interface Subject {
  /** Its name without folders; `unknown` for a blank command. */
  readonly program: string;
  /** What it is to do, where its name alone does not say so: `test`, `run build`. */
  readonly subcommand: string | null;
}

/** Names are shown in lists: longer ones are cut. */
const MAX_PROGRAM = 64;
/** Shells that start shells: nobody's command goes deeper. */
const MAX_NESTING = 4;

/** The subject of a command as it was recorded. Never throws, whatever the text is. */
export function subjectOf(command: string): Subject {
  return findIn(command, 0) ?? named(command.trim().split(/\s+/, 1)[0] ?? '');
}

function named(word: string): Subject {
  const name = beginning(word.split('/').findLast((part) => part !== '') ?? '', MAX_PROGRAM);
  return { program: name === '' ? 'unknown' : name, subcommand: null };
}

function findIn(command: string, depth: number): Subject | null {
  const script = parseSafely(command);
  if (script === null || depth > MAX_NESTING) return null;
  const errors = (script.errors ?? []).map(({ pos }) => pos);
  // A word that the record's own ellipsis ends is as torn as one that the parser complains about.
  const whole = Math.min(...errors, command.endsWith('…') ? command.length - 1 : command.length);
  let preparation: Subject | null = null;
  for (const node of commandsOf(script)) {
    const words = wholeWords(node, whole);
    const subject = judge(words, depth);
    if (subject !== null) return subject;
    if (words[0] !== undefined) preparation ??= named(words[0]);
  }
  return preparation;
}

function parseSafely(command: string): ParsedScript | null {
  try {
    return parse(command);
  } catch {
    // It is meant to be tolerant; a text that it is not is named by its first word.
    return null;
  }
}

/** The commands of a script in their order, and behind them those that only make a word or a value. */
function commandsOf(script: ParsedScript): Command[] {
  const steps: Command[] = [];
  const substituted: Command[] = [];
  const visit = (node: SyntaxNode, into: Command[]): void => {
    if (node.type === 'Command' && node.name !== undefined) into.push(node);
    else forEachChild(node, (child) => visit(child, isValue(child) ? substituted : into));
  };
  visit(script, steps);
  return [...steps, ...substituted];
}

function isValue({ type }: SyntaxNode): boolean {
  return type === 'Word' || type === 'Assignment' || type === 'Redirect' || type === 'HereString';
}

/** The command's words without their quotes, as far as they were recorded whole. */
function wholeWords({ name, args }: Command, whole: number): string[] {
  const words = name === undefined ? [] : [name, ...args];
  return words
    .filter(({ end }) => end <= whole)
    .map((word) => (word.type === 'Word' ? word.value : word.text));
}

/** The subject of one simple command; null when it only prepares for another. */
function judge(words: readonly string[], depth: number): Subject | null {
  const [first = '', ...rest] = words;
  const { program } = named(first);
  if (first === '' || PREPARATIONS.has(program)) return null;
  const script = scriptIn(program, rest);
  if (script !== null) return findIn(script, depth + 1) ?? named(first);
  const wrapper = WRAPPERS.get(program);
  if (wrapper === undefined) return { program, subcommand: subcommandOf(program, rest) };
  const inner = rest.slice(wrapper.lengthOf(rest));
  if (preparesOnly(program, rest, inner)) return null;
  return inner.length === 0 ? named(first) : judge(inner, depth);
}

/** True for a wrapper that asks where a program is, or changes what the shell itself writes to. */
function preparesOnly(program: string, args: readonly string[], inner: readonly string[]): boolean {
  if (program === 'command') return /^-[vV]/.test(args[0] ?? '');
  return program === 'exec' && inner.length === 0;
}

/** The text that a shell is given to run, if this is a shell that is. */
function scriptIn(program: string, args: readonly string[]): string | null {
  if (program === 'eval') return args.join(' ');
  if (!SHELLS.has(program)) return null;
  const option = args.findIndex((word) => /^-[a-z]*c$/.test(word));
  return option < 0 ? null : (args[option + 1] ?? null);
}
