/**
 * The files and the table that readers of the old pipeline know, each a projection of our events:
 * a pure function of one event, told apart by the event's id.
 */
import type { CapturedEvent } from './event.ts';
import { successOf } from './event.ts';
import { folderName, type JsonRecord, oldSessionEvent, secondsOf, shortSession } from './record.ts';

/** Line of `activity-events.jsonl`; null for an event that has none. */
export function activityLine(event: CapturedEvent): JsonRecord | null {
  const ts = secondsOf(event.at);
  if (event.kind === 'session') {
    return {
      ts,
      type: oldSessionEvent(event),
      pwd: event.cwd ?? '',
      project: folderName(event.project),
      id: event.id,
    };
  }
  if (event.kind !== 'tool') return null;
  return {
    ts,
    type: 'tool_use',
    tool: event.tool ?? '',
    file_path: event.filePath ?? '',
    command: event.command ?? '',
    success: successOf(event.outcome),
    pwd: event.cwd ?? '',
    id: event.id,
  };
}

/** Line of `tool-success.jsonl`; `exit_code` only where the client told one. */
export function toolSuccessLine(event: CapturedEvent): JsonRecord | null {
  if (event.kind !== 'tool') return null;
  return {
    ts: secondsOf(event.at),
    tool: event.tool ?? '',
    success: successOf(event.outcome),
    ...(event.exitCode === null ? {} : { exit_code: event.exitCode }),
    session: shortSession(event),
    outcome: event.outcome ?? 'unknown',
    id: event.id,
  };
}

/** Line of `command-usage.jsonl`: calls of tools that take a command. */
export function commandLine(event: CapturedEvent): JsonRecord | null {
  if (event.kind !== 'tool' || event.command === null) return null;
  return {
    ts: secondsOf(event.at),
    command: event.command.trim().split(/\s+/, 1)[0] ?? '',
    full_command: event.command,
    success: successOf(event.outcome),
    session: shortSession(event),
    id: event.id,
  };
}

/** True for a call that failed or timed out, and for what the API answered instead of an answer. */
export function isError({ kind, outcome, hookEvent }: CapturedEvent): boolean {
  return kind === 'tool'
    ? outcome === 'failed' || outcome === 'timed_out'
    : hookEvent === 'StopFailure';
}

/** Line of `errors.jsonl`; an error of the API is of the type that the client names. */
export function errorLine(event: CapturedEvent): JsonRecord | null {
  if (!isError(event)) return null;
  const type = event.errorClass ?? event.facts?.error ?? 'other';
  return {
    ts: secondsOf(event.at),
    timestamp: new Date(event.at).toISOString(),
    tool: event.tool ?? '',
    type,
    category: type,
    message: event.error ?? (event.kind === 'tool' ? '' : `API error: ${type}`),
    severity: event.outcome === 'failed' ? 'low' : 'medium',
    context: folderName(event.project),
    id: event.id,
  };
}

/** Row of the old `tool_events` table: its columns and nothing else. */
export interface OldTableRow {
  readonly ts: number;
  readonly tool: string;
  readonly file_path: string | null;
  readonly session_pwd: string | null;
  /** JSON; carries our id, so that the row is known as ours. */
  readonly metadata: string;
}

/** Row of `tool_events` for an event; null for an event that has none. */
export function oldTableRow(event: CapturedEvent): OldTableRow | null {
  const base = { ts: secondsOf(event.at), session_pwd: event.cwd };
  if (event.kind === 'session') {
    const metadata = JSON.stringify({ project: folderName(event.project), hookline_id: event.id });
    return { ...base, tool: oldSessionEvent(event), file_path: null, metadata };
  }
  if (event.kind !== 'tool') return null;
  const metadata = JSON.stringify({
    command: event.command,
    success: successOf(event.outcome),
    exit_code: event.exitCode,
    model: event.model ?? 'unknown',
    hookline_id: event.id,
  });
  return { ...base, tool: event.tool ?? '', file_path: event.filePath, metadata };
}
