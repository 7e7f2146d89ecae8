/** What stands between the values of a JSON text: the parser's tree has no commas or comments. */
import { createScanner } from 'jsonc-parser';

/** True if there is a comment in the stretch; what looks like one inside a string is none. */
export function hasComment(text: string, from: number, to: number): boolean {
  return tokensBetween(text, from, to).some((token) => token.kind !== 'comma');
}

/** A comma or a comment between the values of a text. */
export interface Token {
  readonly kind: 'comma' | 'line' | 'block';
  readonly start: number;
  readonly end: number;
}

/** By the scanner's token number; its own enum cannot be imported one file at a time. */
const TOKEN_KINDS: Readonly<Record<number, Token['kind']>> = {
  5: 'comma',
  12: 'line',
  13: 'block',
};
const END_OF_FILE = 17;

/** The commas and comments in a stretch that begins and ends outside of strings. */
export function tokensBetween(text: string, from: number, to: number): readonly Token[] {
  const scanner = createScanner(text.slice(from, to));
  const tokens: Token[] = [];
  for (let token: number = scanner.scan(); token !== END_OF_FILE; token = scanner.scan()) {
    const kind = TOKEN_KINDS[token];
    if (!kind) continue;
    const start = from + scanner.getTokenOffset();
    tokens.push({ kind, start, end: start + scanner.getTokenLength() });
  }
  return tokens;
}
