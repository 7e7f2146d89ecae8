/** Which sessions have a Claude Code that still runs, as Claude Code itself says. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { numberOf, objectOf, textOf } from '../../src-core/base/json.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { isAlive } from '../../src-core/lock/lock.ts';

/**
 * Sessions of clients that run now: each client keeps `<claude>/sessions/<pid>.json` and removes it
 * when it ends; one that was killed leaves it behind, so its process is asked as well.
 */
export function runningClients(paths: Paths): ReadonlySet<string> {
  const folder = join(paths.claude, 'sessions');
  const sessions = new Set<string>();
  for (const name of namesIn(folder)) {
    const pid = Number(/^(\d+)\.json$/.exec(name)?.[1] ?? 0);
    if (!isAlive(pid)) continue;
    const client = clientIn(join(folder, name));
    const sessionId = textOf(client.sessionId);
    // A process id that another program has now names no client.
    if (sessionId !== null && numberOf(client.pid) === pid) sessions.add(sessionId);
  }
  return sessions;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // A client that keeps no such folder, or none that ever ran.
    return [];
  }
}

function clientIn(path: string): Readonly<Record<string, unknown>> {
  try {
    return objectOf(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // It ends, or writes, in this moment.
    return {};
  }
}
