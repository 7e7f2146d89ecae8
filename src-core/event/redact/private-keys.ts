/**
 * Private keys in their armour (PEM, OpenSSH, PGP, SSH2, PuTTY), over several lines or with the line
 * ends escaped. A key whose end is not in the text counts up to the text's end.
 */
import type { Finder, Span } from './span.ts';

const BEGIN =
  /-{4,5} ?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{4,5}|Private-Lines: {0,4}\d{1,4}/g;
const END =
  /-{4,5} ?END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{4,5}|Private-MAC: {0,4}[0-9a-f]+/g;

/** Finds private keys. */
export const privateKeys: Finder = function* (text): Generator<Span> {
  BEGIN.lastIndex = 0;
  for (let begin = BEGIN.exec(text); begin !== null; begin = BEGIN.exec(text)) {
    const start = begin.index;
    END.lastIndex = BEGIN.lastIndex;
    const end = END.exec(text) === null ? text.length : END.lastIndex;
    yield { start, end, kind: 'token' };
    BEGIN.lastIndex = end;
  }
};
