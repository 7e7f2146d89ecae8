/**
 * From what a transcript tells to our events, by way of the payload that a hook would have got: one
 * identity, one table of outcomes, one way of redacting for both witnesses.
 */
import { isObject, type Json, textOf } from '../base/json.ts';
import { MAX_NAME } from '../base/limits.ts';
import type { CapturedEvent } from '../event/event.ts';
import { type CaptureContext, capture } from '../event/parse.ts';
import { redactBeginning } from '../event/redact.ts';
import { payloadOf } from '../event/wire.ts';
import type { TranscriptCall, TranscriptResult } from './calls.ts';
import type { TranscriptPrompt } from './prompt.ts';

/** Name that stands where other events name the hook that told them. */
export const TRANSCRIPT_EVENT = 'Transcript';

/** What making an event needs beside the transcript. */
export type TellingContext = Pick<
  CaptureContext,
  'redactor' | 'digest' | 'keyedHash' | 'privacy' | 'project'
>;

/** The event of a call; without a result its outcome is unknown. */
export function eventOfCall(
  call: TranscriptCall,
  result: TranscriptResult | null,
  context: TellingContext,
): CapturedEvent | null {
  const members: Record<string, unknown> = {
    session_id: call.sessionId,
    prompt_id: call.promptId,
    cwd: call.cwd,
    agent_id: call.agentId,
    agent_type: call.agentType,
    tool_name: call.tool,
    tool_use_id: call.toolUseId,
    tool_input: call.input,
    ...(result === null ? {} : endMembers(result)),
  };
  const name = result?.isError === true ? 'PostToolUseFailure' : 'PostToolUse';
  const event = eventOf(name, members, result?.at ?? call.at, context);
  if (event === null) return null;
  const model =
    call.model === null ? null : redactBeginning(context.redactor, call.model, MAX_NAME);
  const told = { ...event, hookEvent: TRANSCRIPT_EVENT, model };
  if (result === null) return { ...told, outcome: 'unknown' };
  return isInterruption(event, call, result)
    ? { ...told, outcome: 'interrupted', errorClass: 'interrupted' }
    : told;
}

/**
 * The client writes the same words for a call that a person rejected and for one that was broken
 * off. It cannot have been rejected once it was allowed, nor where there is nobody to ask.
 */
function isInterruption(
  { outcome }: CapturedEvent,
  { entrypoint }: TranscriptCall,
  { wasAllowed }: TranscriptResult,
): boolean {
  return outcome === 'rejected' && (wasAllowed || entrypoint === 'sdk-cli');
}

function endMembers({ isError, content, response }: TranscriptResult): Json {
  if (isError) return { error: errorText(content, response) };
  return { tool_response: response ?? content };
}

/** What the model reads begins with the client's own envelope; the response repeats it as a text. */
function errorText(content: unknown, response: unknown): string | null {
  if (typeof content === 'string') return textOf(content);
  const first = Array.isArray(content) ? content.find(isObject) : undefined;
  return textOf(first?.text) ?? textOf(response);
}

/** The event of a prompt: the same that its hook tells. */
export function eventOfPrompt(
  prompt: TranscriptPrompt,
  context: TellingContext,
): CapturedEvent | null {
  const members = {
    session_id: prompt.sessionId,
    prompt_id: prompt.promptId,
    cwd: prompt.cwd,
    permission_mode: prompt.permissionMode,
    prompt: prompt.text,
  };
  return eventOf('UserPromptSubmit', members, prompt.at, context);
}

/** How and where a session began. */
export interface TranscriptStart {
  readonly sessionId: string;
  readonly source: 'startup' | 'fork' | 'clear';
  readonly cwd: string | null;
  readonly at: number;
}

/** The event of a session's start: the same that its hook tells. */
export function eventOfStart(
  { sessionId, source, cwd, at }: TranscriptStart,
  context: TellingContext,
): CapturedEvent | null {
  return eventOf('SessionStart', { session_id: sessionId, source, cwd }, at, context);
}

function eventOf(
  name: string,
  members: Json,
  at: number,
  context: TellingContext,
): CapturedEvent | null {
  // Only events that have an identity of their own are made here, so no name of an entry is needed.
  const told = capture(payloadOf(name, members), {
    ...context,
    at,
    name: '',
    text: '',
    source: 'transcript',
  });
  return told.events[0] ?? null;
}
