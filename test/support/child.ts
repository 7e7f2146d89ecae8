/** Child processes of tests: each is ended by its own id, none outlives its test. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A child that says what it did, line by line. */
export interface TalkingChild {
  readonly pid: number;
  /** Its next line; rejects when it ends without one. */
  nextLine(): Promise<string>;
  /** Closes its stdin and waits for its end. */
  finish(): Promise<void>;
  /** Kills it the hard way and waits for its end. */
  kill(): Promise<void>;
}

/** Starts a program of test/support. */
export function startSupport(program: string, args: readonly string[]): TalkingChild {
  const child = spawn(process.execPath, [join(import.meta.dirname, program), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    pid: child.pid ?? 0,
    nextLine: async () => {
      const next = await lines.next();
      if (next.done) throw new Error(`${program} ended without a word`);
      return next.value;
    },
    finish: async () => {
      child.stdin.end();
      await ended(child);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended(child);
    },
  };
}

/** Waits for the end of a child, however it came about. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
