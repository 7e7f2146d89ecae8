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
  line: /[^\r\n]*/y,
  part: /[^;"'`<>\r\n]*/y,
  element: /[^<\r\n]*/y,
} as const;

/** The value that begins at `at`; null where there is none. */
export function readValue(text: string, at: number, extent: Extent = 'word'): Value | null {
  const mark = markLength(text, at);
  if (mark > 0 && (isValueEnd(text, at + mark) || /["']/.test(text[at + mark] ?? ''))) {
    return { start: at, end: at + mark, isQuoted: false, next: at + mark };
  }
  OPENING.lastIndex = at;
  const opening = OPENING.exec(text);
  if (opening !== null) return readQuoted(text, at, opening);
  const end = extent === 'word' ? endOfWord(text, at) : endOf(END_OF[extent], text, at);
  const trimmed = at + trimEnd(text.slice(at, end), extent).length;
  return trimmed > at ? { start: at, end: trimmed, isQuoted: false, next: trimmed } : null;
}

function readQuoted(text: string, at: number, opening: RegExpExecArray): Value | null {
  const [mark, slashes = '', quote = '"'] = opening;
  const start = at + mark.length;
  const close = findClosing(text, start, quote, slashes.length);
  if (close !== null && slashes === '' && !isValueEnd(text, close.end)) {
    // The shell joins what touches: 'a'"b"c is one word.
    const end = endOfWord(text, close.end);
    return { start: at, end, isQuoted: false, next: end };
  }
  const { start: end, end: next } = close ?? { start: text.length, end: text.length };
  return end > start ? { start, end, isQuoted: true, next } : null;
}

/**
 * The mark that ends the quotation opened with `depth` backslashes; null where there is none. Inside
 * a text that is quoted itself, a quote with fewer backslashes ends both.
 */
function findClosing(text: string, from: number, quote: string, depth: number): Range | null {
  for (let i = text.indexOf(quote, from); i >= 0; i = text.indexOf(quote, i + 1)) {
    let slashes = 0;
    while (i - slashes > from && text[i - slashes - 1] === '\\') slashes++;
    const isClosing = depth === 0 ? slashes % 2 === 0 : slashes <= depth;
    if (isClosing) return { start: depth === 0 ? i : i - slashes, end: i + 1 };
  }
  return null;
}

/** Where the shell's word ends: at white space or an operator that no quotes or backslash protect. */
function endOfWord(text: string, from: number): number {
  let i = from;
  for (let next = behindPart(text, i); next !== null; next = behindPart(text, i)) i = next;
  return i;
}

/** Longest part of a bare word that quotes may hold together. */
const MAX_JOINED = 512;

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
  return /[;&|,]/.test(char) && isSeparator(text, at) ? null : at + 1;
}

const BEHIND_SEPARATOR = /[;&|,]+(?:[\s"'`;&|,)\]}]|$|[\w.-]{1,64}\s?[=:])/y;

/** Passwords hold such characters too: one separates where something new begins behind it. */
function isSeparator(text: string, at: number): boolean {
  BEHIND_SEPARATOR.lastIndex = at;
  return BEHIND_SEPARATOR.test(text);
}

const VALUE_END = /[\s;&|,:<>()[\]{}`]|\\[^']|$/y;

function isValueEnd(text: string, at: number): boolean {
  VALUE_END.lastIndex = at;
  return VALUE_END.test(text);
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}

function trimEnd(value: string, extent: Extent): string {
  if (extent === 'line') return value.replace(/\s#[^\r\n]*$/, '').replace(/[\s"'`,;]{1,8}$/, '');
  if (extent !== 'word') return value.trimEnd();
  // A bracket that was opened before the value does not belong to it.
  const unopened = BRACKETS.filter(([opening]) => !value.includes(opening)).map(
    ([, close]) => close,
  );
  const trailing: ReadonlySet<string> = new Set([',', ';', ...unopened]);
  let end = value.length;
  while (end > 0 && trailing.has(value[end - 1] ?? '')) end--;
  return value.slice(0, end);
}

const BRACKETS = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
] as const;
