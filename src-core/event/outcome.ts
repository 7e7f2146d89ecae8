/**
 * How a tool call ended, from the kind of the event, its fields, and the fixed envelopes that the
 * client itself puts at the start of a result. Words inside a tool's output decide nothing: a test
 * that prints "0 failed" has not failed.
 *
 * Envelopes as written by Claude Code 2.1.330.
 */
import { isObject, textOf } from '../base/json.ts';
import type { Outcome } from './event.ts';

/** What is known of a call's end. */
export interface Ending {
  readonly outcome: Outcome;
  readonly exitCode: number | null;
  readonly errorClass: string | null;
  /** First line of the client's envelope, not yet redacted or cut. */
  readonly error: string | null;
}

const SUCCEEDED: Ending = { outcome: 'succeeded', exitCode: null, errorClass: null, error: null };
const UNKNOWN: Ending = { outcome: 'unknown', exitCode: null, errorClass: null, error: null };

const EXIT_CODE = /^(?:Error: )?Exit code (\d{1,3})(?:\r?\n|$)/;
const TIMED_OUT = /^Command timed out after /;
const TOOL_USE_ERROR = /^<tool_use_error>/;

/** Envelopes of a call that never ran because it was not allowed. */
const DENIALS: readonly RegExp[] = [
  /^Claude requested permissions to /,
  /^Permission to use .{1,200} has been denied/,
  /^Permission for this action has been denied/,
  /^Permission for this tool use was denied/,
];
const REJECTION = /^The user doesn't want to (?:proceed|take this action)/;
const BLOCKED_BY_HOOK = /^PreToolUse:.{1,200} hook (?:error|blocking)/;

/** The ending told by a `PostToolUse` payload: the tool ran and the client calls it no failure. */
export function endingOfPost(toolResponse: unknown): Ending {
  if (!isObject(toolResponse)) return SUCCEEDED;
  if (toolResponse.interrupted === true) return { ...SUCCEEDED, outcome: 'interrupted' };
  if (textOf(toolResponse.returnCodeInterpretation)) return { ...SUCCEEDED, outcome: 'expected' };
  return SUCCEEDED;
}

/** The ending told by a `PostToolUseFailure` payload. */
export function endingOfFailure(error: string | null, isInterrupt: boolean): Ending {
  if (isInterrupt) {
    return { outcome: 'interrupted', exitCode: null, errorClass: 'interrupted', error };
  }
  if (error === null)
    return { outcome: 'failed', exitCode: null, errorClass: 'other', error: null };
  const ending = endingOfEnvelope(error);
  if (ending.outcome !== 'unknown') return ending;
  return {
    outcome: 'failed',
    exitCode: null,
    errorClass: errorClassOf(error),
    error: firstLine(error),
  };
}

/**
 * The ending told by a `PostToolBatch` alone. It carries no error flag, so without an envelope the
 * end of the call is not known.
 */
export function endingOfBatch(toolResponse: unknown): Ending {
  const text = typeof toolResponse === 'string' ? toolResponse : firstBlockText(toolResponse);
  return text === null ? UNKNOWN : endingOfEnvelope(text);
}

/** Reads the client's envelope at the start of a result; `unknown` when there is none. */
export function endingOfEnvelope(text: string): Ending {
  const exit = EXIT_CODE.exec(text);
  if (exit) return endingOfExit(Number(exit[1]), text.slice(exit[0].length));
  if (TIMED_OUT.test(text)) return timedOut(text, null);
  if (TOOL_USE_ERROR.test(text)) {
    const inner = text.replace(TOOL_USE_ERROR, '').replace(/<\/tool_use_error>\s*$/, '');
    return {
      outcome: 'failed',
      exitCode: null,
      errorClass: errorClassOf(inner),
      error: firstLine(inner),
    };
  }
  if (REJECTION.test(text)) {
    return { outcome: 'rejected', exitCode: null, errorClass: 'rejected', error: firstLine(text) };
  }
  if (BLOCKED_BY_HOOK.test(text) || DENIALS.some((denial) => denial.test(text))) {
    return {
      outcome: 'denied',
      exitCode: null,
      errorClass: 'permission_denied',
      error: firstLine(text),
    };
  }
  return UNKNOWN;
}

/** Words of systems and shells that name the cause of a failure, and nobody's work. */
const CAUSE =
  /\b(?:E(?:ADDRINUSE|NOSPC|NOMEM|NOTFOUND|CONNRE(?:FUSED|SET)|TIMEDOUT|ACCES|NOENT)|address already in use|no space left on device|out of memory|could not resolve host|connection refused|permission denied|no such file or directory|cannot find module|no module named|command not found|syntax ?error|too many requests)\b/i;
/** Programs say in their first lines or in the last one what went wrong. */
const OUTER_LINES = /^(?:.*\n){0,3}.*|.*\s*$/g;

function endingOfExit(exitCode: number, rest: string): Ending {
  if (TIMED_OUT.test(rest)) return timedOut(rest, exitCode);
  const told = rest.length > 2000 ? `${rest.slice(0, 1000)}\n${rest.slice(-1000)}` : rest;
  const cause = CAUSE.exec(told.match(OUTER_LINES)?.join('\n') ?? '')?.[0];
  // Of what the command printed, which may hold anything, only such words are kept.
  const error = `Exit code ${exitCode}${cause === undefined ? '' : ` (${cause})`}`;
  return { outcome: 'failed', exitCode, errorClass: 'exit_code', error };
}

function timedOut(text: string, exitCode: number | null): Ending {
  return { outcome: 'timed_out', exitCode, errorClass: 'timeout', error: firstLine(text) };
}

/** Error classes by the client's own fixed sentences, the first that fits. */
const CLASSES: readonly (readonly [RegExp, string])[] = [
  [/^(?:Error: )?No such tool available/, 'tool_not_found'],
  [/^InputValidationError/, 'invalid_input'],
  [/^String to replace not found/, 'string_not_found'],
  [/^Found \d+ matches of the string to replace/, 'string_not_unique'],
  [/^No changes to make/, 'no_changes'],
  [/^File has not been read yet/, 'file_not_read'],
  [/^File has been (?:unexpectedly )?modified/, 'file_modified'],
  [/^File does not exist/, 'file_not_found'],
  [/^(?:Path|Directory) does not exist/, 'file_not_found'],
  [/^File content \(/, 'file_too_large'],
  [/^EISDIR/, 'is_a_directory'],
  [/^(?:EACCES|EPERM)/, 'permission_denied'],
  [/^Agent type '/, 'agent_not_found'],
];

/** The class of an error by the client's own sentence at its start; `other` when none is known. */
export function errorClassOf(text: string): string {
  return CLASSES.find(([sentence]) => sentence.test(text))?.[1] ?? 'other';
}

function firstLine(text: string): string | null {
  return textOf(text.trimStart().split(/\r?\n/, 1)[0]);
}

function firstBlockText(response: unknown): string | null {
  if (!Array.isArray(response)) return null;
  const first: unknown = response[0];
  return isObject(first) ? textOf(first.text) : null;
}
