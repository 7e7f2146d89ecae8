/**
 * Takes secrets out of a text before it reaches any record.
 *
 * A token becomes `[redacted:xxxxxxxx]`, a keyed hash cut to 32 bits, so that two uses of one token
 * stay recognisable without giving it away; a password becomes `[redacted]`, since people reuse
 * short ones and even a hash would help to guess them.
 */

import { beginning, cut, MAX_LOOKED_AT } from '../base/limits.ts';

/** The door through which every text passes before it reaches a record. */
export interface Redactor {
  /** The text without secrets; equal tokens give equal substitutes. */
  redact(text: string): string;
}

/** Keyed hash of a text as hex, at least eight digits. */
export type KeyedHash = (text: string) => string;

interface Rule {
  readonly pattern: RegExp;
  /** Which group holds the secret; the rest of the match stays. */
  readonly group: number;
  readonly kind: 'token' | 'password';
}

/** Tokens whose issuer gives them a fixed, public prefix. */
const PREFIXED =
  /\b(?:sk-(?:ant-|proj-|svcacct-)?[\w-]{20,}|gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abeprs]-[\w-]{10,}|xapp-[\w-]{10,}|A(?:KIA|SIA|GPA|IDA|ROA)[A-Z0-9]{16}|AIza[\w-]{30,}|ya29\.[\w-]{20,}|npm_\w{30,}|pypi-[\w-]{30,}|dop_v1_\w{30,}|hf_\w{20,}|[rs]k_(?:live|test)_\w{16,}|whsec_\w{20,}|SG\.[\w-]{16,}\.[\w-]{16,}|shp(?:at|ss|ca|pa)_\w{20,}|sq0(?:atp|csp)-[\w-]{20,}|lin_api_\w{20,}|dapi[0-9a-f]{32}|AGE-SECRET-KEY-1[0-9A-Z]{50,}|eyJ[\w-]{8,2000}\.[\w-]{8,}\.[\w-]*)/g;

/** Longer than any token; a longer word is no token that the patterns could miss. */
const MAX_TOKEN = 2048;

/** A name that says that its value is secret, as in `API_KEY=…` or `"client_secret": "…"`. */
const SECRET_NAME =
  '[\\w.-]{0,64}(?:secret|token|passw(?:or)?d|passwd|pwd|api[_-]?key|access[_-]?key|private[_-]?key|credential|auth[_-]?key)[\\w.-]{0,32}';

const RULES: readonly Rule[] = [
  {
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,32}PRIVATE KEY-----[\s\S]{0,20000}?(?:-----END [A-Z0-9 ]{0,32}PRIVATE KEY-----|$)/g,
    group: 0,
    kind: 'token',
  },
  { pattern: PREFIXED, group: 0, kind: 'token' },
  {
    pattern:
      /\b(?:proxy-)?authorization["']?\s*[:=]\s*["']?(?:(?:bearer|basic|token|digest)\s+)?([^\s"',;]+)/gi,
    group: 1,
    kind: 'token',
  },
  { pattern: /\bbearer\s+([\w.~+/=-]{8,})/gi, group: 1, kind: 'token' },
  {
    pattern: /\b(?:x-api-key|x-auth-token|api-key|cookie|set-cookie)["']?\s*:\s*["']?([^\s"']+)/gi,
    group: 1,
    kind: 'token',
  },
  {
    pattern: /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@'"]{0,200}:([^\s/@'"]{1,200})@/gi,
    group: 1,
    kind: 'password',
  },
  {
    pattern: new RegExp(
      `(?:^|[^\\w-])-{0,2}${SECRET_NAME}["']?\\s*[:=]\\s*("[^"]*"|'[^']*'|[^\\s"',;&)]+)`,
      'gi',
    ),
    group: 1,
    kind: 'password',
  },
  {
    pattern: new RegExp(`(?:^|\\s)--?${SECRET_NAME}\\s+("[^"]*"|'[^']*'|[^\\s"'-][^\\s"']*)`, 'gi'),
    group: 1,
    kind: 'password',
  },
  { pattern: /(?:^|\s)-u\s*[^\s:]{1,100}:("[^"]*"|'[^']*'|\S+)/g, group: 1, kind: 'password' },
  { pattern: /\bsshpass\s+-p\s*("[^"]*"|'[^']*'|\S+)/g, group: 1, kind: 'password' },
];

/** Builds a redactor whose substitutes for tokens depend on `hash`'s key. */
export function createRedactor(hash: KeyedHash): Redactor {
  const substitute = (secret: string, kind: Rule['kind']): string =>
    kind === 'password' || secret.startsWith('[redacted')
      ? '[redacted]'
      : `[redacted:${hash(secret).slice(0, 8)}]`;
  return {
    redact: (text) => RULES.reduce((rest, rule) => applyRule(rest, rule, substitute), text),
  };
}

/**
 * The first `max` characters of a text, redacted before they are cut. Only the beginning of a long
 * text is looked at: on megabytes the patterns would take minutes or overflow the stack.
 */
export function redactBeginning(redactor: Redactor, text: string, max: number): string {
  if (text.length <= MAX_LOOKED_AT) return cut(redactor.redact(text), max);
  const begun = beginning(text, MAX_LOOKED_AT);
  // Without the word that was cut through: half a token would not be known as one.
  const whole = begun.slice(0, lastGap(begun));
  return cut(`${redactor.redact(whole)}…`, max);
}

function lastGap(text: string): number {
  const gap = /\s\S*$/.exec(text.slice(-MAX_TOKEN));
  return gap === null ? text.length : text.length - MAX_TOKEN + gap.index;
}

function applyRule(
  text: string,
  { pattern, group, kind }: Rule,
  substitute: (secret: string, kind: Rule['kind']) => string,
): string {
  return text.replace(pattern, (match: string, ...groups: unknown[]) => {
    const secret = group === 0 ? match : groups[group - 1];
    if (typeof secret !== 'string' || secret.startsWith('[redacted')) return match;
    const from = match.lastIndexOf(secret);
    return match.slice(0, from) + substitute(secret, kind) + match.slice(from + secret.length);
  });
}
