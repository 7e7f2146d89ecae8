/**
 * Takes secrets out of a text before it reaches any record.
 *
 * A token becomes `[redacted:xxxxxxxx]`, a keyed hash cut to 32 bits, so that two uses of one token
 * stay recognisable without giving it away; a password becomes `[redacted]`, since people reuse
 * short ones and even a hash would help to guess them.
 *
 * What is found by its form or its place is in the files of `redact/`. Nothing finds a secret that
 * looks like an ordinary word in an ordinary place.
 */
import { beginning, cut, MAX_LOOKED_AT } from '../base/limits.ts';
import { assignments } from './redact/assignments.ts';
import { issuedTokens } from './redact/issued-tokens.ts';
import { perhaps, places } from './redact/places.ts';
import { privateKeys } from './redact/private-keys.ts';
import { randomWords } from './redact/random-words.ts';
import { looksLikeKey } from './redact/randomness.ts';
import { type Finder, replaceSpans, type SecretKind } from './redact/span.ts';

/** The door through which every text passes before it reaches a record. */
export interface Redactor {
  /** The text without secrets; equal tokens give equal substitutes. Redacting twice changes nothing more. */
  redact(text: string): string;
}

/** Keyed hash of a text as hex, at least eight digits. */
export type KeyedHash = (text: string) => string;

/** What is known by its form, what by its place: the surest first, since each leaves less to the next. */
const KNOWN: readonly Finder[] = [privateKeys, issuedTokens, ...places, assignments, perhaps];
const ALL = [...KNOWN, randomWords];

/** A substitute may bring two neighbours together; more rounds than this no text has needed. */
const MAX_ROUNDS = 6;

/** Builds a redactor whose substitutes for tokens depend on `hash`'s key. */
export function createRedactor(hash: KeyedHash): Redactor {
  const substitute = (secret: string, kind: SecretKind): string =>
    kind === 'token' || (kind === 'value' && looksLikeKey(secret))
      ? `[redacted:${hash(secret).slice(0, 8)}]`
      : '[redacted]';
  return { redact: (text) => redactBy(ALL, text, substitute) };
}

/**
 * True for a text that holds what is known for a secret by its form or its name. That it looks
 * random is not enough: for texts that are random by nature, as ids are.
 */
export function holdsKnownSecret(text: string): boolean {
  return redactBy(KNOWN, text, () => '[redacted]') !== text;
}

/** For texts of programs that have no key at hand: all substitutes are alike. */
export const keylessRedactor: Redactor = createRedactor(() => '00000000');

function redactBy(
  finders: readonly Finder[],
  text: string,
  substitute: (secret: string, kind: SecretKind) => string,
): string {
  let before = text;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const after = finders.reduce(
      (rest, find) => replaceSpans(rest, find(rest), substitute),
      before,
    );
    if (after === before) return after;
    before = after;
  }
  return before;
}

/** Longer than any secret that is written in one word. */
const MAX_WORD = 2048;

/**
 * The first `max` characters of a text, redacted before they are cut. Of a long text only the first
 * `lookedAt` characters are looked at; a word that they end in is left out, because a part of a
 * secret would not be known as one.
 */
export function redactBeginning(
  redactor: Redactor,
  text: string,
  max: number,
  lookedAt = MAX_LOOKED_AT,
): string {
  if (text.length <= lookedAt) return cut(redactor.redact(text), max);
  return cut(`${redactor.redact(withoutLastWord(beginning(text, lookedAt)))}…`, max);
}

/** The text up to its last word, which may be a part of one; a text that is all one word stays. */
export function withoutLastWord(text: string): string {
  const gap = /\s\S*$/.exec(text.slice(-MAX_WORD));
  return gap === null ? text : text.slice(0, Math.max(0, text.length - MAX_WORD) + gap.index);
}
