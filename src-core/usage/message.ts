/**
 * What one answer of a model used, as its lines in a transcript say. A client writes a line for each
 * block of an answer, all under one message id and with the usage of the whole answer as far as it
 * was known then; forks and resumed sessions repeat lines in other files. So an answer is counted by
 * its id, once, as its last line has it.
 */
import { isObject, objectOf, textOf } from '../base/json.ts';
import { shortTextOf, type TranscriptLine } from '../transcript/wire.ts';

/** Tokens by what they cost. */
export interface Tokens {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly write5m: number;
  readonly write1h: number;
}

/** Usage of one answer. */
export interface UsageMessage {
  readonly id: string;
  /** When its last line was written, epoch milliseconds. */
  readonly at: number;
  readonly model: string;
  readonly tokens: Tokens;
  /** Searches on Anthropic's servers; those of the client's own tools are none. */
  readonly webSearches: number;
  /** False while the answer may still go on. */
  readonly isFinal: boolean;
  readonly isFast: boolean;
  /** True for a request that had to stay in the United States. */
  readonly isUsOnly: boolean;
  /** Session that asked for it; of a fork's repeated lines the one that it was forked from. */
  readonly sessionId: string | null;
  /** Null for the session itself. */
  readonly agentId: string | null;
}

/** More than any answer has; what is above is damage. */
const MOST_TOKENS = 1e9;
/** Agent of lines in files of clients that kept their agents' lines among the session's own. */
const UNNAMED_AGENT = 'unnamed';

/** The usage that a line tells; null where it tells none, as errors made up by the client do not. */
export function usageOf(line: TranscriptLine): UsageMessage | null {
  const { message, raw, at } = line;
  if (line.type !== 'assistant' || at === null || !isObject(message.usage)) return null;
  const model = shortTextOf(message.model) ?? 'unknown';
  if (model === '<synthetic>' || raw.isApiErrorMessage === true) return null;
  const id = shortTextOf(message.id) ?? shortTextOf(raw.requestId) ?? shortTextOf(raw.uuid);
  if (id === null) return null;
  const { usage } = message;
  return {
    id,
    at,
    model,
    tokens: tokensOf(usage),
    webSearches: countOf(objectOf(usage.server_tool_use).web_search_requests),
    isFinal: textOf(message.stop_reason) !== null,
    isFast: usage.speed === 'fast',
    isUsOnly: usage.inference_geo === 'us',
    sessionId: shortTextOf(objectOf(raw.forkedFrom).sessionId) ?? line.sessionId,
    agentId: line.agentId ?? (raw.isSidechain === true ? UNNAMED_AGENT : null),
  };
}

function tokensOf(usage: Readonly<Record<string, unknown>>): Tokens {
  const parts = objectOf(usage.cache_creation);
  const write1h = countOf(parts.ephemeral_1h_input_tokens);
  // Older clients tell the sum alone, and all of it was for five minutes then.
  const write5m = Math.max(
    countOf(parts.ephemeral_5m_input_tokens),
    countOf(usage.cache_creation_input_tokens) - write1h,
  );
  return {
    input: countOf(usage.input_tokens),
    output: countOf(usage.output_tokens),
    cacheRead: countOf(usage.cache_read_input_tokens),
    write5m,
    write1h,
  };
}

/** A count as the client may have written it; anything else is none. */
export function countOf(value: unknown): number {
  const isCount = typeof value === 'number' && value >= 0 && value <= MOST_TOKENS;
  return isCount ? Math.trunc(value) : 0;
}

/**
 * Of two tellings of one answer the one that counts, whichever was read first: a finished one, else
 * the later, else the larger.
 */
export function finalOf(a: UsageMessage, b: UsageMessage): UsageMessage {
  const order =
    Number(b.isFinal) - Number(a.isFinal) || b.at - a.at || b.tokens.output - a.tokens.output;
  return order > 0 ? b : a;
}
