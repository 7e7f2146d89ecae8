/** One event of our own through the installed launcher, to see that capture works from end to end. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { EventRow } from '../../src-core/contract/views.ts';
import type { Paths } from '../../src-core/files/paths.ts';

/** Name of the event; it belongs to no session, so no figure counts it. */
export const TEST_EVENT = 'HooklineTest';
/** How long the record may take to have it: a runtime is started for the first event. */
const STORED_WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 50;
const LAUNCHER_WITHIN_MS = 5000;

/** What the test told. */
export interface TestEvent {
  readonly isStored: boolean;
  /** What became of it, as a sentence for the user. */
  readonly message: string;
  readonly event: EventRow | null;
}

/**
 * Runs the launcher as Claude Code does and waits until `find` gives the event. Never rejects for
 * what the launcher does: that is the answer.
 */
export async function sendTestEvent(
  paths: Paths,
  find: (mark: string) => EventRow | null,
): Promise<TestEvent> {
  const failed = (message: string): TestEvent => ({ isStored: false, message, event: null });
  if (!existsSync(paths.launcher)) return failed('The hook is not installed.');
  if (existsSync(paths.pauseMarker))
    return failed('Recording is paused, so the hook takes no event. Go on with it and try again.');
  const mark = randomUUID();
  const problem = await runLauncher(paths, mark);
  if (problem !== null) return failed(problem);
  const giveUpAt = performance.now() + STORED_WITHIN_MS;
  while (performance.now() < giveUpAt) {
    const event = find(mark);
    if (event !== null) {
      return { isStored: true, message: 'A test event came through the hook.', event };
    }
    await pause(LOOK_EVERY_MS);
  }
  return failed(
    'The hook took the test event, but the record did not have it after 15 seconds. Health says what waits.',
  );
}

/** Why the launcher did not take the event; null when it did. */
function runLauncher(paths: Paths, mark: string): Promise<string | null> {
  const payload = {
    hook_event_name: TEST_EVENT,
    cwd: paths.home,
    reason: 'sent by Hookline to see that capture works',
    prompt_id: mark,
  };
  return new Promise((resolve) => {
    const child = spawn(paths.launcher, [], {
      env: { HOME: paths.home, PATH: '/usr/bin:/bin', CLAUDE_PROJECT_DIR: paths.home },
      stdio: ['pipe', 'ignore', 'ignore'],
      timeout: LAUNCHER_WITHIN_MS,
    });
    child.on('error', (error) => resolve(`The launcher cannot be started: ${error.message}`));
    child.on('exit', (code, signal) => {
      if (code === 0) resolve(null);
      else resolve(`The launcher ended with ${signal ?? `exit code ${code}`}.`);
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(JSON.stringify(payload));
  });
}
