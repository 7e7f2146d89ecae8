/** Opens the dashboard of the app, running or not: a second start shows the first one's window. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { Paths } from '../../src-core/files/paths.ts';

const AppRecord = v.object({ program: v.string(), arguments: v.array(v.string()) });

/** Whether the app was started, or why not. */
export type OpenResult =
  | { readonly opened: true }
  | { readonly opened: false; readonly reason: string };

/** Starts the app the way it was started last. */
export function openDashboard(paths: Paths): OpenResult {
  const record = readRecord(paths.appRecord);
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

function readRecord(path: string): v.InferOutput<typeof AppRecord> | null {
  try {
    const result = v.safeParse(AppRecord, JSON.parse(readFileSync(path, 'utf8')));
    return result.success ? result.output : null;
  } catch {
    // Missing or damaged: the app writes it anew at its next start.
    return null;
  }
}
