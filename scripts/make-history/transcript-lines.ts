/** Lines of made-up transcripts, with the members and sizes that Claude Code 2.1.330 gives them. */
import { isObject, type Json, objectOf, textOf } from '../../src-core/base/json.ts';
import { sha256 } from '../../src-core/journal/sum.ts';
import { costOf, NANO } from '../../src-core/usage/cost.ts';
import type { Tokens } from '../../src-core/usage/message.ts';
import type { Told } from './tell-session.ts';

/** How large the lines are of which nothing is read: those of whole requests to the model. */
export type LineMix = 'full' | 'lean';

/** What a session's transcript goes on from. */
export interface TranscriptVoice {
  readonly mix: LineMix;
  readonly model: string;
  /** Number of the next line. */
  next: number;
  /** Answers of the session and its agents so far. */
  readonly spent: { answers: number };
}

const SYSTEM_PROMPT = filler(14_000);
const TOOLS = filler(62_000);
const REMINDER = filler(6000);

/** Text as system prompts have it: long lines, and each line end escaped in JSON. */
function filler(length: number): string {
  const line =
    'You are an agent that works in the user\'s project; be brief and exact.\n"Quote" it.\n';
  return line.repeat(Math.ceil(length / line.length)).slice(0, length);
}

/** The lines that the client writes for what a hook was told; none for what leaves no trace. */
export function linesFor(voice: TranscriptVoice, told: Told): readonly Json[] {
  const { payload } = told;
  switch (payload.hook_event_name) {
    case 'UserPromptSubmit':
      return promptLines(voice, told);
    case 'PostToolUse':
    case 'PostToolUseFailure':
      return callLines(voice, told, payload);
    case 'PostToolBatch':
      return (Array.isArray(payload.tool_calls) ? payload.tool_calls : [])
        .filter(isObject)
        .flatMap((call) => callLines(voice, told, call));
    case 'Stop':
      return stopLines(voice, told);
    case 'SessionEnd':
      return [accountOf(voice, told)];
    default:
      return [];
  }
}

function common(voice: TranscriptVoice, { at, payload }: Told, type: string): Json {
  const agent = textOf(payload.agent_id);
  return {
    type,
    uuid: uuidOf(`${payload.session_id}|${agent}|${voice.next++}`),
    timestamp: new Date(at).toISOString(),
    userType: 'external',
    entrypoint: 'cli',
    cwd: payload.cwd,
    sessionId: payload.session_id,
    version: '2.1.330',
    gitBranch: 'main',
  };
}

function line(voice: TranscriptVoice, told: Told, type: string, members: Json): Json {
  const agent = textOf(told.payload.agent_id);
  return {
    parentUuid:
      voice.next === 0 ? null : uuidOf(`${told.payload.session_id}|${agent}|${voice.next - 1}`),
    isSidechain: agent !== null,
    ...(agent === null ? {} : { agentId: agent }),
    ...members,
    ...common(voice, told, type),
  };
}

function promptLines(voice: TranscriptVoice, told: Told): readonly Json[] {
  const { payload } = told;
  const { session_id: sessionId } = payload;
  const own = {
    promptId: payload.prompt_id,
    message: { role: 'user', content: payload.prompt },
    permissionMode: payload.permission_mode,
    promptSource: 'typed',
  };
  const small = [
    line(voice, told, 'user', own),
    line(voice, told, 'attachment', { attachment: { type: 'environment', snapshot: {} } }),
    { type: 'atis-latch', atis: '', sessionId },
  ];
  if (voice.mix === 'lean') return small;
  const hash = sha256(`${sessionId}|${voice.next}`);
  return [
    ...small,
    line(voice, told, 'attachment', {
      attachment: { type: 'prompt_snapshot', systemPrompt: [SYSTEM_PROMPT], tools: TOOLS },
    }),
    { type: 'api-request-shape', sessionId, shapeHash: hash, shape: SYSTEM_PROMPT + TOOLS },
    { type: 'api-request-blob', sessionId, hash, message: REMINDER },
    { type: 'api-request-blob', sessionId, hash, message: textOf(payload.prompt) ?? '' },
  ];
}

function callLines(voice: TranscriptVoice, told: Told, call: Json): readonly Json[] {
  const { payload } = told;
  const took = typeof payload.duration_ms === 'number' ? payload.duration_ms : 20;
  const asked = { ...told, at: told.at - Math.round(took) - 40 };
  const use = {
    type: 'tool_use',
    id: call.tool_use_id,
    name: call.tool_name,
    input: call.tool_input,
  };
  return [
    ...(voice.mix === 'full' ? [requestLine(voice, asked)] : []),
    { type: 'tools-used', tools: [call.tool_name], sessionId: payload.session_id },
    line(voice, asked, 'assistant', { message: messageOf(voice, told, [use]), effort: 'medium' }),
    line(voice, told, 'user', { promptId: payload.prompt_id, ...resultOf(payload, call) }),
    { type: 'last-prompt', lastPrompt: 'go on', sessionId: payload.session_id },
  ];
}

function requestLine({ model, next }: TranscriptVoice, { at, payload }: Told): Json {
  const hashes = Array.from({ length: 4 }, (_, i) => sha256(`${payload.session_id}|${next}|${i}`));
  return {
    type: 'api-request',
    sessionId: payload.session_id,
    timestamp: new Date(at).toISOString(),
    params: { model, betas: REMINDER.slice(0, 400), max_tokens: 128_000 },
    tail: hashes,
    requestDigest: hashes[0],
  };
}

/** What each answer uses. */
const ANSWER: Tokens = { input: 14, output: 101, cacheRead: 19_060, write5m: 494, write1h: 0 };

/** What the client says at a session's end that it has cost. */
function accountOf({ model, spent }: TranscriptVoice, { at, payload }: Told): Json {
  const one = { model, at, tokens: ANSWER, webSearches: 0, isFast: false, isUsOnly: false };
  const cost = costOf(one);
  const { input, output, cacheRead, write5m } = ANSWER;
  return {
    type: 'cost-state',
    sessionId: payload.session_id,
    totalCostUSD: ((cost ?? 0) * spent.answers) / NANO,
    modelUsage: {
      [model]: {
        inputTokens: input * spent.answers,
        outputTokens: output * spent.answers,
        cacheReadInputTokens: cacheRead * spent.answers,
        cacheCreationInputTokens: write5m * spent.answers,
      },
    },
    hasUnknownModelCost: cost === null,
  };
}

function messageOf(voice: TranscriptVoice, { payload }: Told, content: readonly Json[]): Json {
  voice.spent.answers++;
  const agent = textOf(payload.agent_id);
  return {
    id: `msg_${sha256(`${payload.session_id}|${agent}|${voice.next}`).slice(0, 24)}`,
    type: 'message',
    role: 'assistant',
    model: voice.model,
    content,
    stop_reason: 'tool_use',
    usage: {
      input_tokens: ANSWER.input,
      cache_creation_input_tokens: ANSWER.write5m,
      cache_read_input_tokens: ANSWER.cacheRead,
      output_tokens: ANSWER.output,
      cache_creation: {
        ephemeral_1h_input_tokens: ANSWER.write1h,
        ephemeral_5m_input_tokens: ANSWER.write5m,
      },
      service_tier: 'standard',
    },
  };
}

const REJECTION = "The user doesn't want to proceed with this tool use.";

/** A result as the client writes it, from what it told the hook. */
function resultOf(payload: Json, call: Json): Json {
  const id = { type: 'tool_result', tool_use_id: call.tool_use_id };
  const accepted = { permissionDecision: { decision: 'accept', source: 'config' } };
  const failed = (text: string, rest: Json): Json => ({
    message: { role: 'user', content: [{ ...id, content: text, is_error: true }] },
    toolUseResult: `Error: ${text}`,
    ...rest,
  });
  if (payload.is_interrupt === true) return failed(REJECTION, accepted);
  const error = textOf(payload.error);
  if (error !== null) return failed(error, accepted);
  const response = call.tool_response;
  // A batch tells what the model reads, without saying whether it is an error.
  if (payload.hook_event_name === 'PostToolBatch' && response !== 'Done.')
    return failed(textOf(response) ?? '', {});
  const read = textOf(objectOf(response).stdout) ?? JSON.stringify(response);
  return {
    message: { role: 'user', content: [{ ...id, content: read }] },
    toolUseResult: response,
    ...accepted,
  };
}

function stopLines(voice: TranscriptVoice, told: Told): readonly Json[] {
  const text = { type: 'text', text: textOf(told.payload.last_assistant_message) ?? 'Done.' };
  return [
    line(voice, told, 'assistant', { message: messageOf(voice, told, [text]) }),
    line(voice, told, 'system', { subtype: 'turn_duration', durationMs: 1000 }),
  ];
}

function uuidOf(name: string): string {
  const hex = sha256(name);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
