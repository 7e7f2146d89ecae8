/** Passwords given to well-known programs in short options, arguments and pipes, and in SQL. */
import { type Finder, matchesOf, type Span } from './span.ts';
import { readValue } from './value.ts';

/** Anything in the same simple command, so far that long commands are covered and no farther. */
const GAP = '[^\\n;|&]{0,300}?';
const LOGIN = String.raw`(?:docker|podman|nerdctl|buildah|skopeo|oras|crane|helm[ \t]+registry|az|oc|cf|npm)[ \t]+login`;

/** Each matches up to where the value begins. */
const BEFORE_VALUE: readonly string[] = [
  // The database's client takes the password attached; alone, the option asks for it.
  String.raw`\b(?:mysql\w{0,20}|mariadb[\w-]{0,20})\b${GAP}[ \t]-p(?=\S)`,
  String.raw`\b(?:7z[ar]?|rar|unrar)[ \t]${GAP}[ \t]-(?:h?p)(?=\S)`,
  String.raw`\b(?:sshpass|${LOGIN}|mongo(?:sh|dump|restore|import|export)?)\b${GAP}[ \t]-p[= \t]{0,4}`,
  String.raw`\bredis-cli\b${GAP}[ \t]-a[ \t]{1,4}`,
  String.raw`\bldap\w{1,20}\b${GAP}[ \t]-w[ \t]{0,4}`,
  String.raw`\b(?:sqlcmd|bcp|isql|zip|unzip|zipcloak|mosquitto_\w{1,20})\b${GAP}[ \t]-P[ \t]{0,4}`,
  String.raw`\b(?:smbclient|rpcclient|smbget)\b${GAP}[ \t]-U[ \t]{0,4}["']?[^\s%"']{1,100}%`,
  String.raw`\blftp\b${GAP}[ \t]-u[ \t]{0,4}["']?[^\s,"']{1,100},`,
  String.raw`\bopenssl\b${GAP}\bpass:`,
  String.raw`\bopenssl\b${GAP}[ \t]-[kK][ \t]{1,4}`,
  String.raw`\bhtpasswd[ \t]{1,4}-\w{0,8}b\w{0,8}[ \t]{1,4}(?:-\w{1,8}[ \t]{1,4}){0,4}\S{1,200}[ \t]{1,4}\S{1,100}[ \t]{1,4}`,
  String.raw`\bxfreerdp\b${GAP}[ \t]\/p:`,
  String.raw`\bsqlplus\b${GAP}[ \t][\w.]{1,64}\/(?=[^\s/])`,
  String.raw`\bjdbc:oracle:\w+:[\w.]{1,64}\/(?=[^\s/])`,
  String.raw`--from-literal[= \t]["']?[\w./-]{1,100}=`,
  String.raw`(?:\bsudo[ \t]+-\w{0,8}S\b|--password-stdin|\bchpasswd|--stdin)[^\n|;&]{0,100}<<<[ \t]{0,4}`,
  // netrc
  String.raw`\b(?:login|user|account)\s{1,16}\S{1,100}\s{1,16}password\s{1,16}`,
  // SQL
  String.raw`\bidentified\s{1,16}(?:with\s{1,16}\w{1,40}\s{1,16})?by\s{1,16}(?:password\s{1,16})?(?=\\{0,8}["'])`,
  String.raw`\b(?:user|role|login)\s{1,16}\S{1,100}\s[^\n;]{0,100}?\bpassword\s{1,16}(?=\\{0,8}["'])`,
];
const VALUE = new RegExp(BEFORE_VALUE.join('|'), 'gi');

/** Finds passwords behind short options and in SQL. */
export const commandPasswords: Finder = function* (text): Generator<Span> {
  for (const { 0: match, index } of matchesOf(VALUE, text)) {
    const value = readValue(text, index + match.length);
    if (value === null || isReference(text.slice(value.start, value.end))) continue;
    const isOracle = /(?:sqlplus|oracle)/i.test(match);
    const at = isOracle ? text.slice(value.start, value.end).indexOf('@') : -1;
    yield { start: value.start, end: at < 0 ? value.end : value.start + at, kind: 'value' };
  }
};

const USER_OPTION = /(?:^|[\s"',])(?:-u|-U|--user|--proxy-user|--auth|-a)(?:=|[ \t]{1,4}|(?=\w))/g;
/** Programs whose `-u` takes a user and a group. */
const USER_AND_GROUP =
  /\b(?:docker|podman|nerdctl|kubectl|chroot|install|setpriv|rsync|sudo|su|id)\b/;

/** Finds passwords in `-u user:password`. */
export const userOptions: Finder = function* (text): Generator<Span> {
  for (const { 0: match, index } of matchesOf(USER_OPTION, text)) {
    const value = readValue(text, index + match.length);
    if (value === null) continue;
    const argument = text.slice(value.start, Math.min(value.end, value.start + 1024));
    const colon = /^["']?[^\s:/=]{1,100}:(?!\/\/)(?=.)/s.exec(argument)?.[0].length;
    if (colon === undefined) continue;
    const password = argument.slice(colon);
    if (isReference(password) || /^\d{1,6}$/.test(password)) continue;
    const lead = /[^\n;|&]*$/.exec(text.slice(Math.max(0, index - 300), index))?.[0] ?? '';
    if (!USER_AND_GROUP.test(lead))
      yield { start: value.start + colon, end: value.end, kind: 'value' };
  }
};

const PRINTED = /\b(?:echo|printf)[ \t]+(?:-\w{1,4}[ \t]+){0,4}(?:["']%s(?:\\{1,2}n)?["'][ \t]+)?/g;
const READER =
  /[ \t]{0,4}\|[ \t]{0,4}(?:sudo[ \t]+-\w{0,8}S\b|(?:sudo[ \t]+)?(?:chpasswd|cryptsetup)\b|[^\n|;&]{0,200}(?:--password-stdin|--stdin\b|--passphrase-fd|--with-token|\bsecrets?[ \t]+(?:put|set|create|add)\b))/y;

/** Finds passwords that are printed into a program that reads one. */
export const pipedPasswords: Finder = function* (text): Generator<Span> {
  for (const { 0: match, index } of matchesOf(PRINTED, text)) {
    const value = readValue(text, index + match.length);
    if (value === null || isReference(text.slice(value.start, value.end))) continue;
    READER.lastIndex = value.next;
    if (READER.test(text)) yield { start: value.start, end: value.end, kind: 'value' };
  }
};

const SECRET_STORE =
  /\b(?:secrets?[ \t]+set|secrets:set|config:set|secrets?[ \t]+create|kv[ \t]+put|vault[ \t]+write)\b([^\n;|&]{0,2000})/g;
const PAIR = /(?:^|\s)(?:(?:-b|--body|--value)(?:=|[ \t]+)|["']?(?!-)[\w./-]{1,100}=)/g;

/** Finds all values that are put into a store of secrets. */
export const storedSecrets: Finder = function* (text): Generator<Span> {
  for (const { 0: match, 1: rest = '', index } of matchesOf(SECRET_STORE, text)) {
    const from = index + match.length - rest.length;
    for (const pair of matchesOf(PAIR, rest)) {
      const value = readValue(text, from + pair.index + pair[0].length);
      if (value === null || isReference(text.slice(value.start, value.end))) continue;
      yield { start: value.start, end: value.end, kind: 'value' };
    }
  }
};

function isReference(value: string): boolean {
  return /^["']?(?:\$\{[^}\s]{1,80}\}|\$[A-Z_][A-Z0-9_]*|\$\([^)]{0,200}\)?)["']?$/.test(value);
}
