/**
 * From a payload to our events. One payload gives none (live state), one, or several (a batch of
 * calls); well-formed but unknown events are kept as `other`.
 */
import { jsonBytes, textOf } from '../base/json.ts';
import { MAX_COMMAND, MAX_ERROR, MAX_NAME, MAX_PATH } from '../base/limits.ts';
import { clientId } from './client-id.ts';
import { contentOf, contentOfCall, type PrivacyLevel } from './content.ts';
import type { CapturedEvent, EventKind, RunningCall, Source } from './event.ts';
import { factsOf } from './facts.ts';
import { eventOfFields } from './fields.ts';
import { type Digest, eventId, naturalKey, type Occurrence, toolCallId } from './identity.ts';
import { type Ending, endingOfBatch, endingOfFailure, endingOfPost } from './outcome.ts';
import { type KeyedHash, type Redactor, redactBeginning } from './redact.ts';
import { batchCalls, type WirePayload } from './wire.ts';

/** What is known of a payload beside its text. */
export interface CaptureContext extends Occurrence {
  /** When the hook ran, epoch milliseconds. */
  readonly at: number;
  /** Folder in which the session was started, where the launcher knew it. */
  readonly project: string | null;
  readonly source: Source;
  readonly redactor: Redactor;
  readonly digest: Digest;
  readonly keyedHash: KeyedHash;
  /** How much is kept; no content where nothing is said. */
  readonly privacy?: PrivacyLevel;
  /** The payload's text, for its keyed hash. */
  readonly text: string;
}

/** What a payload told. */
export interface Capture {
  readonly events: readonly CapturedEvent[];
  /** A call that has begun. */
  readonly running: RunningCall | null;
}

/** Reads a payload; never throws, whatever the payload holds. */
export function capture(told: WirePayload, context: CaptureContext): Capture {
  const payload = withSafeIds(told, context.keyedHash);
  switch (payload.hookEvent) {
    case 'PreToolUse':
      return { events: [], running: runningCall(payload, context) };
    case 'PostToolUse':
      return ofCall(payload, context, endingOfPost(payload.raw.tool_response));
    case 'PostToolUseFailure':
      return ofCall(
        payload,
        context,
        endingOfFailure(textOf(payload.raw.error), payload.raw.is_interrupt === true),
      );
    case 'PostToolBatch':
      return ofBatch(payload, context);
    case 'SessionStart':
    case 'SessionEnd':
      return { events: [plainEvent(payload, context, 'session')], running: null };
    default:
      return { events: [plainEvent(payload, context, 'other')], running: null };
  }
}

function ofCall(payload: WirePayload, context: CaptureContext, ending: Ending): Capture {
  const { toolName, toolUseId } = payload;
  if (toolName === null || toolUseId === null) {
    return { events: [plainEvent(payload, context, 'other')], running: null };
  }
  const call = { toolName, toolUseId, toolInput: payload.toolInput };
  const event: CapturedEvent = {
    ...toolEvent(payload, context, call, ending),
    durationMs: payload.durationMs,
    outputBytes: outputBytes(payload),
    content: contentOf(payload, levelOf(context), context.redactor),
  };
  return { events: [event], running: null };
}

function ofBatch(payload: WirePayload, context: CaptureContext): Capture {
  const events = batchCalls(payload).map((told) => {
    const call = { ...told, toolUseId: clientId(told.toolUseId, context.keyedHash) };
    return {
      ...toolEvent(payload, context, call, endingOfBatch(call.toolResponse)),
      outputBytes: jsonBytes(call.toolResponse),
      content: contentOfCall(call, levelOf(context), context.redactor),
    };
  });
  // A batch of which no call can be told is kept as what it is, not dropped.
  return {
    events: events.length > 0 ? events : [plainEvent(payload, context, 'other')],
    running: null,
  };
}

interface Call {
  readonly toolName: string;
  readonly toolUseId: string;
  readonly toolInput: Readonly<Record<string, unknown>>;
}

function toolEvent(
  payload: WirePayload,
  context: CaptureContext,
  call: Call,
  ending: Ending,
): CapturedEvent {
  const { redactor } = context;
  return {
    ...commonFields(payload, context),
    id: toolCallId(call.toolUseId, payload.sessionId),
    kind: 'tool',
    toolUseId: call.toolUseId,
    tool: redactBeginning(redactor, call.toolName, MAX_NAME),
    filePath: filePathOf(call.toolInput, redactor),
    command: commandOf(call.toolInput, redactor),
    outcome: ending.outcome,
    exitCode: ending.exitCode,
    errorClass: ending.errorClass,
    error: bounded(ending.error, redactor, MAX_ERROR),
    inputBytes: jsonBytes(call.toolInput),
  };
}

function plainEvent(payload: WirePayload, context: CaptureContext, kind: EventKind): CapturedEvent {
  return {
    ...commonFields(payload, context),
    id: eventId(payload, context, context.digest),
    kind,
    model: bounded(modelOf(payload), context.redactor, MAX_NAME),
    facts: factsOf(payload, context.redactor),
    payloadSum: naturalKey(payload) === null ? context.keyedHash(context.text).slice(0, 16) : null,
    content: contentOf(payload, levelOf(context), context.redactor),
  };
}

const NO_FIELDS = eventOfFields(() => null);

function commonFields(payload: WirePayload, context: CaptureContext): CapturedEvent {
  const { redactor } = context;
  return {
    ...NO_FIELDS,
    hookEvent: redactBeginning(redactor, payload.hookEvent, MAX_NAME),
    at: context.at,
    source: context.source,
    sessionId: payload.sessionId,
    promptId: payload.promptId,
    project: bounded(context.project ?? payload.cwd, redactor, MAX_PATH),
    cwd: bounded(payload.cwd, redactor, MAX_PATH),
    agentId: payload.agentId,
    agentType: bounded(payload.agentType, redactor, MAX_NAME),
    permissionMode: bounded(payload.permissionMode, redactor, MAX_NAME),
  };
}

/** Ids are kept as they are, so that they can be joined, unless they hold a secret. */
function withSafeIds(payload: WirePayload, hash: KeyedHash): WirePayload {
  const safe = (id: string | null): string | null => (id === null ? null : clientId(id, hash));
  return {
    ...payload,
    sessionId: safe(payload.sessionId),
    promptId: safe(payload.promptId),
    agentId: safe(payload.agentId),
    toolUseId: safe(payload.toolUseId),
  };
}

const levelOf = ({ privacy }: CaptureContext): PrivacyLevel => privacy ?? 'metadata';

function runningCall(payload: WirePayload, context: CaptureContext): RunningCall | null {
  if (payload.toolName === null || payload.toolUseId === null) return null;
  return {
    toolUseId: toolCallId(payload.toolUseId, payload.sessionId),
    sessionId: payload.sessionId,
    tool: redactBeginning(context.redactor, payload.toolName, MAX_NAME),
    detail:
      commandOf(payload.toolInput, context.redactor) ??
      filePathOf(payload.toolInput, context.redactor),
    at: context.at,
  };
}

function filePathOf(input: Call['toolInput'], redactor: Redactor): string | null {
  return bounded(textOf(input.file_path) ?? textOf(input.notebook_path), redactor, MAX_PATH);
}

/** The command without the bodies of its here-documents: they are content, often secret. */
function commandOf(input: Call['toolInput'], redactor: Redactor): string | null {
  const command = textOf(input.command);
  return command === null ? null : bounded(withoutHeredocs(command), redactor, MAX_COMMAND);
}

const HEREDOC = /<<-?\s*(['"]?)([A-Za-z_]\w{0,64})\1/;

function withoutHeredocs(command: string): string {
  const lines = command.split('\n');
  const kept: string[] = [];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    kept.push(line);
    const word = HEREDOC.exec(line)?.[2];
    if (word === undefined) continue;
    kept.push('…');
    do i++;
    while (i < lines.length && lines[i]?.trim() !== word);
    if (i < lines.length) kept.push(word);
  }
  return kept.join('\n');
}

/** The old files say `unknown` where no model is known, so it cannot be the name of one. */
function modelOf(payload: WirePayload): string | null {
  const model = textOf(payload.raw.model);
  return model === 'unknown' ? null : model;
}

function bounded(text: string | null, redactor: Redactor, max: number): string | null {
  return text === null ? null : redactBeginning(redactor, text, max);
}

function outputBytes(payload: WirePayload): number | null {
  return jsonBytes(payload.raw.tool_response ?? payload.raw.error);
}
