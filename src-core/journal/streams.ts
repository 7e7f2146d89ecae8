/**
 * The JSONL files that are kept beside SQLite, each a stream of lines that carry the id of their
 * event. Three hold whole records and can rebuild the store; the others are projections.
 */
import type { CapturedEvent } from '../event/event.ts';
import {
  activityLine,
  commandLine,
  errorLine,
  isError,
  toolSuccessLine,
} from '../event/projection.ts';
import { type JsonRecord, recordOf } from '../event/record.ts';
import type { Paths } from '../files/paths.ts';

/** One file of lines. */
export interface Stream {
  readonly name: string;
  /** The bit that stands for this stream where a row says in which streams it was seen. */
  readonly bit: number;
  /** True when its lines are whole records. */
  readonly isPrimary: boolean;
  /** True when the event has a line here: what `lineFor` says, without building it. */
  hasLine(event: CapturedEvent): boolean;
  /** The event's line in this stream; null for an event that has none. */
  lineFor(event: CapturedEvent): JsonRecord | null;
  pathIn(paths: Paths): string;
}

const primary = (
  kind: CapturedEvent['kind'],
): Pick<Stream, 'isPrimary' | 'hasLine' | 'lineFor'> => ({
  isPrimary: true,
  hasLine: (event) => event.kind === kind,
  lineFor: (event) => (event.kind === kind ? recordOf(event) : null),
});

/** All streams, primary ones first. Bits are part of the store's format: never reuse one. */
export const STREAMS: readonly Stream[] = [
  {
    name: 'tool-usage',
    bit: 1,
    ...primary('tool'),
    pathIn: (paths) => paths.journals.toolUsage,
  },
  {
    name: 'session-events',
    bit: 2,
    ...primary('session'),
    pathIn: (paths) => paths.journals.sessionEvents,
  },
  {
    name: 'events',
    bit: 4,
    ...primary('other'),
    pathIn: (paths) => paths.journals.events,
  },
  {
    name: 'activity-events',
    bit: 8,
    isPrimary: false,
    hasLine: ({ kind }) => kind !== 'other',
    lineFor: activityLine,
    pathIn: (paths) => paths.journals.activityEvents,
  },
  {
    name: 'tool-success',
    bit: 16,
    isPrimary: false,
    hasLine: ({ kind }) => kind === 'tool',
    lineFor: toolSuccessLine,
    pathIn: (paths) => paths.journals.toolSuccess,
  },
  {
    name: 'command-usage',
    bit: 32,
    isPrimary: false,
    hasLine: ({ kind, command }) => kind === 'tool' && command !== null,
    lineFor: commandLine,
    pathIn: (paths) => paths.journals.commandUsage,
  },
  {
    name: 'errors',
    bit: 64,
    isPrimary: false,
    hasLine: isError,
    lineFor: errorLine,
    pathIn: (paths) => paths.journals.errors,
  },
];

/**
 * The bits of all streams in which the event has a line. Of what was imported from the old pipeline
 * its own projections tell already.
 */
export function expectedBits(event: CapturedEvent): number {
  const streams = event.source === 'old' ? STREAMS.filter(({ isPrimary }) => isPrimary) : STREAMS;
  return streams.reduce((bits, stream) => (stream.hasLine(event) ? bits | stream.bit : bits), 0);
}
