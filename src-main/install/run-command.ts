/** Runs other programs, in an environment that cannot change what they run. */
import { execFile } from 'node:child_process';

/** How a program ended. `code` is null if it was ended by a signal or never started. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
}

/** Runs a program without a shell; never rejects. */
export type RunCommand = (
  command: string,
  args: readonly string[],
  options: { readonly timeoutMs: number },
) => Promise<CommandResult>;

const MAX_OUTPUT_BYTES = 64 * 1024;
/** Variables that make a program load or do something else than what it is. */
const UNSAFE = /^(?:NODE_|ELECTRON_|LD_|DYLD_)/;

/** A runner whose programs start in the home folder; version managers' shims look there for theirs. */
export function createRunner(
  home: string,
  environment: Readonly<Record<string, string | undefined>>,
): RunCommand {
  const env = Object.fromEntries(
    Object.entries(environment).filter(([name]) => !UNSAFE.test(name)),
  );
  return (command, args, { timeoutMs }) =>
    new Promise((resolve) => {
      const options = {
        cwd: home,
        env,
        timeout: timeoutMs,
        killSignal: 'SIGKILL',
        maxBuffer: MAX_OUTPUT_BYTES,
      } as const;
      const child = execFile(command, args, options, (error, stdout) => {
        const code = error ? (typeof error.code === 'number' ? error.code : null) : 0;
        resolve({ code, stdout });
      });
      child.stdin?.end();
    });
}
