/** Credentials in headers of HTTP: in raw requests, in arguments of curl and its kin, in JSON and code. */
import { looksLikeKey } from './randomness.ts';
import { type Finder, matchesOf, type Span } from './span.ts';
import { readValue } from './value.ts';

const HEADER =
  /(?:(?<![A-Za-z])|(?<=\\[nrt]))(?:(?:proxy-)?authorization|(?:set-)?cookie2?)(?:\\{0,16}["'`]\]?)?\s{0,4}(?:=>?|:)\s{0,4}/gi;
const SCHEME =
  /(?:bearer|basic|token|digest|api-?key|negotiate|ntlm|oauth|hawk|aws4-hmac-sha256|sharedkey(?:lite)?|splunk|dpop|bot|key|jwt|signature)[ \t]{1,4}/iy;
/** Schemes whose credentials are a list with quotes of its own. */
const LIST_SCHEME = /^(?:digest|oauth|hawk|signature|aws4)/i;
const REFERENCE = /^(?:\$\{?\w+\}?|\$\(.*|\{\{.*|string)$/s;
const MAX_REFERENCE = 200;
const TO_QUOTE = /(?:[^\r\n"'`\\]|\\(?![nr"'`]))*/y;
const TO_LINE_END = /(?:[^\r\n\\]|\\(?![nr]))*/y;

/** Finds the values of `Authorization`, `Proxy-Authorization`, `Cookie` and `Set-Cookie`. */
export const headers: Finder = function* (text): Generator<Span> {
  for (const { 0: name, index } of matchesOf(HEADER, text)) {
    const at = index + name.length;
    const quoted = /["'`\\$]/.test(text[at] ?? '') ? readValue(text, at) : null;
    const start = quoted?.isQuoted ? quoted.start : at;
    SCHEME.lastIndex = start;
    const scheme = SCHEME.exec(text)?.[0] ?? '';
    const end = quoted?.isQuoted ? quoted.end : endOfHeader(text, index, at, scheme);
    const from = start + scheme.length;
    const isReference = end - from < MAX_REFERENCE && REFERENCE.test(text.slice(from, end));
    if (end <= from || isReference) continue;
    yield { start: from, end, kind: 'value' };
    // What a long value holds is not read again and again.
    HEADER.lastIndex = end;
  }
};

/** A header given as an argument ends with the argument, another one with its line or a quote. */
function endOfHeader(text: string, index: number, at: number, scheme: string): number {
  const lead = text.slice(Math.max(0, index - 12), index);
  if (/(?:-H|--headers?)[ =]?$/.test(lead)) return readValue(text, at)?.end ?? at;
  const enclosing = /["'`]$/.exec(lead)?.[0];
  const close = enclosing === undefined ? -1 : text.indexOf(enclosing, at);
  if (close >= 0) return text[close - 1] === '\\' ? close - 1 : close;
  const pattern = LIST_SCHEME.test(scheme) ? TO_LINE_END : TO_QUOTE;
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}

const BEARER = /\bbearer[ \t]{1,4}([\w.~+/=-]{8,})/gi;

/** Finds bearer tokens outside of a header. */
export const bearers: Finder = function* (text): Generator<Span> {
  for (const { 0: match, 1: token = '', index } of matchesOf(BEARER, text)) {
    const end = index + match.length;
    if (/\d/.test(token.slice(0, 200)) || token.length > 24 || looksLikeKey(token)) {
      yield { start: end - token.length, end, kind: 'value' };
    }
  }
};
