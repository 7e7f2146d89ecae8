/**
 * A line of a transcript as Claude Code writes it, read with tolerance: a member of another type
 * than expected counts as absent.
 */
import { isObject, type Json, objectOf, textOf } from '../base/json.ts';
import { MAX_NAME } from '../base/limits.ts';

/** A line with the members that more than one reader asks for, and the whole object for the rest. */
export interface TranscriptLine {
  readonly type: string;
  /** Epoch milliseconds; null for lines that carry no time. */
  readonly at: number | null;
  readonly sessionId: string | null;
  readonly agentId: string | null;
  readonly promptId: string | null;
  readonly cwd: string | null;
  readonly message: Json;
  readonly raw: Json;
}

/** The line that a text holds; null when it is no line of a transcript. */
export function readTranscriptLine(text: string): TranscriptLine | null {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(raw)) return null;
  const type = textOf(raw.type);
  if (type === null) return null;
  return {
    type,
    at: timeOf(raw.timestamp),
    sessionId: shortTextOf(raw.sessionId),
    agentId: shortTextOf(raw.agentId),
    promptId: shortTextOf(raw.promptId),
    cwd: textOf(raw.cwd),
    message: objectOf(raw.message),
    raw,
  };
}

/** The blocks of a message's content. */
export function blocksOf({ message }: TranscriptLine): readonly Json[] {
  return Array.isArray(message.content) ? message.content.filter(isObject) : [];
}

/** A text that is short enough to be an id or a name. */
export function shortTextOf(value: unknown): string | null {
  const text = textOf(value);
  return text === null || text.length > MAX_NAME ? null : text;
}

function timeOf(value: unknown): number | null {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
