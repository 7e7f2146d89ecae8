/** Long random words that stand alone, with nothing around them that says what they are. */
import { looksRandom } from './randomness.ts';
import { type Finder, matchesOf, type Span } from './span.ts';

const WORD = /[A-Za-z0-9+/_-]{32,}={0,2}/g;
/** A longer word is a file in base64, not a secret. */
const MAX_WORD = 1024;
/** Pictures and archives, checksums, ids of the client's protocol, the public halves of SSH keys. */
const NO_SECRET =
  /^(?:iVBORw0KGgo|\/9j\/|R0lGOD|UklGR|PHN2Zy|JVBERi0|UEsDB|H4sI|sha\d{1,3}-|(?:(?:srv)?toolu|msg|req|call|resp|chatcmpl)[_-]|AAAA[A-Z]3NzaC1|AAAAE2VjZ)/;
/** What stands before checksums and embedded files. */
const LABEL = /(?:sha\d{1,3}|md5|h1|base64)[-:=,]$/i;
/** Finds words that look random. */
export const randomWords: Finder = function* (text): Generator<Span> {
  for (const { 0: word, index } of matchesOf(WORD, text)) {
    const before = text.slice(Math.max(0, index - 7), index);
    if (word.length > MAX_WORD || NO_SECRET.test(word) || LABEL.test(before)) continue;
    yield* randomParts(word, index);
  }
};

/** The whole word, or those of its parts between slashes that look random by themselves. */
function* randomParts(word: string, at: number): Generator<Span> {
  if (looksRandom(word)) {
    yield { start: at, end: at + word.length, kind: 'token' };
    return;
  }
  let start = at;
  for (const part of word.split('/')) {
    const end = start + part.length;
    if (part.length >= 32 && looksRandom(part)) yield { start, end, kind: 'token' };
    start = end + 1;
  }
}
