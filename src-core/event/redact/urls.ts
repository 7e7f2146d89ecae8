/** User names and passwords in URLs, those of databases included. */
import { looksLikeKey } from './randomness.ts';
import { type Finder, markLength, matchesOf, type Span } from './span.ts';

const START = /\b[a-z][a-z0-9+.-]{1,20}:(?:\/\/|\\\/\\\/)/gi;
/** As much of a URL as is looked at. */
const REST = /[^\s"'`<>|]{0,1024}/y;
const REFERENCE = /^(?:\$\{?\w+\}?|\$\(.*|%[sd]|\{\w*\}|<.*)$/s;
const HEX_KEY = /^[0-9a-f]{16,}$/i;
/** A password that says that the user's name is the token. */
const NO_PASSWORD = /^(?:x-oauth-basic|x-token-auth)?$/;

/** Finds what stands before the `@` of a URL. */
export const urls: Finder = function* (text): Generator<Span> {
  for (const { 0: scheme, index } of matchesOf(START, text)) {
    const start = index + scheme.length;
    REST.lastIndex = start;
    const rest = REST.exec(text)?.[0] ?? '';
    yield* inUserInfo(rest.slice(0, Math.max(0, atSignOf(rest))), start);
  }
};

function* inUserInfo(info: string, start: number): Generator<Span> {
  // A substitute holds a colon of its own.
  const colon = info.indexOf(':', markLength(info, 0));
  const user = colon < 0 ? info : info.slice(0, colon);
  const password = colon < 0 ? '' : info.slice(colon + 1);
  const isPasswordUnused = NO_PASSWORD.test(password);
  const isToken = HEX_KEY.test(user) || looksLikeKey(user) || (colon > 0 && isPasswordUnused);
  if (isToken && !REFERENCE.test(user)) {
    yield { start, end: start + user.length, kind: 'value' };
  }
  if (!isPasswordUnused && !REFERENCE.test(password)) {
    yield { start: start + colon + 1, end: start + info.length, kind: 'value' };
  }
}

/**
 * Where the user's part of a URL ends: at the last `@` before the path. Passwords with an unescaped
 * slash or `@` are common enough to look further where one has begun.
 */
function atSignOf(rest: string): number {
  const authority = /^[^/?#\\]*/.exec(rest)?.[0] ?? '';
  const at = authority.lastIndexOf('@');
  if (at < 0) return BEGUN_PASSWORD.test(authority) ? rest.lastIndexOf('@') : -1;
  if (!authority.slice(0, at).includes(':')) return at;
  const later = LATER_HOST.exec(rest);
  return later === null ? at : later[0].length - 1;
}

/** A colon that no port follows; brackets enclose addresses that hold colons. */
const BEGUN_PASSWORD = /^[^[\]:]*:(?!\d{1,5}$)/;
const LATER_HOST = /^[^?#]*[^/?#]@(?=[\w.-]+(?::\d+)?(?:[/?#]|$))/;
