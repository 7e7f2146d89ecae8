/** Another process that holds the lock of a home, until it is told to let go or is killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createPaths } from '../../src-core/files/paths.ts';
import { takeLock } from '../../src-core/lock/lock.ts';
import { betterSqlite } from '../../src-core/store/better-sqlite.ts';

/** Starts one; resolves when it holds the lock. */
export async function startLockHolder(home: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [import.meta.filename, home], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  if (child.exitCode !== null) throw new Error(`the lock holder ended with ${child.exitCode}`);
  return child;
}

/** Lets it go; resolves when it has ended. */
export async function letGo(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.stdin?.end();
  await ended;
}

if (process.argv[1] === import.meta.filename) {
  const paths = createPaths({ home: process.argv[2] ?? '' });
  const lock = takeLock({ paths, open: betterSqlite(), waitMs: 0 });
  if (lock === null) process.exit(1);
  process.stdin.on('end', () => lock.release()).resume();
  process.stdout.write('held\n');
}
