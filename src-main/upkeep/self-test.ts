/**
 * Measures the installed launcher outside of any session, as Claude Code runs it: for each event it
 * waits that long. What a real run took is not measured, because measuring would cost more than it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { writeFileSync } from 'atomically';
import * as v from 'valibot';
import type { Clock } from '../../src-core/base/clock.ts';
import type { Paths } from '../../src-core/files/paths.ts';

const ROUNDS = 9;
/** A launcher that hangs is a finding of its own; the app does not wait for it. */
const TIMEOUT_MS = 2000;
const PAYLOAD = `{"hook_event_name":"PostToolUse","tool_name":"Bash","text":"${'x'.repeat(2000)}"}\n`;

const SelfTest = v.object({ medianMs: v.number(), measuredAt: v.number() });
/** The last measurement. */
export type SelfTest = v.InferOutput<typeof SelfTest>;

/** The last measurement; null where there is none. */
export function readSelfTest(paths: Paths): SelfTest | null {
  try {
    const result = v.safeParse(SelfTest, JSON.parse(readFileSync(paths.selfTest, 'utf8')));
    return result.success ? result.output : null;
  } catch {
    // Not measured yet, or damaged: the next test writes it anew.
    return null;
  }
}

/**
 * Measures and keeps the median; null, and nothing kept, where the launcher does not run. Blocks
 * this thread for some dozens of milliseconds.
 * @throws the system's error when the result cannot be written
 */
export function testLauncher(paths: Paths, clock: Clock): SelfTest | null {
  // While capture is paused the launcher does not do what is to be measured.
  if (!existsSync(paths.launcher) || existsSync(paths.pauseMarker)) return null;
  // The first run makes the folder and is left out.
  const runs = runProbe(paths, ROUNDS + 1);
  if (runs === null) return null;
  const times = runs.slice(1).sort((a, b) => a - b);
  const median = times[Math.floor(ROUNDS / 2)] ?? 0;
  const result = { medianMs: Math.round(median * 10) / 10, measuredAt: clock.now() };
  writeFileSync(paths.selfTest, `${JSON.stringify(result)}\n`, { mode: 0o600, fsync: false });
  return result;
}

/** True if the installed launcher runs; nothing is kept of it. */
export function launcherRuns(paths: Paths): boolean {
  return runProbe(paths, 1) !== null;
}

/** How long each of some runs took, in milliseconds; null where one of them did not work. */
function runProbe(paths: Paths, rounds: number): readonly number[] | null {
  const env = {
    HOME: paths.home,
    PATH: '/usr/bin:/bin',
    CLAUDE_PROJECT_DIR: paths.home,
    CLAUDE_CODE_ENTRYPOINT: 'cli',
  };
  const options = { input: PAYLOAD, env, stdio: 'pipe', timeout: TIMEOUT_MS } as const;
  const times: number[] = [];
  try {
    while (times.length < rounds) {
      const from = performance.now();
      const { status } = spawnSync(paths.launcher, ['probe'], options);
      if (status !== 0) return null;
      times.push(performance.now() - from);
    }
    return times;
  } finally {
    rmSync(paths.probe, { recursive: true, force: true, maxRetries: 3, retryDelay: 20 });
  }
}
