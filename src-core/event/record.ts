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

/** Version of the record's shape; raised when a member changes its meaning. */
export const RECORD_VERSION = 1;

/** A record as it is written; `sum` is added by whoever writes it. */
export type JsonRecord = Readonly<
  Record<string, string | number | boolean | null | Facts | Content>
>;

const KIND_OF_FIELD = {
  id: 'text',
  hook_event: 'text',
  at: 'number',
  source: 'text',
  session_id: 'text',
  tool_use_id: 'text',
  prompt_id: 'text',
  project_dir: 'text',
  cwd: 'text',
  agent_id: 'text',
  agent_type: 'text',
  permission_mode: 'text',
  outcome: 'text',
  exit_code: 'number',
  duration_ms: 'number',
  error_class: 'text',
  error: 'text',
  input_bytes: 'number',
  output_bytes: 'number',
  payload_sum: 'text',
} as const;

/** The event's record without its sum. */
export function recordOf(event: CapturedEvent): JsonRecord {
  return withoutNulls({ ...oldMembers(event), ...ownMembers(event) });
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

function ownMembers(event: CapturedEvent): Record<string, JsonRecord[string]> {
  return {
    source: event.source,
    id: event.id,
    v: RECORD_VERSION,
    at: event.at,
    kind: event.kind,
    hook_event: event.hookEvent,
    session_id: event.sessionId,
    tool_use_id: event.toolUseId,
    prompt_id: event.promptId,
    project_dir: event.project,
    cwd: event.cwd,
    agent_id: event.agentId,
    agent_type: event.agentType,
    permission_mode: event.permissionMode,
    outcome: event.outcome,
    exit_code: event.exitCode,
    duration_ms: event.durationMs,
    error_class: event.errorClass,
    error: event.error,
    input_bytes: event.inputBytes,
    output_bytes: event.outputBytes,
    facts: event.facts,
    payload_sum: event.payloadSum,
    content: event.content,
  };
}

/** `success` keeps its null: old readers expect the member. */
function withoutNulls(members: Record<string, JsonRecord[string]>): JsonRecord {
  return Object.fromEntries(
    Object.entries(members).filter(([name, value]) => value !== null || name === 'success'),
  );
}

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
  const own = readOwn(record);
  const kind = record.kind;
  if (own.id === null || own.hook_event === null || own.source === null) return null;
  if (own.at === null || Math.abs(own.at) > MAX_TIME) return null;
  if (typeof kind !== 'string' || !KINDS.has(kind) || !SOURCES.has(own.source)) return null;
  if (own.outcome !== null && !OUTCOMES.has(own.outcome)) return null;
  const isTool = kind === 'tool';
  if (isTool && textOf(record.tool) === null) return null;
  return {
    id: own.id,
    kind: kind as EventKind,
    hookEvent: own.hook_event,
    at: own.at,
    source: own.source as Source,
    sessionId: own.session_id,
    toolUseId: own.tool_use_id,
    promptId: own.prompt_id,
    tool: isTool ? textOf(record.tool) : null,
    filePath: isTool ? textOf(record.file_path) : null,
    command: isTool ? textOf(record.command) : null,
    project: own.project_dir,
    cwd: own.cwd,
    agentId: own.agent_id,
    agentType: own.agent_type,
    permissionMode: own.permission_mode,
    model: record.model === 'unknown' ? null : textOf(record.model),
    outcome: own.outcome as Outcome | null,
    exitCode: own.exit_code,
    durationMs: own.duration_ms,
    errorClass: own.error_class,
    error: own.error,
    inputBytes: own.input_bytes,
    outputBytes: own.output_bytes,
    facts: factsOf(record.facts),
    payloadSum: own.payload_sum,
    content: contentOf(record.content),
  };
}

type Own = {
  [F in keyof typeof KIND_OF_FIELD]: (typeof KIND_OF_FIELD)[F] extends 'text'
    ? string | null
    : number | null;
};

function readOwn(record: Json): Own {
  return Object.fromEntries(
    Object.entries(KIND_OF_FIELD).map(([name, kind]) => [
      name,
      kind === 'text' ? textOf(record[name]) : numberOf(record[name]),
    ]),
  ) as Own;
}

const contentOf = (value: unknown): Content | null => (isObject(value) ? value : null);

function factsOf(value: unknown): Facts | null {
  if (!isObject(value)) return null;
  const facts = Object.entries(value).filter(
    ([, fact]) => typeof fact === 'string' || numberOf(fact) !== null || booleanOf(fact) !== null,
  );
  return facts.length === 0 ? null : (Object.fromEntries(facts) as Facts);
}
