/** Runs the installed launcher as Claude Code does, with a payload that may be killed half-way. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Paths } from '../../src-core/files/paths.ts';
import type { Random } from '../make-history/seeded-random.ts';

/** A launcher at work. */
export interface Launch {
  readonly id: string;
  readonly child: ChildProcess;
  /** True once it ended by itself with 0, false when it was killed. @throws for any other end */
  readonly isWhole: Promise<boolean>;
}

/** Starts one for a tool call whose payload is of a size between 100 bytes and `most`. */
export function launch(paths: Paths, random: Random, most: number): Launch {
  const id = `toolu_soak${random.hex(16)}`;
  const stdout = 'x'.repeat(Math.round(100 * (most / 100) ** random.next()));
  const payload = JSON.stringify({
    session_id: random.uuid(),
    cwd: '/Users/dev/project',
    hook_event_name: 'PostToolUse',
    tool_name: 'Bash',
    tool_input: { command: 'npm test' },
    tool_use_id: id,
    tool_response: { stdout, interrupted: false },
    duration_ms: random.integer(1, 5000),
  });
  const child = spawn(paths.launcher, ['capture'], {
    env: {
      HOME: paths.home,
      PATH: '/usr/bin:/bin',
      CLAUDE_PROJECT_DIR: '/Users/dev/project',
      CLAUDE_CODE_ENTRYPOINT: 'cli',
    },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // One that is killed closes its stdin while we write.
  child.stdin.on('error', () => undefined);
  child.stdin.end(payload);
  return { id, child, isWhole: wholeness(id, child) };
}

async function wholeness(id: string, child: ChildProcess): Promise<boolean> {
  await once(child, 'exit');
  if (child.signalCode === 'SIGKILL') return false;
  if (child.exitCode !== 0) throw new Error(`${id}: the launcher ended with ${child.exitCode}`);
  return true;
}

/** Process ids of drainers at work or about to be, as the markers name them. */
export function drainers({ drainMarker, startMarker }: Paths): readonly number[] {
  return [drainMarker, startMarker].flatMap((marker) => {
    try {
      const pid = Number.parseInt(readFileSync(marker, 'utf8'), 10);
      return pid > 0 && isDrainer(pid) ? [pid] : [];
    } catch {
      // No marker: nobody is at work.
      return [];
    }
  });
}

/**
 * A marker may outlive its drainer, and another program of this machine have its process id: none is
 * killed where the system does not show what it is.
 */
function isDrainer(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('hook.cjs');
  } catch {
    return false;
  }
}
