/** Values behind names that may mean a secret (`key`, `sig`, `code`): hidden where they look made by a machine. */
import { looksLikeKey } from './randomness.ts';
import { type Finder, matchesOf, type Span } from './span.ts';

const WEAK =
  /(?<![a-z])(?:key|sig|signature|hmac|salt|nonce|seed|code|session|sid|sessionid|sessid|phpsessid|jsessionid|pat|otp|auth|webhook|x-amz-signature|x-goog-signature)["']?\]?[ \t]{0,4}[:=][ \t]{0,4}\\{0,4}["'`]?([A-Za-z0-9+/=_%.~-]{16,})/gi;
const PATH = /^(?:~|\.{1,2})?\//;

/** Finds such values. */
export const weakNames: Finder = function* (text): Generator<Span> {
  for (const { 0: match, 1: value = '', index } of matchesOf(WEAK, text)) {
    const isSignature = /^sig/i.test(match) && value.length >= 20 && /[\d%]/.test(value);
    if (PATH.test(value) || !(isSignature || looksLikeKey(value))) continue;
    const end = index + match.length;
    yield { start: end - value.length, end, kind: 'token' };
  }
};
