/** Times whole processes, from before their start until their end is known. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ProcessOptions } from './run-to-end.ts';

/** A running timer: a small process of its own that starts the others. */
export interface SpawnTimer {
  /**
   * Runs a process to its end; resolves with milliseconds.
   * @throws when it cannot be started or does not end with 0
   */
  time(options: ProcessOptions): Promise<number>;
  stop(): Promise<void>;
}

/** Starts a timer. */
export function startSpawnTimer(): SpawnTimer {
  const program = fileURLToPath(new URL('./spawn-timer-host.cjs', import.meta.url));
  const host = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = once(host, 'close');
  const lines = createInterface({ input: host.stdout })[Symbol.asyncIterator]();
  return {
    time: async (options) => {
      host.stdin.write(`${JSON.stringify(options)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error('the process that times others has ended');
      const { tookMs, problem } = JSON.parse(value) as { tookMs: number; problem: string | null };
      if (problem !== null) throw new Error(problem);
      return tookMs;
    },
    stop: async () => {
      host.stdin.end();
      await closed;
    },
  };
}
