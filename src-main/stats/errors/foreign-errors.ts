/** Errors that other programs noted in `errors.jsonl`, in every variant that they wrote. */
import { type Json, textOf } from '../../../src-core/base/json.ts';
import { keylessRedactor, redactBeginning } from '../../../src-core/event/redact.ts';
import { timeOf } from '../foreign.ts';
import type { Zone } from '../zone.ts';
import { classOfMessage } from './class-of.ts';
import { isErrorClass, severityOf } from './error-class.ts';
import type { ErrorEntry, ErrorGroup } from './own-errors.ts';

/** Longest message that is published, in characters, and longest name. */
const MAX_MESSAGE = 200;
const MAX_NAME = 64;

/**
 * The error of a line. Its own type and severity stand; where it has none they are told from what
 * it says. Time zero stands for a line that says none.
 */
export function foreignEntry(row: Json, zone: Zone): ErrorEntry {
  const said = textOf(row.message) ?? textOf(row.line) ?? textOf(row.snippet) ?? '';
  const told = named(row.type) ?? named(row.category);
  const type = told ?? classOfMessage(said) ?? 'unknown';
  return {
    at: timeOf(row, zone) ?? 0,
    type,
    // Nobody has redacted the lines of others.
    message: redactBeginning(keylessRedactor, said, MAX_MESSAGE),
    severity:
      named(row.severity) ?? (told === null && isErrorClass(type) ? severityOf(type) : 'unknown'),
    tool: named(row.tool),
    source: 'other',
  };
}

function named(value: unknown): string | null {
  const text = textOf(value);
  return text === null ? null : redactBeginning(keylessRedactor, text, MAX_NAME);
}

/** The entry as a group of one; the lines of others name no project. */
export function foreignGroup({ at, type, severity, tool }: ErrorEntry): ErrorGroup {
  const known = (['low', 'medium', 'high', 'critical'] as const).find((name) => name === severity);
  const time = at === 0 ? null : at;
  return {
    type,
    severity: known ?? 'unknown',
    tool,
    project: null,
    count: 1,
    firstAt: time,
    lastAt: time,
  };
}
