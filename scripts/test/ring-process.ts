import { execFile, fork } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NOTHING, sumTallies, type Tally, tallyOutcomes } from './tally.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '..', '..');
const RUN_RING = new URL('./run-ring.ts', import.meta.url);
const ENDED_AFTER_MS = 10 * 60 * 1000;

/** Which tests to run, and with what added to the environment. */
export interface RingRun {
  readonly ring: string;
  readonly filters: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Runs a ring to its end, its output shown as it comes. A ring that breaks counts one failure. */
export function runRing({ ring, filters, env }: RingRun): Promise<Tally> {
  const child = fork(RUN_RING, [ring, ...filters], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const timer = setTimeout(() => {
    console.error(`The ${ring} tests did not end within ${ENDED_AFTER_MS / 60_000} minutes.`);
    child.kill('SIGKILL');
  }, ENDED_AFTER_MS);
  let tally: Tally | undefined;
  child.on('message', (message) => {
    tally = message as Tally;
  });
  return new Promise((resolve) => {
    child.on('exit', (code) => {
      clearTimeout(timer);
      resolve(judgeRun(tally, code));
    });
  });
}

/** A run that ends badly without a failed test (a crash, a changed real home) failed all the same. */
export function judgeRun(tally: Tally | undefined, exitCode: number | null): Tally {
  const counted = tally ?? NOTHING;
  const isExplained = exitCode === 0 || counted.failed > 0;
  if (tally && isExplained) return tally;
  return sumTallies([counted, tallyOutcomes([{ kind: 'failed' }])]);
}

/** Counts a ring's tests from their source, as skipped for `reason`, running none. */
export async function skipRing({ ring, filters }: RingRun, reason: string): Promise<Tally> {
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const args = [vitest, 'list', '--json', '--project', ring, ...filters];
  const { stdout } = await run(process.execPath, args, { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 });
  const { length: count } = JSON.parse(stdout) as unknown[];
  return count === 0 ? NOTHING : { ...NOTHING, skipped: count, skips: [{ reason, count }] };
}
