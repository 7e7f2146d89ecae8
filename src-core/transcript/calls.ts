/**
 * Pairs the calls of a transcript with their results. One line holds one block: a call's line and
 * its result's may stand far apart, and other calls between them.
 *
 * A call that nobody has answered when the next prompt is given never will be; one that is open at
 * the end of the file may be answered by a line that is not written yet.
 */
import { type Json, objectOf, textOf } from '../base/json.ts';
import { promptText } from './prompt.ts';
import { blocksOf, shortTextOf, type TranscriptLine } from './wire.ts';

/** What the client wrote about the end of a call. */
export interface TranscriptResult {
  readonly at: number;
  readonly isError: boolean;
  /** What the model reads: a text or blocks. */
  readonly content: unknown;
  /** The tool's response as hooks get it; undefined where the line has none. */
  readonly response: unknown;
  /** True where the call had been allowed before it ended. */
  readonly wasAllowed: boolean;
}

/** A call that the model asked for. */
export interface TranscriptCall {
  readonly toolUseId: string;
  readonly tool: string;
  readonly input: Json;
  readonly model: string | null;
  /** When it was asked for. */
  readonly at: number;
  readonly sessionId: string | null;
  readonly promptId: string | null;
  readonly agentId: string | null;
  readonly agentType: string | null;
  readonly cwd: string | null;
  /** Which client: `cli` asks a person, `sdk-cli` (`claude -p`) has nobody to ask. */
  readonly entrypoint: string | null;
  /** Where its line begins in the file. */
  readonly offset: number;
}

/** Told of each call, once. */
export interface CallListener {
  /** The call was answered; or, with null, given up at that time. */
  onEnd(call: TranscriptCall, result: TranscriptResult | null, at: number): void;
}

/** Pairs calls over the lines of one file. */
export interface CallPairing {
  take(line: TranscriptLine, offset: number): void;
  /** Calls that wait for their result, in their order. */
  open(): readonly TranscriptCall[];
  /** The prompt that the lines belong to by now. */
  promptId(): string | null;
}

/** Model of messages that the client made up itself. */
const SYNTHETIC = '<synthetic>';

/** Where pairing begins. */
export interface PairingStart {
  /** What the file's agent is; null for the session itself. */
  readonly agentType: string | null;
  /** The prompt before the first line that is read, where the beginning of the file is not. */
  readonly promptId: string | null;
}

/** Starts pairing. */
export function createCallPairing(start: PairingStart, listener: CallListener): CallPairing {
  const open = new Map<string, TranscriptCall>();
  /** Given up; should a result come all the same, it counts. */
  const givenUp = new Map<string, TranscriptCall>();
  let { promptId } = start;
  const begin = (line: TranscriptLine, offset: number): void => {
    for (const block of blocksOf(line)) {
      const toolUseId = block.type === 'tool_use' ? shortTextOf(block.id) : null;
      const tool = textOf(block.name);
      if (toolUseId === null || tool === null || line.at === null) continue;
      open.set(toolUseId, {
        toolUseId,
        tool,
        input: objectOf(block.input),
        model: modelOf(line),
        at: line.at,
        sessionId: line.sessionId,
        promptId: line.promptId ?? promptId,
        agentId: line.agentId,
        agentType: start.agentType ?? shortTextOf(line.raw.attributionAgent),
        cwd: line.cwd,
        entrypoint: shortTextOf(line.raw.entrypoint),
        offset,
      });
    }
  };
  const end = (line: TranscriptLine): void => {
    for (const block of blocksOf(line)) {
      const id = block.type === 'tool_result' ? shortTextOf(block.tool_use_id) : null;
      const call = id === null ? undefined : (open.get(id) ?? givenUp.get(id));
      if (id === null || call === undefined) continue;
      open.delete(id);
      givenUp.delete(id);
      const at = line.at ?? call.at;
      const told = { ...call, promptId: line.promptId ?? call.promptId };
      listener.onEnd(told, resultOf(line, block, at), at);
    }
  };
  const beginTurn = (line: TranscriptLine): void => {
    promptId = line.promptId ?? promptId;
    const at = line.at;
    if (at === null || promptText(line) === null || line.raw.isMeta === true) return;
    for (const [id, call] of open) {
      // Notices of what runs in the background may come between a call and its result.
      if (call.at >= at || isNotice(line)) continue;
      open.delete(id);
      givenUp.set(id, call);
      listener.onEnd(call, null, at);
    }
  };
  return {
    take: (line, offset) => {
      if (line.type === 'assistant') begin(line, offset);
      if (line.type !== 'user') return;
      end(line);
      beginTurn(line);
    },
    open: () => [...open.values()],
    promptId: () => promptId,
  };
}

function isNotice({ raw }: TranscriptLine): boolean {
  return raw.promptSource === 'system' || raw.isCompactSummary === true;
}

/** The old files say `unknown` where no model is known, so it cannot be the name of one. */
function modelOf({ message }: TranscriptLine): string | null {
  const model = shortTextOf(message.model);
  return model === SYNTHETIC || model === 'unknown' ? null : model;
}

function resultOf(line: TranscriptLine, block: Json, at: number): TranscriptResult {
  const { toolUseResult, permissionDecision } = line.raw;
  return {
    at,
    isError: block.is_error === true,
    content: block.content,
    response: toolUseResult,
    wasAllowed: objectOf(permissionDecision).decision === 'accept',
  };
}
