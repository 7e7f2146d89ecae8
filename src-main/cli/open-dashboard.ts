/** Opens the dashboard of the app, running or not: a second start shows the first one's window. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { Paths } from '../../src-core/files/paths.ts';

const AppRecord = v.object({
  program: v.string(),
  arguments: v.array(v.string()),
  /** The same app as the system may start it at login; null where it ran from a checkout. */
  login: v.optional(
    v.nullable(v.object({ path: v.string(), args: v.pipe(v.array(v.string()), v.readonly()) })),
    null,
  ),
});
/** How the app was started last. */
type AppRecord = v.InferOutput<typeof AppRecord>;

/** Whether the app was started, or why not. */
export type OpenResult =
  | { readonly opened: true }
  | { readonly opened: false; readonly reason: string };

/** Starts the app the way it was started last. */
export function openDashboard(paths: Paths): OpenResult {
  const record = readAppRecord(paths);
  if (record === null || !existsSync(record.program)) {
    const reason =
      'The app has not been started on this account yet. Start it once (npm start, or from the Applications folder), and this command finds it.';
    return { opened: false, reason };
  }
  const child = spawn(record.program, [...record.arguments, '--dashboard'], {
    detached: true,
    stdio: 'ignore',
  });
  child.on('error', () => undefined);
  child.unref();
  return { opened: true };
}

/** The installed app, as the system may start it at login; null where none has run, or it is gone. */
export function recordedApp(paths: Paths): AppRecord['login'] {
  const login = readAppRecord(paths)?.login ?? null;
  return login !== null && existsSync(login.path) ? login : null;
}

/** Reads it; null where the app was never started. */
function readAppRecord(paths: Paths): AppRecord | null {
  try {
    const text = readFileSync(paths.appRecord, 'utf8');
    const result = v.safeParse(AppRecord, JSON.parse(text));
    return result.success ? result.output : null;
  } catch {
    // Missing or damaged: the app writes it anew at its next start.
    return null;
  }
}
