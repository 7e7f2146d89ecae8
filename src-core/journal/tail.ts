/**
 * The events in the last part of the primary streams, for the moments when SQLite cannot tell what
 * is written already: it does not answer, or the last drainer died at work.
 */
import { statSync } from 'node:fs';
import type { CapturedEvent } from '../event/event.ts';
import { eventOfRecord } from '../event/record.ts';
import type { Paths } from '../files/paths.ts';
import { readLines } from './read.ts';
import { STREAMS } from './streams.ts';

/** How far back the tail reaches; far more than one drain can have written. */
const TAIL_BYTES = 8 * 1024 * 1024;

/** Events found in the tail of the primary streams, by id. */
export function recentEvents(paths: Paths): ReadonlyMap<string, CapturedEvent> {
  const events = new Map<string, CapturedEvent>();
  for (const stream of STREAMS.filter(({ isPrimary }) => isPrimary)) {
    for (const value of tailValues(stream.pathIn(paths))) {
      const event = eventOfRecord(value);
      if (event !== null) events.set(event.id, event);
    }
  }
  return events;
}

/** Ids found in the tail of one file of lines. */
export function recentIds(path: string): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const value of tailValues(path)) {
    const id = (value as { id?: unknown } | null)?.id;
    if (typeof id === 'string') ids.add(id);
  }
  return ids;
}

function* tailValues(path: string): Generator<unknown> {
  const size = sizeOf(path);
  if (size === null) return;
  for (const line of readLines(path, Math.max(0, size - TAIL_BYTES))) {
    try {
      yield JSON.parse(line.bytes.toString('utf8'));
    } catch {
      // A torn or foreign line is the bridge's business; it names no event of ours.
    }
  }
}

function sizeOf(path: string): number | null {
  try {
    const stat = statSync(path);
    return stat.isFile() ? stat.size : null;
  } catch {
    return null;
  }
}
