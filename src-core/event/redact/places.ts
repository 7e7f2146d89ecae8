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
}

const finderOf = (place: Place): Finder =>
  function* (text): Generator<Span> {
    for (const match of matchesOf(place.pattern, text)) {
      const span = secretAt(text, match, place);
      if (span === null) continue;
      yield span;
      // What a long value holds is not read again and again.
      place.pattern.lastIndex = Math.max(span.end, place.pattern.lastIndex);
    }
  };

function secretAt(text: string, match: RegExpExecArray, place: Place): Span | null {
  const value = valueBehind(text, match, place.extent);
  if (value === null) return null;
  const { end } = value;
  const [lead] = place.lead?.exec(text.slice(value.start, value.start + 200)) ?? [''];
  const start = value.start + lead.length;
  if (start >= end || isReference(text, { start, end })) return null;
  const before = text.slice(Math.max(0, match.index - 300), start);
  const isSecret = place.isSecret?.(text.slice(start, end), before) ?? true;
  return isSecret ? { start, end, kind: 'value' } : null;
}

function valueBehind(text: string, match: RegExpExecArray, extent?: Extent): Value | null {
  const at = match.index + match[0].length;
  const quote = match.slice(1).findLast((group) => group !== undefined);
  if (quote === undefined || /["'`]/.test(text[at] ?? '')) return readValue(text, at, extent);
  const opened = match.index + match[0].lastIndexOf(quote);
  return readQuoted(text, at, quote, slashesBefore(text, opened));
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
  ['sqlcmd|zip|unzip', '\\s-P\\s{0,2}'],
  ['smbclient', '\\s-U\\s{0,2}(["\'])?[^\\s%"\']{1,99}%'],
  ['openssl', '(?:\\bpass:|\\s-[kK]\\s)'],
];
/** What stands before secrets elsewhere in commands. */
const ELSEWHERE: readonly RegExp[] = [
  /\b(?:sqlplus\s|jdbc:oracle:\w{1,9}:)[\w.]{1,64}\/(?=[^\s/])/,
  /--from-literal[=\s](["'])?[\w./-]{1,99}=/,
  /(?:\bsudo -\w{0,8}S\b|--password-stdin|\bchpasswd|--stdin)[^\n|;&]{0,99}<<<\s?/,
  /\b(?:echo|printf)\s(?:-\w{1,4}\s){0,4}(?:["']%s(?:\\{1,2}n)?["']\s)?(?=[^\n|]{1,200}\|\s?(?:sudo -\w{0,8}S\b|(?:sudo )?(?:chpasswd|cryptsetup)\b|[^\n|;&]{0,200}(?:--password-stdin|--stdin\b|--passphrase-fd|--with-token|\bsecrets? (?:put|set|create|add)\b)))/,
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
};

/** Programs whose `-u` takes a user and a group. */
const WITH_GROUP = /\b(?:docker|podman|nerdctl|kubectl|chroot|install|rsync|sudo|su)\b[^\n;|&]*$/;

/** `-u user:password` */
const USERS: Place = {
  pattern:
    /(?:^|[\s"',])(?:-u|-U|--user|--proxy-user|--auth|-a)(?:=|[ \t]{1,4}|(?=["'\w]))\$?(["'])?[^\s:/="']{1,99}:(?!\/\/)/g,
  isSecret: (value, before) => !/^\d{1,6}$/.test(value) && !WITH_GROUP.test(before),
};

/** All that is put into a store of secrets: `gh secret set NAME --body …`, `vault kv put a/b NAME=…` */
const STORED: Place = {
  pattern: /\s(?:(?:-b|--body|--value)[=\s]|(["'])?(?!-)[\w./-]{1,99}=)/g,
  isSecret: (_, before) =>
    /\b(?:secrets? (?:set|create)|(?:secrets|config):set|kv put|vault write)\b[^\n;|&]*$/.test(
      before,
    ),
};

/** The whole value, in a raw request to the end of its line. */
const HEADERS: Place = {
  pattern:
    /(?:(["'`])|(?<![A-Za-z])|(?<=\\[nrt]))(?:(?:proxy-)?authorization|(?:set-)?cookie2?)(?:\\{0,16}["'`]\]?)?\s{0,4}(?:=>?|:)\s{0,4}/gi,
  extent: 'line',
  lead: /^(?:bearer|basic|token|digest|api-?key|negotiate|ntlm|oauth|hawk|aws4-hmac-sha256|sharedkey(?:lite)?|splunk|dpop|bot|key|jwt|signature)[ \t]{1,4}/i,
};

const BEARERS: Place = {
  pattern: /\bbearer[ \t]{1,4}(?=[\w.~+/=-]{8})/gi,
  isSecret: (value) => /\d/.test(value) || value.length > 24,
};

/** Names that may mean a secret: hidden where the value looks made by a machine. */
const PERHAPS: Place = {
  pattern:
    /(?<![a-z])(?:key|sig|signature|hmac|salt|nonce|seed|code|session|sid|sessionid|sessid|phpsessid|jsessionid|pat|otp|auth|webhook|x-amz-signature|x-goog-signature)["']?\]?[ \t]{0,4}[:=][ \t]{0,4}/gi,
  isSecret: (value, before) =>
    looksLikeKey(value) || (/[?&]sig\w*=$/i.test(before) && /^(?=.*\d)[\w%+/=-]{20,}$/.test(value)),
};

/** Finds secrets by their place, the surest places first. */
export const places: readonly Finder[] = [HEADERS, BEARERS, COMMANDS, USERS, STORED].map(finderOf);
/** Finds what may be a secret by its place, if it looks like one. */
export const perhaps: Finder = finderOf(PERHAPS);
