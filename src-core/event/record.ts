/**
 * The record: an event as one flat object of JSON, the way it stands in a line of JSONL.
 *
 * Its first members are the ones that readers of the old files know (`ts` in whole seconds,
 * `session` in eight characters, `model` never absent); ours follow, each only where it is known.
 * The same event always gives the same record, so that a line can be made again from a row.
 */
import { booleanOf, isObject, type Json, numberOf, textOf } from '../base/json.ts';
import type { CapturedEvent, Content, EventKind, Facts, Outcome, Source } from './event.ts';
import { successOf } from './event.ts';
import {
  EVENT_FIELDS,
  type EventField,
  eventOfFields,
  isNumberField,
  writtenName,
} from './fields.ts';

/** Version of the record's shape; raised when a member changes its meaning. */
export const RECORD_VERSION = 1;

/** A record as it is written; `sum` is added by whoever writes it. */
export type JsonRecord = Readonly<
  Record<string, string | number | boolean | null | Facts | Content>
>;

/** The event's record without its sum. */
export function recordOf(event: CapturedEvent): JsonRecord {
  const record: Record<string, JsonRecord[string]> = {};
  for (const [name, value] of Object.entries(oldMembers(event))) {
    // `success` keeps its null: old readers expect the member.
    if (value !== null || name === 'success') record[name] = value;
  }
  for (const [field, name] of OWN_MEMBERS) {
    const value = event[field];
    if (value !== null) record[name] = value;
    if (field === 'id') record.v = RECORD_VERSION;
  }
  return record;
}

/** Seconds, as the old files count. */
export function secondsOf(at: number): number {
  return Math.floor(at / 1000);
}

/** The short session name of the old files: here the first eight characters of the session's id. */
export function shortSession(event: CapturedEvent): string {
  return event.sessionId?.slice(0, 8) ?? '';
}

/** Last part of a folder's path; empty for none. */
export function folderName(path: string | null): string {
  return (
    path
      ?.replace(/[/\\]+$/, '')
      .split(/[/\\]/)
      .at(-1) ?? ''
  );
}

/** The old name of a session event. */
export function oldSessionEvent(event: CapturedEvent): 'session_start' | 'session_end' {
  return event.hookEvent === 'SessionStart' ? 'session_start' : 'session_end';
}

function oldMembers(event: CapturedEvent): Record<string, string | number | boolean | null> {
  const ts = secondsOf(event.at);
  switch (event.kind) {
    case 'tool':
      return {
        ts,
        tool: event.tool,
        session: shortSession(event),
        model: event.model ?? 'unknown',
        file_path: event.filePath ?? '',
        command: event.command ?? '',
        success: successOf(event.outcome),
      };
    case 'session':
      return {
        ts,
        event: oldSessionEvent(event),
        pwd: event.cwd ?? '',
        project: folderName(event.project),
        model: event.model ?? 'unknown',
      };
    case 'other':
      return { ts, event: event.hookEvent, model: event.model };
  }
}

/** Fields that the old members tell, by the old names. */
const OLD_FIELDS: ReadonlySet<EventField> = new Set<EventField>([
  'tool',
  'filePath',
  'command',
  'model',
]);
/** Our members: the field of each, and its name. */
const OWN_MEMBERS = EVENT_FIELDS.filter((field) => !OLD_FIELDS.has(field)).map(
  (field) => [field, field === 'project' ? 'project_dir' : writtenName(field)] as const,
);
const NAME_OF: ReadonlyMap<EventField, string> = new Map(OWN_MEMBERS);

/** The last moment that a date can hold, epoch milliseconds. */
const MAX_TIME = 8.64e15;
const KINDS: ReadonlySet<string> = new Set<EventKind>(['tool', 'session', 'other']);
const SOURCES: ReadonlySet<string> = new Set<Source>(['hook', 'spool', 'transcript', 'old']);
const OUTCOMES: ReadonlySet<string> = new Set<Outcome>([
  'succeeded',
  'expected',
  'failed',
  'timed_out',
  'denied',
  'rejected',
  'interrupted',
  'unknown',
]);

/** The event that a record of ours tells; null when it is no record of ours. */
export function eventOfRecord(record: unknown): CapturedEvent | null {
  if (!isObject(record)) return null;
  const event = eventOfFields((field) => fieldOf(record, field));
  const { id, hookEvent, at, kind, source, outcome, tool } = event;
  // Nothing promises that the file holds what the types say.
  const isWhole = [id, hookEvent, at].every((value: unknown) => value !== null);
  if (!isWhole || Math.abs(at) > MAX_TIME || !KINDS.has(kind) || !SOURCES.has(source)) return null;
  if (outcome !== null && !OUTCOMES.has(outcome)) return null;
  return kind === 'tool' && tool === null ? null : event;
}

function fieldOf(record: Json, field: EventField): unknown {
  const value = record[NAME_OF.get(field) ?? writtenName(field)];
  if (isNumberField(field)) return numberOf(value);
  if (field === 'facts') return factsOf(value);
  if (field === 'content') return isObject(value) ? value : null;
  if (field === 'model') return value === 'unknown' ? null : textOf(value);
  return NAME_OF.has(field) || record.kind === 'tool' ? textOf(value) : null;
}

function factsOf(value: unknown): Facts | null {
  if (!isObject(value)) return null;
  const facts = Object.entries(value).filter(
    ([, fact]) => typeof fact === 'string' || numberOf(fact) !== null || booleanOf(fact) !== null,
  );
  return facts.length === 0 ? null : (Object.fromEntries(facts) as Facts);
}
