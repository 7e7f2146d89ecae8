/** Reads spool entries and turns them into events; what is not understood is set apart. */

import { MAX_PAYLOAD_BYTES } from '../base/limits.ts';
import type { CapturedEvent, RunningCall } from '../event/event.ts';
import { mergeTellings } from '../event/merge.ts';
import { type CaptureContext, capture } from '../event/parse.ts';
import { readWire } from '../event/wire.ts';
import type { Rejected } from '../journal/quarantine.ts';
import { isAlive } from '../lock/lock.ts';
import { type ReadSpoolEntry, readEntry, type SpoolFile } from './entry.ts';

/** An unfinished entry older than this belongs to a launcher that hangs; its bytes are judged as they are. */
const UNFINISHED_MS = 60_000;

/** What a set of entries told. */
export interface Gathered {
  /** Events in the order of their first telling, one for each id. */
  readonly events: readonly CapturedEvent[];
  readonly running: readonly RunningCall[];
  readonly rejected: readonly Rejected[];
  /** Entries that may be removed once all of the above is kept. */
  readonly files: readonly SpoolFile[];
  /** Entries whose launcher is still writing. */
  readonly unfinished: number;
  /** Entries that could not be read, one sentence each; they stay in the spool. */
  readonly problems: readonly string[];
}

/** What `capture` needs beside each entry's own context. */
export type GatherContext = Pick<
  CaptureContext,
  'redactor' | 'digest' | 'keyedHash' | 'source' | 'privacy'
> & {
  readonly now: number;
  /** True for a session that is not to be recorded. */
  readonly isExcluded: (project: string | null, cwd: string | null) => boolean;
};

/** Reads the entries; never throws for what they hold. */
export function gather(files: readonly SpoolFile[], context: GatherContext): Gathered {
  const events = new Map<string, CapturedEvent>();
  const running: RunningCall[] = [];
  const rejected: Rejected[] = [];
  const done: SpoolFile[] = [];
  const problems: string[] = [];
  let unfinished = 0;
  for (const file of files) {
    // Asked before reading: a launcher that ends in between has then written what was not read yet.
    const mayGrow = isBeingWritten(file, context.now);
    const entry = readOrNote(file, problems);
    if (entry === null) continue;
    if (!entry.isFinished && mayGrow) {
      unfinished++;
      continue;
    }
    done.push(file);
    const result = readOne(file, entry, context);
    if (result.kind === 'rejected') {
      rejected.push(result.rejected);
      continue;
    }
    if (result.running !== null) running.push(result.running);
    for (const event of result.events) addTelling(events, event);
  }
  return { events: [...events.values()], running, rejected, files: done, unfinished, problems };
}

/** One entry that cannot be read must not keep the others from being drained. */
function readOrNote(file: SpoolFile, problems: string[]): ReadSpoolEntry | null {
  try {
    return readEntry(file);
  } catch (error) {
    problems.push(`spool entry ${file.name}: ${(error as Error).message}`);
    return null;
  }
}

/** Byte-equal payloads of one session this close together are one event: a hook that ran twice. */
export const TWIN_MS = 1000;

function addTelling(events: Map<string, CapturedEvent>, event: CapturedEvent): void {
  const before = events.get(event.id);
  if (before !== undefined) {
    if (event.kind === 'tool') events.set(event.id, mergeTellings(before, event));
    return;
  }
  for (const other of events.values()) if (isTwin(other, event)) return;
  events.set(event.id, event);
}

/** True for two tellings of one event that has no natural key. */
export function isTwin(a: CapturedEvent, b: CapturedEvent): boolean {
  return (
    a.payloadSum !== null &&
    a.payloadSum === b.payloadSum &&
    a.hookEvent === b.hookEvent &&
    a.sessionId === b.sessionId &&
    Math.abs(a.at - b.at) <= TWIN_MS
  );
}

type One =
  | { kind: 'told'; events: readonly CapturedEvent[]; running: RunningCall | null }
  | { kind: 'rejected'; rejected: Rejected };

const NOTHING: One = { kind: 'told', events: [], running: null };

function readOne(file: SpoolFile, entry: ReadSpoolEntry, context: GatherContext): One {
  // Before anything else: not even its damage may bring an excluded project into quarantine.
  if (context.isExcluded(entry.project, null)) return NOTHING;
  // Invalid UTF-8 becomes U+FFFD: a payload with one stray byte still tells its event.
  const text = entry.payload.toString('utf8');
  const wire = readWire(text);
  if (wire.kind === 'malformed') {
    const isCut = file.sizeBytes > MAX_PAYLOAD_BYTES;
    const state = entry.isFinished ? '' : isCut ? 'too long, ' : 'unfinished, ';
    const reason = `${state}${wire.reason}`;
    const rejected = { at: context.now, from: file.name, offset: null, reason };
    return { kind: 'rejected', rejected: { ...rejected, bytes: entry.payload } };
  }
  const { payload } = wire;
  if (context.isExcluded(entry.project, payload.cwd)) return NOTHING;
  const told = capture(payload, {
    ...context,
    name: `${file.name}@${entry.at}`,
    at: entry.at,
    project: entry.project,
    text,
  });
  return { kind: 'told', ...told };
}

function isBeingWritten(file: SpoolFile, now: number): boolean {
  // A time ahead of ours tells nothing: the clock was set back.
  const isRecent = Math.abs(now - file.at) < UNFINISHED_MS;
  return isRecent && (file.pid === null || isAlive(file.pid));
}
