/**
 * The id under which an event is the same event, whoever tells it.
 *
 * A tool call is its `tool_use_id`. Other events have a natural key where the client gives one;
 * the rest take the unique name under which the launcher spooled the payload, so that draining the
 * same entry twice gives the same id.
 */
import { isMachineMade, type WirePayload } from './wire.ts';

/** SHA-256 of a text as hex; given by the caller because this module knows no platform. */
export type Digest = (text: string) => string;

/** Where a payload was found, for events that have no natural key. */
export interface Occurrence {
  /** Unique for ever: the spool entry's name together with its time. */
  readonly name: string;
}

/** Identity of a tool call: `tool_use_id` alone, plus the session where it is not Anthropic's own. */
export function toolCallId(toolUseId: string, sessionId: string | null): string {
  return toolUseId.startsWith('toolu_') ? toolUseId : `${sessionId ?? ''}:${toolUseId}`;
}

/** Session starts that happen at most once for a session id. */
const FIRST_STARTS = new Set(['startup', 'clear', 'fork']);

/** The natural key of an event that is no tool call, or null where the payload has none. */
export function naturalKey(payload: WirePayload): string | null {
  const { hookEvent, sessionId, promptId, agentId } = payload;
  if (sessionId === null) return null;
  switch (hookEvent) {
    case 'SessionStart': {
      const source = payload.raw.source;
      return typeof source === 'string' && FIRST_STARTS.has(source)
        ? `${sessionId}|${source}`
        : null;
    }
    case 'UserPromptSubmit':
      return isMachineMade(payload) ? null : promptId && `${sessionId}|${promptId}`;
    case 'SubagentStart':
    case 'SubagentStop':
      // An agent that is sent another message runs, and stops, once more.
      return agentId && `${sessionId}|${agentId}|${promptId ?? ''}`;
    default:
      return null;
  }
}

/** Id of an event that is no tool call; equal keys give equal ids on every machine. */
export function eventId(payload: WirePayload, occurrence: Occurrence, digest: Digest): string {
  const key = naturalKey(payload);
  const text = key === null ? `spool|${occurrence.name}` : `natural|${key}`;
  return `ev_${digest(`${payload.hookEvent}|${text}`).slice(0, 24)}`;
}
