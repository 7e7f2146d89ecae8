/**
 * What kind of line it is, told by its first bytes: most of a transcript's bytes are in lines of
 * which nothing is ever asked (whole requests, snapshots of prompts), and parsing those would take
 * most of the time.
 *
 * Lines as written by Claude Code 2.1.330.
 */

/** So many bytes of a line tell its type, where anything but parsing does. */
export const HEAD_BYTES = 256;

/** Types that are known; a line of another one is counted, and is no error. */
const KNOWN: ReadonlySet<string> = new Set([
  'user',
  'assistant',
  'attachment',
  'system',
  'summary',
  'progress',
  'queue-operation',
  'last-prompt',
  'tools-used',
  'atis-latch',
  'mode',
  'permission-mode',
  'file-history-snapshot',
  'file-history-delta',
  'cost-state',
  'api-request',
  'api-request-shape',
  'api-request-blob',
  'custom-title',
  'ai-title',
  'agent-name',
  'pr-link',
]);

/** True for a type that is known. */
export function isKnownType(type: string): boolean {
  return KNOWN.has(type);
}

const FIRST = /^\{"type":"([^"\\]{1,64})"/;
/** Members before which a line's own type cannot have been told yet, so that a nested one is none. */
const NESTED = /"(?:message|attachment|data|toolUseResult|snapshot)":/;
const OWN = /"type":"([^"\\]{1,64})"/;

/**
 * The type that the line's beginning tells; null where only parsing tells it. Quotes inside a text
 * are escaped, so what is found here is a member and no content.
 */
export function typeOfHead(head: string): string | null {
  const first = FIRST.exec(head);
  if (first !== null) return first[1] ?? null;
  const nested = NESTED.exec(head);
  const own = OWN.exec(head);
  if (own !== null && (nested === null || own.index < nested.index)) return own[1] ?? null;
  return nested?.[0] === '"attachment":' ? 'attachment' : null;
}
