/**
 * Where things go that were not understood: nothing is dropped silently, and nothing of it counts
 * as an event. One JSON line each, redacted as text and capped.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MAX_QUARANTINE_BYTES } from '../base/limits.ts';
import { redactEscaped } from '../event/redact/escapes.ts';
import { type Redactor, withoutLastWord } from '../event/redact.ts';
import type { Paths } from '../files/paths.ts';
import { appendLines } from './append.ts';
import { lineOf, sha256 } from './sum.ts';

/** Something that was not understood. */
export interface Rejected {
  /** When it was found, epoch milliseconds. */
  readonly at: number;
  /** File name it came from. */
  readonly from: string;
  /** Byte offset in that file; null for a whole file. */
  readonly offset: number | null;
  readonly reason: string;
  readonly bytes: Buffer;
}

/** The quarantine's file. */
export function quarantineFile(paths: Paths): string {
  return join(paths.quarantine, 'rejected.jsonl');
}

/** Id under which the same damage found twice is one entry, wherever in its file it stands by then. */
export function rejectedId({ from, bytes }: Rejected): string {
  return sha256(`${from}|${sha256(bytes)}`).slice(0, 24);
}

/**
 * Keeps what was rejected.
 * @throws the system's error when the quarantine cannot be written; the caller keeps the original then
 */
export function quarantine(paths: Paths, redactor: Redactor, rejected: readonly Rejected[]): void {
  const lines = rejected.map((entry) =>
    lineOf({
      id: rejectedId(entry),
      at: entry.at,
      from: entry.from,
      ...(entry.offset === null ? {} : { offset: entry.offset }),
      reason: entry.reason,
      bytes: entry.bytes.length,
      text: redactEscaped(beginningOf(entry.bytes), redactor.redact),
    }),
  );
  appendLines(quarantineFile(paths), lines);
}

/** As much as is kept; a part of a secret at its end would not be known as one. */
function beginningOf(bytes: Buffer): string {
  const text = bytes.toString('utf8', 0, MAX_QUARANTINE_BYTES);
  return bytes.length > MAX_QUARANTINE_BYTES ? withoutLastWord(text) : text;
}

/** Ids of all that is in quarantine; empty where there is none. */
export function quarantinedIds(paths: Paths): ReadonlySet<string> {
  let text: string;
  try {
    text = readFileSync(quarantineFile(paths), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Set();
    throw error;
  }
  const ids = text.split('\n').flatMap((line) => /^\{"id":"([0-9a-f]+)"/.exec(line)?.[1] ?? []);
  return new Set(ids);
}
