/** Reads the value that follows a name: quoted, quoted inside a quoted text, or bare. */
import { markLength, matchEnd, type Range } from './span.ts';

/**
 * How far a bare value goes: `word`: as far as the shell would read it; `line`: to the line's end;
 * `part`: to the semicolon that ends a part of a connection string; `user`: to the `@` of a URL;
 * `key`: as far as keys go.
 */
export type Extent = keyof typeof END_OF;

/** A value, without its quotes. */
export interface Value extends Range {
  readonly isQuoted: boolean;
  /** Where reading may go on. */
  readonly next: number;
}

/**
 * As far as the shell would read a word: to white space or an operator that no quotes or backslash
 * protect. Passwords hold operators too: one separates where something new begins behind it.
 */
const WORD =
  /(?:[^\s"'`<>;&|,\\]|\\[^"'`]|"[^"\n]{0,512}"|'[^'\n]{0,512}'|[;&|,](?![;&|,]*(?:[\s"'`)\]}]|$|[\w.-]{1,64}\s?[=:])))*/y;

const OPENING = /\$?(\\*)(["'`])/y;
const END_OF = {
  word: WORD,
  line: /(?:[^\r\n\\]|\\(?![nr]))*/y,
  part: /[^;"'`<>\r\n]*/y,
  key: /[\w+/=.~%-]*/y,
  // To the last `@` before a host: passwords hold an unescaped slash or `@` often enough.
  user: /[^\s"'`<>|?#]{0,511}[^\s"'`<>|?#/](?=@[\w.-]+(?::\d+)?(?:[/?#\s"'`]|$))|[^\s"'`<>|]{0,512}(?=@)/y,
} as const;

/** The value that begins at `at`; null where there is none. */
export function readValue(text: string, at: number, extent: Extent = 'word'): Value | null {
  const mark = extent === 'word' ? markLength(text, at) : 0;
  if (mark > 0 && isValueEnd(text, at + mark)) return bare(at, at + mark);
  OPENING.lastIndex = at;
  const [opening, slashes = '', quote = ''] = OPENING.exec(text) ?? [''];
  if (quote === '') {
    const end = matchEnd(END_OF[extent], text, at) ?? at;
    return bare(at, at + trimEnd(text.slice(at, end), extent).length);
  }
  const value = readQuoted(text, at + opening.length, quote, slashes.length);
  // The shell joins what touches: 'a'"b"c is one word.
  const isJoined = value !== null && slashes === '' && !isValueEnd(text, value.next, '');
  return isJoined ? bare(at, matchEnd(WORD, text, value.next) ?? value.next) : value;
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

const VALUE_END = /[\s;&|,:<>()[\]{}`]|\\[^']|$/y;

function isValueEnd(text: string, at: number, more = '"\''): boolean {
  return matchEnd(VALUE_END, text, at) !== null || more.includes(text[at] ?? ' ');
}

function trimEnd(value: string, extent: Extent): string {
  if (extent === 'line') return value.replace(/\s#.*$/, '').replace(/[\s"'`,;]{1,8}$/, '');
  // A bracket that was opened before the value does not belong to it.
  return /[([{]/.test(value) ? value : value.replace(/[)\]},;\s]{1,8}$/, '');
}

const REFERENCE =
  /^["']?(?:\$\{[^}\s]+\}|\$[A-Z_][A-Z0-9_]*|\$\(.*|\{\{.*|(?:[\w.]*env(?:iron)?|secrets)[.[(].*|string)["']?$/s;
/** What is longer is no reference, word or path. */
const MAX_KEPT = 200;

/** True for what names a value and does not give it away: `$NAME`, `${NAME}`, `$(…)`, `process.env.NAME`. */
export function isReference(text: string, { start, end, isQuoted }: Value): boolean {
  return end - start > MAX_KEPT
    ? isQuoted && text.startsWith('$(', start)
    : REFERENCE.test(text.slice(start, end));
}
