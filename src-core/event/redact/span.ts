/** Where in a text a secret stands. */

/**
 * `token`: stands for a long random value, which a keyed hash may stand for in turn. `password`: may
 * be short or used elsewhere, so nothing of it is kept. `value`: one or the other, judged by its look.
 */
export type SecretKind = 'token' | 'password' | 'value';

/** A part of a text, from `start` up to `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A secret in a text. */
export interface Span extends Range {
  readonly kind: SecretKind;
}

/**
 * Finds secrets of one sort, in their order and without overlap. Promises to take time in proportion
 * to the text's length, whatever the text: payloads hold whatever somebody's repository holds.
 */
export type Finder = (text: string) => Iterable<Span>;

/** What stands where a secret stood. */
const MARK = /\[redacted(?::[0-9a-f]{8})?\]/y;

/** Length of the mark that begins at `at`; 0 where none does. */
export function markLength(text: string, at: number): number {
  return (matchEnd(MARK, text, at) ?? at) - at;
}

/** Where the match of a sticky pattern at `at` ends; null where there is none. */
export function matchEnd(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}

/**
 * All matches of a global pattern, in their order. The pattern itself keeps the place, because a
 * copy for each text, as `matchAll` makes it, costs more than the search: so one search at a time.
 */
export function* matchesOf(pattern: RegExp, text: string): Generator<RegExpExecArray> {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) yield match;
}

/** The text with each secret replaced; what is replaced already stays. */
export function replaceSpans(
  text: string,
  spans: Iterable<Span>,
  substitute: (secret: string, kind: SecretKind) => string,
): string {
  let result = '';
  let done = 0;
  for (const { start, end, kind } of spans) {
    if (start < done || end <= start || markLength(text, start) === end - start) continue;
    result += text.slice(done, start) + substitute(text.slice(start, end), kind);
    done = end;
  }
  return done === 0 ? text : result + text.slice(done);
}
