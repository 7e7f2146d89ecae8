/**
 * What an event was about: inputs, outputs, prompts, messages. Kept only where the user chose more
 * than metadata, and then as a member of its own, `content`, that no projection and no statistic has.
 */
import { isObject, type Json, jsonBytes, textOf } from '../base/json.ts';
import { beginning, MAX_CONTENT_BYTES } from '../base/limits.ts';
import { redactEnvironment, redactMembers } from './redact/members.ts';
import { type Redactor, withoutLastWord } from './redact.ts';
import type { WireBatchCall, WirePayload } from './wire.ts';

/** How much of an event is kept: no content, content without secrets, or all as it came. */
export type PrivacyLevel = 'metadata' | 'redacted' | 'full';

const LAST_WORDS = ['last_assistant_message', 'error_details'];

/** Members that are content, by event; what is not named here is never kept. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  PostToolUse: ['tool_input', 'tool_response'],
  PostToolUseFailure: ['tool_input', 'error'],
  UserPromptSubmit: ['prompt'],
  Notification: ['title', 'message'],
  Stop: LAST_WORDS,
  SubagentStop: LAST_WORDS,
  StopFailure: LAST_WORDS,
  PreCompact: ['custom_instructions'],
  PostCompact: ['compact_summary'],
};

/** The content of an event; null where the level keeps none or there is none. */
export function contentOf(
  { hookEvent, raw }: WirePayload,
  level: PrivacyLevel,
  redactor: Redactor,
): Json | null {
  const names = Object.hasOwn(MEMBERS, hookEvent) ? (MEMBERS[hookEvent] ?? []) : [];
  return keep(Object.fromEntries(names.map((name) => [name, raw[name]])), level, redactor);
}

/** The content of one call of a batch. */
export function contentOfCall(
  { toolInput, toolResponse }: WireBatchCall,
  level: PrivacyLevel,
  redactor: Redactor,
): Json | null {
  return keep({ tool_input: toolInput, tool_response: toolResponse }, level, redactor);
}

function keep(source: Json, level: PrivacyLevel, { redact }: Redactor): Json | null {
  const present = Object.entries(source).filter(([, member]) => (member ?? null) !== null);
  if (level === 'metadata' || present.length === 0) return null;
  const kept = fitted(Object.fromEntries(present));
  if (level === 'full') return kept;
  const isEnvironment = ENVIRONMENT_FILE.test(targetOf(source.tool_input));
  const change = (text: string): string =>
    isEnvironment ? redactEnvironment(redact(text)) : redact(text);
  // Substitutes may be longer than what they stand for.
  return fitted(redactMembers(kept, change) as Json);
}

/** Files whose every line is a secret, samples of such files left aside. */
const ENVIRONMENT_FILE = /(?:^|[\s/"'=])\.env(?!\.(?:example|sample|template))(?![\w/])/;

/** The file or the command that a call was about. */
function targetOf(input: unknown): string {
  if (!isObject(input)) return '';
  return textOf(input.file_path) ?? textOf(input.path) ?? textOf(input.command) ?? '';
}

/** The value within the cap as JSON: the longest texts and lists are cut first, and all to one length. */
function fitted(value: Json): Json {
  let cut = cutDown(value, Number.POSITIVE_INFINITY) as Json;
  for (let most = MAX_CONTENT_BYTES; (jsonBytes(cut) ?? 0) > MAX_CONTENT_BYTES; most /= 2) {
    cut = cutDown(value, most) as Json;
  }
  return cut;
}

/** Deeper values than anybody looks into would overflow the stack of whoever writes them. */
const MAX_DEPTH = 64;

/** The value with at most `most` characters in a text and members in a list or an object. */
export function cutDown(value: unknown, most: number, depth = 0): unknown {
  if (typeof value === 'string') {
    if (value.length <= most) return value;
    // A part of a secret would not be known as one.
    const kept = withoutLastWord(beginning(value, most));
    return `${kept}${cutMark(value.length - kept.length)}`;
  }
  // JSON has no -0 and no infinity: a line that is read back must have the sum that it was given.
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : null;
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return cutMark(1);
  const members = Object.entries(value);
  const kept = members
    .slice(0, most)
    .map(([name, member]) => [name, cutDown(member, most, depth + 1)] as const);
  if (kept.length < members.length) kept.push(['…', cutMark(members.length - kept.length)]);
  return Array.isArray(value) ? kept.map(([, member]) => member) : Object.fromEntries(kept);
}

const cutMark = (count: number): string => `…[${count} cut]`;
