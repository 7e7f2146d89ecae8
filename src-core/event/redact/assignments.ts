/**
 * Values whose name says that they are secret: assignments of shells, `.env` and INI files, members
 * of JSON and YAML, long options, parts of connection strings, parameters of URLs, elements of XML.
 */
import { type SecretName, secretName } from './names.ts';
import { looksLikeKey, UUID } from './randomness.ts';
import { type Finder, markLength, matchEnd, type Span } from './span.ts';
import { type Extent, isReference, readValue, type Value } from './value.ts';

/** A part that every secret name holds. */
const CORE = /pass|pw|secret|token|cred|auth|cookie|jwt|bearer|key/gi;
const NAME_CHAR = /[A-Za-z0-9_.-]/;
const MAX_NAME_START = 64;
const NAME_REST = /[A-Za-z0-9_.-]{0,48}/y;

/** Between a name and its value, on one line. */
const SEPARATOR =
  /[\])]?[ \t]*(?::=|!?={1,3}(?:>(?=[ \t]*\\*["'`]))?|:(?!:|\/\/)|%3[Dd]|%3[Aa])[ \t]*/y;
/** The same where quotes enclose the name; the value may then stand on the next line. */
const QUOTED_SEPARATOR = /\\*["'`]\]?\s{0,16}(?:!?={1,3}>?|:)\s{0,16}/y;
/** `["--password", "…"]` */
const LIST_SEPARATOR = /\\*["']\s{0,4},\s{0,16}(?=\\*["'])/y;
const OPTION_SEPARATOR = /[ \t]+(?:\\\r?\n[ \t]*)?(?![-&|;<>\s])/y;
/** `{"name": "DB_PASSWORD", "value": "…"}`, also in YAML and XML. */
const MEMBER_SEPARATOR = /\\*["']?\s{0,4},?\s{0,40}\\*["']?value\\*["']?\s{0,4}[:=]\s{0,4}/iy;
/** `config set NAME …`, `setenv NAME …` */
const SET = /\b(?:set|setx|setenv|config)[ \t]+(?:-{1,2}\w+[ \t]+)?["']?(?:[\w/.:-]{1,80}[:/])?$/;

/** A name, and where its value begins. */
interface Named {
  readonly name: string;
  readonly kind: Exclude<SecretName, null>;
  readonly at: number;
  readonly separator: string;
  readonly extent: Extent;
}

/** Finds values of secret names. */
export const assignments: Finder = function* (text): Generator<Span> {
  CORE.lastIndex = 0;
  for (let core = CORE.exec(text); core !== null; core = CORE.exec(text)) {
    const named = nameAround(text, core.index);
    const value = named === null ? null : valueBehind(text, named);
    // What is kept may be a command that holds secrets of its own.
    if (named === null || value === null || isKept(text, value, named)) continue;
    yield { ...value, kind: named.kind };
    CORE.lastIndex = Math.max(value.next, CORE.lastIndex);
  }
};

/** The secret name that holds the part at `core`; moves the search behind it in any case. */
function nameAround(text: string, core: number): Named | null {
  let start = core;
  while (core - start < MAX_NAME_START && NAME_CHAR.test(text[start - 1] ?? '')) start--;
  const end = matchEnd(NAME_REST, text, core) ?? core;
  CORE.lastIndex = Math.max(CORE.lastIndex, end);
  const name = text.slice(start, end);
  // What is longer is no name, but base64 that ends like one.
  const kind = core - start < MAX_NAME_START ? secretName(name) : null;
  if (kind === null) return null;
  const isOption = name.startsWith('-');
  const lead = text.slice(Math.max(0, start - 120), start);
  const at = (pattern: RegExp): number | null => matchEnd(pattern, text, end);
  const found = (from: number | null, extent: Extent = 'word'): Named | null =>
    from === null ? null : { name, kind, at: from, separator: text.slice(end, from), extent };
  if (lead.endsWith('<') && text[end] === '>') return found(end + 1, 'part');
  const plain = at(SEPARATOR);
  if (plain !== null) return found(plain, extentOf(lead, kind, text.slice(end, plain)));
  return (
    found(at(QUOTED_SEPARATOR)) ??
    found(at(MEMBER_SEPARATOR)) ??
    (isOption ? (found(at(LIST_SEPARATOR)) ?? found(at(OPTION_SEPARATOR))) : null) ??
    (SET.test(lead) ? found(at(OPTION_SEPARATOR)) : null)
  );
}

/** In files of settings a value reaches to the end of its line, in connection strings to the semicolon. */
function extentOf(lead: string, kind: SecretName, separator: string): Extent {
  if (lead.endsWith(';')) return 'part';
  const isLineStart = /(?:^|[\r\n]|\\n)[ \t]*(?:- )?$/.test(lead);
  return kind === 'password' && isLineStart && separator.endsWith(' ') ? 'line' : 'word';
}

/** `["…", "…"]` */
const LIST = /\[\s*\\*["'][^\]]*\]?/y;

/** The value, or the list of values. */
function valueBehind(text: string, { at, extent }: Named): Value | null {
  const end = matchEnd(LIST, text, at);
  if (end !== null) return { start: at, end, isQuoted: true, next: end };
  return text[at] === '{' || (text[at] === '[' && markLength(text, at) === 0)
    ? null
    : readValue(text, at, extent);
}

const NOTHING = /^(?:true|false|null|none|undefined|yes|no|on|off|[*x.•…]+|[~^]?\d+(?:\.\d+)+)$/i;
const NO_TOKEN =
  /^(?:\d[\d,.]{0,12}[a-z%]{0,2}|string|number|boolean|basic|bearer|oauth2?|password|inherit)$/i;
/** In prose: `Invalid token: unexpected end`. */
const PLAIN_WORD = /^[A-Za-z]?[a-z]{0,14}[.,!?]?$/;
/** True for what stands behind a secret name and is no secret: a reference, a type, a number of tokens. */
function isKept(text: string, found: Value, { kind, name, separator }: Named): boolean {
  const { start, end, isQuoted } = found;
  if (markLength(text, start) === end - start || isReference(text, found)) return true;
  const value = text.slice(start, Math.min(end, start + 200));
  if (NOTHING.test(value)) return true;
  if (kind === 'password') {
    return value === 'string' || (/pass$/i.test(name) && /^\d{1,4}$/.test(value));
  }
  if (NO_TOKEN.test(value)) return true;
  if (/id$/i.test(name) && !looksLikeKey(value) && !UUID.test(value)) return true;
  return (
    !isQuoted &&
    /(?:token|cookie|auth)s?$/i.test(name) &&
    /^\W*:/.test(separator) &&
    PLAIN_WORD.test(value)
  );
}
