/**
 * launchd through its command, in the domain of the user's desktop session.
 *
 * `launchctl` says by its exit code what happened; the codes here are those that macOS gives for
 * the states that a user's machine really gets into.
 */
import type { RunCommand } from '../install/run-command.ts';

const LAUNCHCTL = '/bin/launchctl';
const TIMEOUT_MS = 10_000;
/** How long a job that is being stopped is waited for: launchd gives it 20 s before it kills it. */
const SETTLE_ROUNDS = 100;
const SETTLE_MS = 250;

/** Codes of `launchctl bootstrap`. */
export const BOOTSTRAP = {
  /** Mostly: a job of that label is loaded already. */
  inputOutputError: 5,
  inProgress: 37,
  isDisabled: 119,
  /** There is no desktop session to load it into, as over ssh. */
  noDesktop: 125,
} as const;
/** Codes of `launchctl bootout` for a job that is not loaded. */
const NOT_LOADED: readonly (number | null)[] = [3, 113];
const STOPPING = 36;

/** A loaded job as `launchctl print` shows it. */
export interface LoadedJob {
  /** The file it was loaded from. */
  readonly file: string | null;
  readonly program: string | null;
  readonly pid: number | null;
  /** How it ended last, in launchd's words; null if it never did. */
  readonly lastExit: string | null;
}

/** launchd. */
export interface Launchctl {
  /** The job with that label; null if none is loaded. */
  print(label: string): Promise<LoadedJob | null>;
  /** True if the user has switched the label off. */
  isDisabled(label: string): Promise<boolean>;
  enable(label: string): Promise<void>;
  /** Loads a file; the code with which that ended, 0 for done. */
  bootstrap(file: string): Promise<number | null>;
  /** Unloads a job and waits until it is gone; false if it stays. */
  bootout(label: string): Promise<boolean>;
  /** Waits until launchd may be asked again about what it is doing. */
  settle(): Promise<void>;
}

/** What talking to launchd needs. */
export interface LaunchctlPorts {
  readonly run: RunCommand;
  /** The user's id: whose session it is. */
  readonly uid: number;
  /** Waits so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
}

/** Builds the door to launchd. */
export function createLaunchctl({ run, uid, pause }: LaunchctlPorts): Launchctl {
  const domain = `gui/${uid}`;
  const call = (...args: readonly string[]) => run(LAUNCHCTL, args, { timeoutMs: TIMEOUT_MS });
  const print = async (label: string): Promise<LoadedJob | null> => {
    const { code, stdout } = await call('print', `${domain}/${label}`);
    return code === 0 ? parseJob(stdout) : null;
  };
  return {
    print,
    isDisabled: async (label) => {
      const { code, stdout } = await call('print-disabled', domain);
      return code === 0 && parseDisabled(stdout).has(label);
    },
    enable: async (label) => {
      await call('enable', `${domain}/${label}`);
    },
    bootstrap: async (file) => (await call('bootstrap', domain, file)).code,
    bootout: async (label) => {
      const { code } = await call('bootout', `${domain}/${label}`);
      if (NOT_LOADED.includes(code)) return true;
      if (code !== 0 && code !== STOPPING) return false;
      for (let round = 0; round < SETTLE_ROUNDS; round++) {
        if ((await print(label)) === null) return true;
        await pause(SETTLE_MS);
      }
      return false;
    },
    settle: () => pause(SETTLE_MS),
  };
}

/** Reads what `launchctl print` says of a job; its layout is meant for people and may grow. */
export function parseJob(text: string): LoadedJob {
  // One tab: the job's own members, not those of what is nested in it.
  const members = new Map(
    [...text.matchAll(/^\t([a-z][a-z ]*) = (.*)$/gm)].map(([, name = '', value = '']) => [
      name,
      value.trim(),
    ]),
  );
  const pid = Number(members.get('pid'));
  const exit = members.get('last exit code');
  return {
    file: members.get('path') ?? null,
    program: members.get('program') ?? null,
    pid: Number.isInteger(pid) && pid > 0 ? pid : null,
    lastExit:
      members.get('last terminating signal') ?? (exit?.startsWith('(') ? null : exit) ?? null,
  };
}

/** The labels that `launchctl print-disabled` names as switched off, in old words or in new ones. */
export function parseDisabled(text: string): ReadonlySet<string> {
  const lines = text.matchAll(/^\s*"([^"]+)" => (?:disabled|true)\s*$/gm);
  return new Set([...lines].map(([, label = '']) => label));
}
