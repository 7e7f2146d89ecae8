/**
 * Where the hook's own failures go: a capped log that the app counts. Silent towards Claude Code,
 * loud towards the user of the app.
 */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { keylessRedactor, redactBeginning } from '../src-core/event/redact.ts';

const MAX_BYTES = 256 * 1024;

/** Notes a failure. Never throws: there is nobody left to tell. */
export function noteFailure(path: string, at: number, message: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES)
      renameSync(path, `${path}.1`);
    const line = redactBeginning(keylessRedactor, message, 500).replace(/\p{Cc}/gu, ' ');
    appendFileSync(path, `${new Date(at).toISOString()} ${line}\n`, { mode: 0o600 });
  } catch {
    // The disk may be full or gone; the spool still holds what was captured.
  }
}
