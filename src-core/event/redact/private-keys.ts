/**
 * Private keys in their armour (PEM, OpenSSH, PGP, SSH2), over several lines or with the line ends
 * escaped. A key whose end is not in the text counts up to the text's end.
 */
import { type Finder, matchesOf, type Span } from './span.ts';

const KEY =
  /-{4,5} ?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{4,5}[\s\S]*?(?:-{4,5} ?END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{4,5}|$)/g;

/** Finds private keys. */
export const privateKeys: Finder = function* (text): Generator<Span> {
  if (!text.includes('PRIVATE KEY')) return;
  for (const { 0: key, index } of matchesOf(KEY, text)) {
    yield { start: index, end: index + key.length, kind: 'token' };
  }
};
