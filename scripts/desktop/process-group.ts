/**
 * A child with a process group of its own, so that stopping it takes its whole family along and
 * nothing is ever found by name. Where `setpriv` exists the child also dies with its parent: a
 * test run that is killed leaves no server behind.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

const SETPRIV = '/usr/bin/setpriv';
const STOP_GRACE_MS = 2_000;

/** A running child and the lines it wrote to stderr, newest last. */
export interface ProcessGroup {
  readonly name: string;
  readonly pid: number;
  readonly exited: Promise<void>;
  /** The first line on a pipe (1 is stdout); rejects with what stderr said if the child ends before. */
  firstLine(fd: number): Promise<string>;
  /** Ends the whole group: SIGTERM, then SIGKILL for what is left after two seconds. */
  stop(): Promise<void>;
}

/** Starts `command` with stdout, stderr and `extraPipes` more pipes, in a group of its own. */
export function startGroup(
  command: string,
  args: readonly string[],
  options: { readonly env: NodeJS.ProcessEnv; readonly extraPipes?: number },
): ProcessGroup {
  const [file, fileArgs] = existsSync(SETPRIV)
    ? [SETPRIV, ['--pdeathsig', 'TERM', '--', command, ...args]]
    : [command, [...args]];
  const pipes = Array.from({ length: options.extraPipes ?? 0 }, () => 'pipe' as const);
  const child = spawn(file, fileArgs, {
    detached: true,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe', ...pipes],
  });
  const complaints: string[] = [];
  readLines(child, 2, (line) => complaints.push(line));
  const exited = whenExited(child);
  return {
    name: command,
    pid: child.pid ?? -1,
    exited,
    firstLine: (fd) => firstLine({ child, fd, command, exited, complaints }),
    stop: () => stopGroup(child, exited),
  };
}

async function whenExited(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  await once(child, 'exit');
}

function readLines(child: ChildProcess, fd: number, onLine: (line: string) => void): void {
  const stream = child.stdio[fd] as Readable | null | undefined;
  child.on('error', (error) => onLine(error.message));
  if (stream) createInterface({ input: stream }).on('line', onLine);
}

/** How long the last words of a process that has ended are waited for. */
const LAST_WORDS_MS = 1000;

interface FirstLineOptions {
  readonly child: ChildProcess;
  readonly fd: number;
  readonly command: string;
  readonly exited: Promise<void>;
  readonly complaints: readonly string[];
}

function firstLine({ child, fd, command, exited, complaints }: FirstLineOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    readLines(child, fd, resolve);
    // What it wrote may still be in the pipe, which a child of its own may hold open for ever.
    const closed = once(child, 'close').catch(() => undefined);
    void exited
      .then(() => Promise.race([closed, delay(LAST_WORDS_MS)]))
      .then(() =>
        reject(
          new Error(`${command} ended early: ${complaints.slice(-3).join(' / ') || 'no message'}`),
        ),
      );
  });
}

async function stopGroup(child: ChildProcess, exited: Promise<void>): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  signalGroup(pid, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), STOP_GRACE_MS);
  await exited;
  clearTimeout(timer);
  // The leader is gone; members that ignored SIGTERM are not.
  signalGroup(pid, 'SIGKILL');
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
