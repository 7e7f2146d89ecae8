/** Reads the value that follows a name: quoted, quoted inside a quoted text, or bare. */
import { markLength, type Range } from './span.ts';

/**
 * How far a bare value goes: `word`: as far as the shell would read it; `line`: to the line's end;
 * `part`: to the semicolon that ends a part of a connection string; `element`: to the next tag.
 */
export type Extent = 'word' | 'line' | 'part' | 'element';

/** A value, without its quotes. */
export interface Value extends Range {
  readonly isQuoted: boolean;
  /** Where reading may go on. */
  readonly next: number;
}

const OPENING = /\$?(\\*)(["'`])/y;
const END_OF = {
  line: /(?:[^\r\n\\]|\\(?![nr]))*/y,
  part: /[^;"'`<>\r\n]*/y,
  element: /[^<\r\n]*/y,
} as const;

/** The value that begins at `at`; null where there is none. */
export function readValue(text: string, at: number, extent: Extent = 'word'): Value | null {
  const mark = markLength(text, at);
  if (mark > 0 && isValueEnd(text, at + mark)) return bare(at, at + mark);
  OPENING.lastIndex = at;
  const [opening, slashes = '', quote = ''] = OPENING.exec(text) ?? [''];
  if (quote === '') {
    const end = extent === 'word' ? endOfWord(text, at) : endOf(END_OF[extent], text, at);
    return bare(at, at + trimEnd(text.slice(at, end), extent).length);
  }
  const value = readQuoted(text, at + opening.length, quote, slashes.length);
  // The shell joins what touches: 'a'"b"c is one word.
  const isJoined = value !== null && slashes === '' && !isValueEnd(text, value.next, '');
  return isJoined ? bare(at, endOfWord(text, value.next)) : value;
}

function bare(start: number, end: number): Value | null {
  return end > start ? { start, end, isQuoted: false, next: end } : null;
}

/**
 * The rest of a quotation that was opened with `depth` backslashes; all of the text where it is not
 * closed. Inside a text that is quoted itself, a quote with fewer backslashes ends both.
 */
export function readQuoted(
  text: string,
  start: number,
  quote: string,
  depth: number,
): Value | null {
  let end = text.length;
  let next = end;
  for (let i = text.indexOf(quote, start); i >= 0; i = text.indexOf(quote, i + 1)) {
    const slashes = slashesBefore(text, i, start);
    if (depth === 0 ? slashes % 2 === 1 : slashes > depth) continue;
    end = depth === 0 ? i : i - slashes;
    next = i + 1;
    break;
  }
  return end > start ? { start, end, isQuoted: true, next } : null;
}

/** How many backslashes stand directly before `at`. */
export function slashesBefore(text: string, at: number, from = 0): number {
  let count = 0;
  while (at - count > from && text[at - count - 1] === '\\') count++;
  return count;
}

/** Where the shell's word ends: at white space or an operator that no quotes or backslash protect. */
function endOfWord(text: string, from: number): number {
  let i = from;
  for (let next = behindPart(text, i); next !== null; next = behindPart(text, i)) i = next;
  return i;
}

/** Longest part of a bare word that quotes may hold together. */
const MAX_JOINED = 512;
const BEHIND_SEPARATOR = /[;&|,]+(?:[\s"'`;&|,)\]}]|$|[\w.-]{1,64}\s?[=:])/y;

/** Behind the next character or quoted part of a word; null where the word ends. */
function behindPart(text: string, at: number): number | null {
  const char = text[at];
  if (char === undefined || /[\s<>]/.test(char)) return null;
  if (char === '\\') return /["'`]/.test(text[at + 1] ?? '') ? null : Math.min(at + 2, text.length);
  if (/["'`]/.test(char)) {
    const part = text.slice(at + 1, at + 1 + MAX_JOINED);
    const close = part.indexOf(char);
    return close < 0 || part.slice(0, close).includes('\n') ? null : at + close + 2;
  }
  // Passwords hold such characters too: one separates where something new begins behind it.
  BEHIND_SEPARATOR.lastIndex = at;
  return /[;&|,]/.test(char) && BEHIND_SEPARATOR.test(text) ? null : at + 1;
}

const VALUE_END = /[\s;&|,:<>()[\]{}`]|\\[^']|$/y;

function isValueEnd(text: string, at: number, more = '"\''): boolean {
  VALUE_END.lastIndex = at;
  return VALUE_END.test(text) || more.includes(text[at] ?? ' ');
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  pattern.test(text);
  return pattern.lastIndex;
}

function trimEnd(value: string, extent: Extent): string {
  if (extent === 'line') return value.replace(/\s#[^\r\n]*$/, '').replace(/[\s"'`,;]{1,8}$/, '');
  if (extent !== 'word') return value.trimEnd();
  // A bracket that was opened before the value does not belong to it.
  const unopened = ['()', '[]', '{}'].filter(([opening = '']) => !value.includes(opening));
  const trailing = `,;${unopened.map(([, close]) => close).join('')}`;
  let end = value.length;
  while (end > 0 && trailing.includes(value[end - 1] ?? '')) end--;
  return value.slice(0, end);
}

const REFERENCE =
  /^["']?(?:\$\{[^}\s]{1,80}\}|\$[A-Z_][A-Z0-9_]*|\$\(.*|\{\{.*|<.*|(?:process\.env|import\.meta\.env|os\.environ|os\.getenv|env|secrets)[.[(].*|string)["']?$/s;
/** What is longer is no reference, word or path. */
const MAX_KEPT = 200;

/** True for what names a value and does not give it away: `$NAME`, `${NAME}`, `$(…)`, `process.env.NAME`. */
export function isReference(text: string, { start, end }: Range): boolean {
  return end - start > MAX_KEPT
    ? text.startsWith('$(', start)
    : REFERENCE.test(text.slice(start, end));
}
