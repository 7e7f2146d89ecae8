/**
 * A hook payload exactly as Claude Code writes it to stdin: one JSON object. Only the fields that
 * we read are named; a field of another type than expected counts as absent, and unknown events,
 * tools and fields are data like any other.
 */
import { isObject, type Json, numberOf, objectOf, textOf } from '../base/json.ts';
import { MAX_NAME } from '../base/limits.ts';

/** One call inside a `PostToolBatch` payload. */
export interface WireBatchCall {
  readonly toolName: string;
  readonly toolUseId: string;
  readonly toolInput: Json;
  readonly toolResponse: unknown;
}

/** The payload with its common fields read and the whole object kept for the rare ones. */
export interface WirePayload {
  readonly hookEvent: string;
  readonly sessionId: string | null;
  readonly cwd: string | null;
  readonly promptId: string | null;
  readonly permissionMode: string | null;
  readonly agentId: string | null;
  readonly agentType: string | null;
  readonly toolName: string | null;
  readonly toolUseId: string | null;
  readonly toolInput: Json;
  readonly durationMs: number | null;
  readonly raw: Json;
}

/** What became of the text on stdin. */
export type WireResult =
  | { readonly kind: 'payload'; readonly payload: WirePayload }
  | { readonly kind: 'malformed'; readonly reason: string };

/** Reads a payload's text; malformed is a value, never an exception. */
export function readWire(text: string): WireResult {
  if (text.trim() === '') return { kind: 'malformed', reason: 'empty' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'malformed', reason: 'not JSON' };
  }
  if (!isObject(value)) return { kind: 'malformed', reason: 'not a JSON object' };
  const hookEvent = textOf(value.hook_event_name);
  if (hookEvent === null) return { kind: 'malformed', reason: 'no hook_event_name' };
  return { kind: 'payload', payload: payloadOf(hookEvent, value) };
}

/** The calls of a `PostToolBatch`; entries without a name or an id are left out. */
export function batchCalls(payload: WirePayload): readonly WireBatchCall[] {
  const calls = payload.raw.tool_calls;
  if (!Array.isArray(calls)) return [];
  return calls.flatMap((entry: unknown) => {
    const call = objectOf(entry);
    const toolName = textOf(call.tool_name);
    const toolUseId = idOf(call.tool_use_id);
    if (toolName === null || toolUseId === null) return [];
    return [
      {
        toolName,
        toolUseId,
        toolInput: objectOf(call.tool_input),
        toolResponse: call.tool_response,
      },
    ];
  });
}

/**
 * True for a prompt that Claude Code handed in itself (a background task ended); a person wrote
 * none of these, and they come under the id of the person's prompt before.
 */
export function isMachineMade({ hookEvent, raw }: WirePayload): boolean {
  return (
    hookEvent === 'UserPromptSubmit' &&
    typeof raw.prompt === 'string' &&
    raw.prompt.startsWith('<task-notification>')
  );
}

/** An id is short; what is longer than a name may be is none. */
function idOf(value: unknown): string | null {
  const text = textOf(value);
  return text === null || text.length > MAX_NAME ? null : text;
}

/** The payload of an event that is known already, from its members. */
export function payloadOf(hookEvent: string, raw: Json): WirePayload {
  return {
    hookEvent,
    sessionId: idOf(raw.session_id),
    cwd: textOf(raw.cwd),
    promptId: idOf(raw.prompt_id),
    permissionMode: idOf(raw.permission_mode),
    agentId: idOf(raw.agent_id),
    agentType: idOf(raw.agent_type),
    toolName: textOf(raw.tool_name),
    toolUseId: idOf(raw.tool_use_id),
    toolInput: objectOf(raw.tool_input),
    durationMs: numberOf(raw.duration_ms),
    raw,
  };
}
