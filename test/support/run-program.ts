/** Runs a program to its end, whatever it ends with. */
import { execFile } from 'node:child_process';

/** Ends what hangs, so that no program outlives its test. */
const TIMEOUT_MS = 60_000;

/** How it ended and what it said. */
export interface ProgramRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs it with that environment alone. */
export function runProgram(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<ProgramRun> {
  return new Promise((resolve) => {
    execFile(
      program,
      args,
      { env, timeout: TIMEOUT_MS, killSignal: 'SIGKILL' },
      (error, stdout, stderr) => {
        const code = error ? (typeof error.code === 'number' ? error.code : null) : 0;
        resolve({ code, stdout, stderr });
      },
    );
  });
}
