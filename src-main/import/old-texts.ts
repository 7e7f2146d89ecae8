/**
 * Old texts on their way into our record: they go through the same door as what is captured, so
 * that secrets are taken out, here-documents left out and lengths kept within the same bounds.
 */
import { MAX_NAME } from '../../src-core/base/limits.ts';
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { capture } from '../../src-core/event/parse.ts';
import { type Redactor, redactBeginning } from '../../src-core/event/redact.ts';
import type { WirePayload } from '../../src-core/event/wire.ts';
import { hashText } from './hash.ts';
import type { OldObservation } from './observation.ts';
import { COMMAND_KEPT, firstCharacters } from './old-members.ts';

/** How an observation's target looks in a record of ours. */
export interface Display {
  /** Number of the shown text. */
  readonly shown: number;
  /** First word of a command. */
  readonly program: string | null;
}

/** Shows old texts. */
export interface OldTexts {
  /** `target` tells equal ones, so that each text is redacted once. */
  displayOf(observation: OldObservation, target: string): Display | null;
  /** The event that our hook would have made of it, but for its id, time and end. */
  eventOf(observation: OldObservation): CapturedEvent;
  /** A short name, redacted and cut. */
  nameOf(text: string): string;
}

/**
 * As much of a shown command as both records agree on: the old bridge cut before anything was
 * redacted, ours cuts afterwards, so that the ends differ.
 */
const AGREED = 150;

/** Builds it over a redactor. */
export function createOldTexts(redactor: Redactor): OldTexts {
  const known = new Map<number, Display>();
  const eventOf = (observation: OldObservation): CapturedEvent =>
    throughTheDoor(observation, redactor);
  return {
    eventOf,
    nameOf: (text) => redactBeginning(redactor, text, MAX_NAME),
    displayOf: (observation, target) => {
      // Nothing of ours holds a prompt's text.
      if (observation.subject === 'prompt') return null;
      const number = hashText(target);
      let display = known.get(number);
      if (display === undefined) {
        display = displayFor(eventOf(withAgreedCommand(observation)));
        known.set(number, display);
      }
      return display;
    },
  };
}

/** Number of the target that an event of ours shows; 0 where it has none. */
export function shownNumber(
  event: Pick<CapturedEvent, 'kind' | 'filePath' | 'command' | 'cwd'>,
): number {
  if (event.kind === 'session') return event.cwd === null ? 0 : hashText(`folder ${event.cwd}`);
  if (event.filePath !== null) return hashText(`file ${event.filePath}`);
  return event.command === null ? 0 : hashText(`command ${event.command.slice(0, AGREED)}`);
}

function displayFor(event: CapturedEvent): Display {
  return {
    shown: shownNumber(event),
    program: event.command?.trim().split(/\s+/, 1)[0] || null,
  };
}

/** Whether the whole command was found first, or a cut one, must not matter. */
function withAgreedCommand(observation: OldObservation): OldObservation {
  const { command } = observation;
  if (command === null) return observation;
  return { ...observation, command: firstCharacters(command, COMMAND_KEPT) };
}

const HOOK_EVENTS = {
  call: 'PostToolUse',
  session_start: 'SessionStart',
  session_end: 'SessionEnd',
  prompt: 'UserPromptSubmit',
} as const;

function throughTheDoor(observation: OldObservation, redactor: Redactor): CapturedEvent {
  const { subject, atS, tool, filePath, command, pwd } = observation;
  const payload: WirePayload = {
    hookEvent: HOOK_EVENTS[subject],
    sessionId: null,
    cwd: pwd,
    promptId: null,
    permissionMode: null,
    agentId: null,
    agentType: null,
    toolName: tool,
    // Any id will do: without one a call is taken for something else.
    toolUseId: 'old',
    toolInput: { file_path: filePath, command },
    durationMs: null,
    raw: {},
  };
  const { events } = capture(payload, {
    name: '',
    at: atS * 1000,
    project: null,
    source: 'old',
    redactor,
    digest: () => '',
    keyedHash: () => '',
    text: '',
  });
  const [event] = events;
  if (event === undefined) throw new Error(`an old ${subject} gives no event`);
  return { ...event, toolUseId: null, inputBytes: null, payloadSum: null, facts: null };
}
