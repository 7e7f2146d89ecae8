/** Reads spool entries and turns them into events; what is not understood is set apart. */
import type { CapturedEvent, RunningCall } from '../event/event.ts';
import { mergeTellings } from '../event/merge.ts';
import { type CaptureContext, capture } from '../event/parse.ts';
import { readWire } from '../event/wire.ts';
import type { Rejected } from '../journal/quarantine.ts';
import { isAlive } from '../lock/lock.ts';
import { readEntry, type SpoolEntry, type SpoolFile } from './entry.ts';

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
}

/** What `capture` needs beside each entry's own context. */
export type GatherContext = Pick<CaptureContext, 'redactor' | 'digest' | 'keyedHash' | 'source'> & {
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
  let unfinished = 0;
  for (const file of files) {
    const entry = readEntry(file);
    if (entry === null) continue;
    if (!entry.isFinished && isBeingWritten(file, context.now)) {
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
  return { events: [...events.values()], running, rejected, files: done, unfinished };
}

/** Byte-equal payloads of one session this close together are one event: a hook that ran twice. */
export const TWIN_MS = 1000;

function addTelling(events: Map<string, CapturedEvent>, event: CapturedEvent): void {
  const before = events.get(event.id);
  if (before !== undefined) {
    if (event.kind === 'tool') events.set(event.id, mergeTellings(before, event));
    return;
  }
  if (event.payloadSum !== null) {
    for (const other of events.values()) if (isTwin(other, event)) return;
  }
  events.set(event.id, event);
}

function isTwin(a: CapturedEvent, b: CapturedEvent): boolean {
  return (
    a.payloadSum === b.payloadSum &&
    a.hookEvent === b.hookEvent &&
    a.sessionId === b.sessionId &&
    Math.abs(a.at - b.at) <= TWIN_MS
  );
}

type One =
  | { kind: 'told'; events: readonly CapturedEvent[]; running: RunningCall | null }
  | { kind: 'rejected'; rejected: Rejected };

function readOne(file: SpoolFile, entry: SpoolEntry, context: GatherContext): One {
  // Invalid UTF-8 becomes U+FFFD: a payload with one stray byte still tells its event.
  const text = entry.payload.toString('utf8');
  const wire = readWire(text);
  if (wire.kind === 'malformed') {
    const reason = entry.isFinished ? wire.reason : `unfinished, ${wire.reason}`;
    const bytes = entry.payload;
    return {
      kind: 'rejected',
      rejected: { at: context.now, from: file.name, offset: null, reason, bytes },
    };
  }
  const { payload } = wire;
  if (context.isExcluded(entry.project, payload.cwd))
    return { kind: 'told', events: [], running: null };
  const told = capture(payload, {
    ...context,
    name: `${file.name}@${file.at}`,
    at: file.at,
    project: entry.project,
    text,
  });
  return { kind: 'told', ...told };
}

function isBeingWritten(file: SpoolFile, now: number): boolean {
  return now - file.at < UNFINISHED_MS && (file.pid === null || isAlive(file.pid));
}
