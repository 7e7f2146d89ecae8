/** What the command line needs of its terminal. */
import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';

/** A terminal, or what stands for one. */
export interface Terminal {
  readonly isInteractive: boolean;
  /** True where a person sees the result and has not asked for plain text. */
  readonly isColoured: boolean;
  print(text: string): void;
  /** For messages that are no result. */
  warn(text: string): void;
  /** Asks a question that is answered with yes or no; no where nobody can answer. */
  confirm(question: string): Promise<boolean>;
  /** Shows a line in place of the last one shown so. */
  showLine(text: string): void;
}

/** The streams of a process. */
export interface Streams {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable;
}

/** Builds a terminal over the streams. */
export function createTerminal(
  { stdin, stdout, stderr }: Streams,
  environment: Readonly<Record<string, string | undefined>> = {},
): Terminal {
  const isInteractive = stdin.isTTY === true && stdout.isTTY === true;
  // https://no-color.org: set to anything but an empty text.
  const isPlain = Boolean(environment.NO_COLOR) || environment.TERM === 'dumb';
  return {
    isInteractive,
    isColoured: stdout.isTTY === true && !isPlain,
    print: (text) => {
      stdout.write(`${text}\n`);
    },
    warn: (text) => {
      stderr.write(`${text}\n`);
    },
    confirm: async (question) => {
      if (!isInteractive) return false;
      const prompt = createInterface({ input: stdin, output: stdout });
      try {
        return /^y(?:es)?$/i.test((await prompt.question(`${question} [y/N] `)).trim());
      } finally {
        prompt.close();
      }
    },
    showLine: (text) => {
      stdout.write(isInteractive ? `\r\u001b[2K${text}` : `${text}\n`);
    },
  };
}

/** Shows a line for as long as the work takes, to a person who waits for it. */
export async function whileShown<T>(
  terminal: Terminal,
  text: string,
  work: () => Promise<T>,
): Promise<T> {
  if (!terminal.isInteractive) return work();
  terminal.showLine(text);
  try {
    return await work();
  } finally {
    terminal.showLine('');
  }
}

/** The terminal for somebody who wants to hear of problems alone; JSON, where it is asked for, is printed. */
export function quietTerminal(terminal: Terminal, isJson: boolean): Terminal {
  const silent = (): void => undefined;
  return { ...terminal, print: isJson ? terminal.print : silent, showLine: silent };
}
