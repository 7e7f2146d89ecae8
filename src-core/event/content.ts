/**
 * What an event was about: inputs, outputs, prompts, messages. Kept only where the user chose more
 * than metadata, and then as a member of its own, `content`, that no projection and no statistic has.
 */
import { isObject, type Json, jsonBytes, textOf, utf8Length } from '../base/json.ts';
import { beginning, MAX_CONTENT_BYTES } from '../base/limits.ts';
import { redactEnvironment, redactMembers } from './redact/members.ts';
import { type Redactor, withoutLastWord } from './redact.ts';
import type { WireBatchCall, WirePayload } from './wire.ts';

/** How much of an event is kept: no content, content without secrets, or all as it came. */
export type PrivacyLevel = 'metadata' | 'redacted' | 'full';

/** Members that are content, by event; what is not named here is never kept. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  PostToolUse: ['tool_input', 'tool_response'],
  PostToolUseFailure: ['tool_input', 'error'],
  UserPromptSubmit: ['prompt'],
  Notification: ['title', 'message'],
  Stop: ['last_assistant_message'],
  SubagentStop: ['last_assistant_message'],
  StopFailure: ['last_assistant_message', 'error_details'],
  PreCompact: ['custom_instructions'],
  PostCompact: ['compact_summary'],
};
/** The content of an event; null where the level keeps none or there is none. */
export function contentOf(
  { hookEvent, raw }: WirePayload,
  level: PrivacyLevel,
  redactor: Redactor,
): Json | null {
  const names = Object.hasOwn(MEMBERS, hookEvent) ? MEMBERS[hookEvent] : undefined;
  return pick(raw, names ?? [], level, redactor);
}

/** The content of one call of a batch. */
export function contentOfCall(
  { toolInput, toolResponse }: WireBatchCall,
  level: PrivacyLevel,
  redactor: Redactor,
): Json | null {
  const call = { tool_input: toolInput, tool_response: toolResponse };
  return pick(call, Object.keys(call), level, redactor);
}

function pick(
  source: Json,
  names: readonly string[],
  level: PrivacyLevel,
  redactor: Redactor,
): Json | null {
  if (level === 'metadata') return null;
  const present = names.filter((name) => source[name] !== undefined && source[name] !== null);
  if (present.length === 0) return null;
  const members = Object.fromEntries(present.map((name) => [name, bounded(source[name])]));
  const kept = fitted(members);
  if (level === 'full') return kept;
  const isEnvironment = ENVIRONMENT_FILE.test(targetOf(source.tool_input));
  // Substitutes may be longer than what they stand for.
  return fitted(withoutSecrets(kept, redactor, isEnvironment));
}

/** Deeper values than anybody looks into would overflow the stack of whoever writes them. */
const MAX_DEPTH = 64;
const TOO_DEEP = '[too deep]';

function bounded(value: unknown, depth = 0): unknown {
  if (Array.isArray(value)) {
    return depth < MAX_DEPTH ? value.map((member) => bounded(member, depth + 1)) : TOO_DEEP;
  }
  if (isObject(value)) {
    if (depth >= MAX_DEPTH) return TOO_DEEP;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, bounded(member, depth + 1)]),
    );
  }
  // Only what JSON gives back as it was: the record's sum must still fit after it was read.
  return typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)) ? 0 : value;
}

/** Files whose every line is a secret, samples of such files left aside. */
const ENVIRONMENT_FILE =
  /(?:^|[\s/"'=])\.env(?!\.(?:example|sample|template|dist|defaults)\b)(?:\.[\w-]+)*(?=$|[\s"';|&)])/;

/** The file or the command that a call was about. */
function targetOf(input: unknown): string {
  if (!isObject(input)) return '';
  const target = textOf(input.file_path) ?? textOf(input.path) ?? textOf(input.command);
  return target === null ? '' : beginning(target, 4096);
}

function withoutSecrets(members: Json, redactor: Redactor, isEnvironment: boolean): Json {
  const redact = (text: string): string => {
    const shown = redactor.redact(text);
    return isEnvironment ? redactEnvironment(shown) : shown;
  };
  return redactMembers(members, { redact }) as Json;
}

/** The members within the cap, the longest strings cut first and all to one length. */
function fitted(members: Json): Json {
  if (sizeOf(members) <= MAX_CONTENT_BYTES) return members;
  const lengths: number[] = [];
  const frame = mapStrings(members, (text) => {
    lengths.push(text.length);
    return '';
  });
  let limit = largestCut(lengths, MAX_CONTENT_BYTES - sizeOf(frame));
  // A character may take several bytes.
  for (; limit > 0; limit = Math.floor(limit / 2)) {
    const cut = mapStrings(members, (text) => cutTo(text, limit)) as Json;
    if (sizeOf(cut) <= MAX_CONTENT_BYTES) return cut;
  }
  return withShortLists(members);
}

/** For what has too many members to be cut by its texts alone. */
function withShortLists(members: Json): Json {
  for (let most = 1024; most > 1; most = Math.floor(most / 4)) {
    const cut = mapStrings(shortened(members, most), (text) => cutTo(text, most)) as Json;
    if (sizeOf(cut) <= MAX_CONTENT_BYTES) return cut;
  }
  return Object.fromEntries(
    Object.entries(members).map(([name, member]) => [name, cutMark(sizeOf(member))]),
  );
}

function shortened(value: unknown, most: number): unknown {
  if (Array.isArray(value)) {
    const kept = value.slice(0, most).map((member) => shortened(member, most));
    return value.length > most ? [...kept, `…[${value.length - most} more]`] : kept;
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, shortened(member, most)]),
  );
}

const sizeOf = (value: unknown): number => jsonBytes(value) ?? 0;

/** The greatest length to which all strings can be cut so that they take `room` together. */
function largestCut(lengths: readonly number[], room: number): number {
  const ascending = [...lengths].sort((a, b) => a - b);
  let rest = room;
  for (const [i, length] of ascending.entries()) {
    const share = Math.floor(rest / (ascending.length - i)) - MARK_LENGTH;
    if (length > share) return Math.max(0, share);
    rest -= length;
  }
  return Number.POSITIVE_INFINITY;
}

const MARK_LENGTH = 28;

function cutTo(text: string, limit: number): string {
  if (text.length <= limit) return text;
  // A part of a secret would not be known as one.
  const kept = withoutLastWord(beginning(text, limit));
  return `${kept}${cutMark(utf8Length(text) - utf8Length(kept))}`;
}

const cutMark = (bytes: number): string => `…[${bytes} bytes cut]`;

function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((member) => mapStrings(member, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, mapStrings(member, change)]),
  );
}
