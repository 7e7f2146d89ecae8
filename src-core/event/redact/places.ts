/** Secrets known by their place: in headers of HTTP, in options and arguments of programs, in SQL, in netrc. */
import { looksLikeKey } from './randomness.ts';
import { type Finder, matchesOf, type Span } from './span.ts';
import {
  type Extent,
  isReference,
  readQuoted,
  readValue,
  slashesBefore,
  type Value,
} from './value.ts';

/** Where a sort of secret stands. */
interface Place {
  /** Matches up to where the value begins; may capture the quote that was opened on the way. */
  readonly pattern: RegExp;
  readonly extent?: Extent;
  /** Leads from the match's end to the secret in the value. */
  readonly lead?: RegExp;
  readonly isSecret?: (value: string, before: string) => boolean;
  /** In small letters: a text without any of them holds no such secret, and need not be searched. */
  readonly hints: readonly string[];
}

const finderOf =
  (place: Place): Finder =>
  (text) =>
    holdsAny(text, place.hints) ? spansAt(text, place) : [];

function* spansAt(text: string, place: Place): Generator<Span> {
  for (const match of matchesOf(place.pattern, text)) {
    const value = valueBehind(text, match, place);
    if (value === null || isReference(text, value)) continue;
    const { start, end, isQuoted } = value;
    const before = text.slice(Math.max(0, match.index - 300), start);
    const isSecret = place.isSecret?.(text.slice(start, end), before) ?? true;
    if (isSecret) yield { start, end, kind: 'value' };
    // A long word is not read again and again; a quotation may be a command with secrets in it.
    if (isSecret || !isQuoted) place.pattern.lastIndex = Math.max(end, place.pattern.lastIndex);
  }
}

function holdsAny(text: string, hints: readonly string[]): boolean {
  const folded = text.toLowerCase();
  return hints.some((hint) => folded.includes(hint));
}

function valueBehind(text: string, match: RegExpExecArray, place: Place): Value | null {
  const at = match.index + match[0].length;
  const quote = match.slice(1).findLast((group) => group !== undefined);
  const opened = match.index + match[0].lastIndexOf(quote ?? '');
  const value =
    quote === undefined || /["'`]/.test(text[at] ?? '')
      ? readValue(text, at, place.extent)
      : readQuoted(text, at, quote, slashesBefore(text, opened));
  if (value === null) return null;
  const [lead] = place.lead?.exec(text.slice(value.start, value.start + 200)) ?? [''];
  const start = value.start + lead.length;
  return start < value.end ? { ...value, start } : null;
}

/** Anything in the same simple command, so far that long commands are covered and no farther. */
const SAME = '[^\\n;|&]{0,300}?';

/** Programs, and what their password follows. */
const OPTIONS: readonly (readonly [programs: string, before: string])[] = [
  // The database's client takes it attached; alone, the option asks for it.
  ['mysql\\w{0,20}|mariadb[\\w-]{0,20}|7z[ar]?|rar', '\\s-p(?=\\S)'],
  [
    'sshpass|mongo\\w{0,8}|(?:docker|podman|nerdctl|buildah|skopeo|helm registry|az|oc|cf) login',
    '\\s-p[=\\s]{0,2}',
  ],
  ['redis-cli', '\\s-a\\s'],
  ['ldap\\w{1,20}', '\\s-w\\s{0,2}'],
  ['zip|unzip', '\\s-P\\s{0,2}'],
  ['openssl', '(?:\\bpass:|\\s-[kK]\\s)'],
];
/** What stands before secrets elsewhere in commands. */
const ELSEWHERE: readonly RegExp[] = [
  /--from-literal[=\s](["'])?[\w./-]{1,99}=/,
  /(?:\bsudo -\w{0,8}S|-stdin|\bchpasswd)\b[^\n|;&]{0,99}<<<\s?/,
  /\b(?:echo|printf)\s(?:-\w{1,4}\s){0,4}(?:["']%s(?:\\{1,2}n)?["']\s)?(?=[^\n|;&]{1,200}\|[^\n|;&]{0,200}(?:sudo -\w{0,8}S|chpasswd|-stdin|--pass\w{1,9}-fd|--with-token|\bsecrets? [a-z]{3,6})\b)/,
  // netrc
  /\b(?:login|user|account)\s{1,16}\S{1,99}\s{1,16}password\s{1,16}/,
  // SQL
  /\bidentified\s{1,16}(?:with\s{1,16}\w{1,40}\s{1,16})?by\s{1,16}(?:password\s{1,16})?(?=\\{0,8}["'])/,
  /\b(?:user|role|login)\s{1,16}\S{1,99}\s[^\n;]{0,99}?\bpassword\s{1,16}(?=\\{0,8}["'])/,
];

const COMMANDS: Place = {
  pattern: new RegExp(
    [
      ...OPTIONS.map(([programs, before]) => `\\b(?:${programs})\\b${SAME}${before}`),
      ...ELSEWHERE.map(({ source }) => source),
    ].join('|'),
    'gi',
  ),
  hints: [
    ...['mysql', 'mariadb', '7z', 'rar', 'sshpass', 'mongo', 'login', 'redis-cli', 'ldap', 'zip'],
    ...['openssl', '--from-literal', 'sudo', '-stdin', 'chpasswd', 'echo', 'printf', 'password'],
    'identified',
  ],
};

/** Programs whose `-u` takes a user and a group. */
const WITH_GROUP = /\b(?:docker|podman|nerdctl|kubectl|chroot|install|rsync|sudo|su)\b[^\n;|&]*$/;

/** `-u user:password` */
const USERS: Place = {
  pattern:
    /(?:^|[\s"',])(?:-[uUa]|--(?:proxy-)?user|--auth)(?:=|[ \t]+|(?=["'\w]))\$?(["'])?[^\s:/="']{1,99}:(?!\/\/)/g,
  isSecret: (value, before) => !/^\d{1,6}$/.test(value) && !WITH_GROUP.test(before),
  hints: [':'],
};

/** All that is put into a store of secrets: `gh secret set NAME --body …`, `vault kv put a/b NAME=…` */
const STORED: Place = {
  pattern: /\s(?:(?:-b|--body|--value)[=\s]|(["'])?(?!-)[\w./-]{1,99}=)/g,
  isSecret: (_, before) =>
    /\b(?:secrets? (?:set|create)|(?:secrets|config):set|kv put|vault write)\b[^\n;|&]*$/.test(
      before,
    ),
  hints: ['secret', 'config:set', 'kv put', 'vault write'],
};

/** The whole value, in a raw request to the end of its line. */
const HEADERS: Place = {
  pattern:
    /(?:(["'`])|(?<![A-Za-z])|(?<=\\[nrt]))(?:(?:proxy-)?authorization|(?:set-)?cookie2?)(?:\\*["'`]\]?)?\s{0,4}(?:=>?|:)(?!\s*(?:\[(?!redacted)|\{))\s{0,4}/gi,
  extent: 'line',
  lead: /^(?:bearer|basic|token|digest|api-?key|negotiate|oauth|aws4-hmac-sha256|sharedkey\w*|bot|jwt)[ \t]+/i,
  hints: ['authorization', 'cookie'],
};

/** `scheme://user:password@host` */
const URL_PASSWORDS: Place = {
  pattern: /\b[a-z][a-z0-9+.-]{1,20}:(?:\/\/|\\\/\\\/)[^\s/:@"'[]{0,200}:(?=[^\s"'`<>|]{1,512}@)/gi,
  extent: 'user',
  // A port, or a password that says that the user's name is the token.
  isSecret: (value) => !/^(?:\d{1,5}\/|x-oauth-basic$)/.test(value),
  hints: ['@'],
};

/** `scheme://token@host` */
const URL_TOKENS: Place = {
  pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/(?=[\w.~%+=-]{16,200}:?(?:x-oauth-basic)?@)/gi,
  extent: 'user',
  isSecret: (value) => looksLikeKey(value.replace(/:.*/, '')) || /:/.test(value),
  hints: ['@'],
};

const BEARERS: Place = {
  pattern: /\bbearer[ \t]+(?=[\w.~+/=-]{8})/gi,
  isSecret: (value) => /\d/.test(value) || value.length > 24,
  hints: ['bearer'],
};

/** Names that may mean a secret: hidden where the value looks made by a machine. */
const PERHAPS: Place = {
  pattern:
    /(?<![a-z])(?:key|sig|signature|hmac|salt|nonce|seed|code|sid|(?:php|j)?sess(?:ion)?(?:id)?|pat|otp|auth|webhook)["']?\]?[ \t]*[:=][ \t]*/gi,
  extent: 'key',
  isSecret: (value, before) =>
    looksLikeKey(value) || (/[?&]sig\w*=$/i.test(before) && /^(?=.*\d)[\w%+/=-]{20,}$/.test(value)),
  hints: [':', '='],
};

/** Finds secrets by their place, the surest places first. */
export const places: readonly Finder[] = [
  URL_PASSWORDS,
  URL_TOKENS,
  HEADERS,
  BEARERS,
  COMMANDS,
  USERS,
  STORED,
].map(finderOf);
/** Finds what may be a secret by its place, if it looks like one. */
export const perhaps: Finder = finderOf(PERHAPS);
