/** What is known of programs that only start another one, and of commands that only prepare for one. */
import { skipOptions } from './options.ts';

/** A program that runs the command in its arguments. */
export interface Wrapper {
  /** How many of its arguments are its own. */
  lengthOf(args: readonly string[]): number;
}

/** `valued` are the options whose value is the next word; `operands` words stand before the command. */
function wrapper(valued = '', operands = 0): Wrapper {
  const names = new Set(valued.split(' '));
  return {
    lengthOf: (args) => {
      let at = skipOptions(args, names);
      while (/^\w+=/.test(args[at] ?? '')) at++;
      return at + operands;
    },
  };
}

/** Programs that start another one; the command is about that. */
export const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map([
  ['sudo', wrapper('-u -g -h -p -C -D -R -T -U -r -t --user --group --chdir --prompt')],
  ['doas', wrapper('-u -C')],
  ['env', wrapper('-u -C -P --unset --chdir')],
  ['time', wrapper('-f -o --format --output')],
  ['nohup', wrapper()],
  ['setsid', wrapper()],
  ['command', wrapper()],
  ['builtin', wrapper()],
  ['exec', wrapper('-a')],
  ['nice', wrapper('-n --adjustment')],
  ['ionice', wrapper('-c -n -p --class --classdata')],
  ['chrt', wrapper('', 1)],
  ['taskset', wrapper('', 1)],
  ['timeout', wrapper('-s -k --signal --kill-after', 1)],
  ['gtimeout', wrapper('-s -k --signal --kill-after', 1)],
  ['stdbuf', wrapper('-i -o -e --input --output --error')],
  ['caffeinate', wrapper('-t -w')],
  ['xargs', wrapper('-I -J -n -P -L -d -s -E -a -R -S --max-args --max-procs --delimiter')],
]);

/** Shells that run the text behind `-c`. */
export const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'zsh', 'dash', 'ksh']);

/** Commands that only prepare for what comes next. */
export const PREPARATIONS: ReadonlySet<string> = new Set(
  '. : [ alias cd declare export false fnm local nvm popd pushd readonly set shopt sleep source test trap true typeset ulimit umask unalias unset wait'.split(
    ' ',
  ),
);
