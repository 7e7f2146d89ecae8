/**
 * The class of an error, told when statistics are made: events keep the coarse class of the moment
 * at which they were captured, so better rules name the whole history anew without touching it.
 *
 * Rules in their order, the first that tells a class decides:
 *  1. the kind of the event and its outcome;
 *  2. the client's own sentence, as it was captured;
 *  3. of a command: the exit codes that the shell gives, then what the command was a check of;
 *  4. what the error says;
 *  5. of a command: what it was for and its exit code.
 */
import { errorClassOf } from '../../../src-core/event/outcome.ts';
import type { Row } from '../../../src-core/store/driver.ts';
import { subjectOf } from '../shell/subject.ts';
import { classOfCheck, classOfExitCode, classOfSubject } from './command-rules.ts';
import { type ErrorClass, isErrorClass } from './error-class.ts';
import { classOfLines } from './message-rules.ts';

/** Version of the rules and names; raised when the same event gets another class. */
export const ERROR_RULES_VERSION = 1;

/** What a class depends on. */
export interface FailedEvent {
  /** The hook event that told it; `StopFailure` is an error of the API. */
  readonly hookEvent: string;
  readonly outcome: string | null;
  readonly exitCode: number | null;
  /** Coarse class by the client's sentence, as it was captured. */
  readonly errorClass: string | null;
  /** First line of the error, or the API's own name for it. */
  readonly error: string | null;
  readonly command: string | null;
  /** Beginning and end of all that it said, where the privacy level keeps that. */
  readonly told: string | null;
}

/** Condition on rows of `hookline_event`: calls that failed or timed out, and errors of the API. */
export const IS_ERROR =
  "((kind = 'tool' AND outcome IN ('failed', 'timed_out')) OR hook_event = 'StopFailure')";

const TOLD = "coalesce(content ->> '$.error', content ->> '$.tool_response')";

/** Columns of `hookline_event` that `failedEventOf` reads. */
export const FAILED_EVENT_COLUMNS = `hook_event, outcome, exit_code, error_class, command,
  CASE WHEN hook_event <> 'StopFailure' THEN error
    WHEN json_valid(facts) THEN facts ->> '$.error' END AS error,
  CASE WHEN error_class = 'exit_code' AND json_valid(content)
    THEN substr(${TOLD}, 1, 1000) || char(10) || substr(${TOLD}, -1000) END AS told`;

/** An error as its row tells it. */
export function failedEventOf(row: Row): FailedEvent {
  const text = (name: string): string | null =>
    row[name] === null || row[name] === undefined ? null : String(row[name]);
  return {
    hookEvent: text('hook_event') ?? '',
    outcome: text('outcome'),
    exitCode: text('exit_code') === null ? null : Number(row.exit_code),
    errorClass: text('error_class'),
    error: text('error'),
    command: text('command'),
    told: text('told'),
  };
}

/** The class of an error; `other` when no rule tells it. Never throws. */
export function classOf(event: FailedEvent): ErrorClass {
  if (event.hookEvent === 'StopFailure') return classOfApiError(event.error);
  if (event.outcome === 'timed_out') return 'timeout';
  const { errorClass } = event;
  if (errorClass === 'exit_code') return classOfExit(event);
  if (errorClass !== 'other' && isErrorClass(errorClass)) return errorClass;
  return classOfMessage(event.error ?? '') ?? 'other';
}

/** The class that an error's own words tell; null when they tell none. */
export function classOfMessage(message: string): ErrorClass | null {
  const line = message.trimStart().split(/[\r\n]/, 1)[0] ?? '';
  const told = errorClassOf(line);
  return told !== 'other' && isErrorClass(told) ? told : classOfLines([line]);
}

/** The words that capture keeps of what a failed command printed. */
const CAUSE = /^Exit code \d+ \((.+)\)$/;

function classOfExit({ exitCode, command, error, told }: FailedEvent): ErrorClass {
  const cause = CAUSE.exec(error ?? '')?.[1] ?? '';
  const said = classOfLines([...outerLines(told ?? ''), cause]);
  if (command === null) return said ?? 'exit_code';
  const subject = subjectOf(command);
  return (
    classOfExitCode(exitCode, command) ??
    classOfCheck(command, subject) ??
    said ??
    classOfSubject(subject, exitCode) ??
    'exit_code'
  );
}

/** How many lines at the beginning of what a command printed are looked at. */
const FIRST_LINES = 4;

/** The first lines and the last one: programs say there what went wrong, and anything in between. */
function outerLines(told: string): string[] {
  const lines = told.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  return [...lines.slice(0, FIRST_LINES), ...lines.slice(FIRST_LINES).slice(-1)];
}

/** The client's names for what the API answered. */
const API_ERRORS: ReadonlyMap<string, ErrorClass> = new Map([
  ['rate_limit', 'rate_limit'],
  ['server_error', 'api_overloaded'],
  ['overloaded', 'api_overloaded'],
  ['authentication_failed', 'authentication'],
  ['billing_error', 'billing'],
  ['invalid_request', 'refused_by_model'],
]);

function classOfApiError(name: string | null): ErrorClass {
  return API_ERRORS.get(name ?? '') ?? 'api_error';
}
