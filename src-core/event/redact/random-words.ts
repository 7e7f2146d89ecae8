/** Long random words that stand alone, with nothing around them that says what they are. */
import { looksRandom } from './randomness.ts';
import { type Finder, matchesOf, type Span } from './span.ts';

const WORD = /[A-Za-z0-9+/_-]{32,}={0,2}/g;
/** A longer word is a file in base64, not a secret; so is one that begins like a picture or an archive. */
const MAX_WORD = 1024;
const FILE = /^(?:iVBORw0KGgo|\/9j\/|R0lGOD|UklGR|PHN2Zy|PD94bWwg|JVBERi0|UEsDB|H4sI|d09G|AAABAA)/;
/** Ids of the client's protocol, and the public halves of SSH keys. */
const KNOWN =
  /^sha\d{1,3}-|^(?:(?:srv)?toolu|msg|req|call|resp|chatcmpl|run|task)[_-]|^AAAA[A-Z]3NzaC1|^AAAAE2VjZ/;
/** What stands before checksums and embedded files. */
const LABEL = /(?:sha\d{1,3}|md5|h1|base64)[-:=,]$/i;
/** A wrapped file goes on in the next line. */
const LINE_END = /^(?:\s|\\[nr])+$/;

/** Finds words that look random. */
export const randomWords: Finder = function* (text): Generator<Span> {
  let fileEnd = -1;
  for (const { 0: word, index } of matchesOf(WORD, text)) {
    const end = index + word.length;
    const gap = fileEnd < 0 || index - fileEnd > 8 ? '' : text.slice(fileEnd, index);
    if (word.length > MAX_WORD || FILE.test(word) || LINE_END.test(gap)) {
      fileEnd = end;
      continue;
    }
    if (KNOWN.test(word) || LABEL.test(text.slice(Math.max(0, index - 7), index))) continue;
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
