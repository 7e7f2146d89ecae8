import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';

const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** npm passes a Ctrl-C on that the terminal has already sent; later ones are an impatient person. */
const SAME_SIGNAL_MS = 1_000;

/** How to start a child and what to do with the lines it writes to stderr. */
export interface ChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly onErrorLine: (line: string) => void;
}

/** How a child ended. */
export interface ChildEnd {
  /** Its exit code, 128 + n if signal n ended it. */
  readonly code: number;
  /** True if a signal to this process was passed on to it: the end was wanted. */
  readonly wasAsked: boolean;
}

/**
 * Runs a child to its end. Signals to
 * this process are passed on, each once; the same one again after a second ends it at once.
 */
export function runChild({ command, args, env, onErrorLine }: ChildOptions): Promise<ChildEnd> {
  // In a session of its own the child gets a Ctrl-C from us alone, not from the terminal as well.
  const child = spawn(command, [...args], {
    env,
    stdio: ['ignore', 'inherit', 'pipe'],
    detached: true,
  });
  createInterface({ input: child.stderr }).on('line', onErrorLine);
  let passedOnAt: number | undefined;
  for (const signal of PASSED_ON) {
    process.on(signal, () => {
      const now = performance.now();
      if (passedOnAt === undefined) child.kill(signal);
      else if (now - passedOnAt > SAME_SIGNAL_MS) child.kill('SIGKILL');
      passedOnAt ??= now;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) =>
      resolve({
        code: code ?? 128 + constants.signals[signal ?? 'SIGTERM'],
        wasAsked: passedOnAt !== undefined,
      }),
    );
  });
}
