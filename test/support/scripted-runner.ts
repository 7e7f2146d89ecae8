/** A runner of programs that runs none: it answers as a test has written down, and keeps the calls. */
import type { CommandResult, RunCommand } from '../../src-main/install/run-command.ts';

/** What a call ends with; a list is used up call by call, its last answer stays. */
export type Answer = Partial<CommandResult> | readonly Partial<CommandResult>[];

/** The runner with what was asked of it. */
export interface ScriptedRunner {
  readonly run: RunCommand;
  /** Each call in order: the program's name without its folder, and its arguments. */
  readonly calls: readonly string[];
}

/** Builds one; a call that is not in the script succeeds and prints nothing. */
export function createScriptedRunner(script: Readonly<Record<string, Answer>>): ScriptedRunner {
  const calls: string[] = [];
  const used = new Map<string, number>();
  return {
    calls,
    run: (command, args) => {
      const call = [command.slice(command.lastIndexOf('/') + 1), ...args].join(' ');
      calls.push(call);
      const answers = [script[call] ?? {}].flat();
      const at = used.get(call) ?? 0;
      used.set(call, at + 1);
      const answer = answers[Math.min(at, answers.length - 1)] ?? {};
      return Promise.resolve({ code: 0, stdout: '', ...answer });
    },
  };
}
