/**
 * Classes by what an error says. Only calls that are known to have failed are asked, and only single
 * short lines: a rule can give a failure the wrong name, and can never make one.
 *
 * Every rule names a code or a phrase that programs print as it is, bounded by words, so that
 * "Bloom" is no memory error. All are linear: no repetition stands in another one.
 */
import type { ErrorClass } from './error-class.ts';

/** Longest line that is looked at, in characters. */
const MAX_LINE = 300;

/** The first rule that fits decides: the special ones stand before the general ones. */
const RULES: readonly (readonly [ErrorClass, RegExp])[] = [
  ['interrupted', /^\[Request interrupted by user|\bKeyboardInterrupt\b/],
  ['rate_limit', /\btoo many requests\b|\brate limit(?:ed| exceeded| reached)\b/i],
  ['rate_limit', /\b(?:status(?: code)?:?|HTTP(?:\/[\d.]{1,4})?|API error:) 429\b/i],
  ['api_overloaded', /\boverloaded_error\b|^API error: 5\d\d\b|^529\b/i],
  ['authentication', /\b(?:status(?: code)?:?|HTTP(?:\/[\d.]{1,4})?|API error:) 40[13]\b/i],
  ['authentication', /\bauthentication(?: |_)(?:failed|error)\b|\binvalid API key\b/i],
  ['authentication', /\bpermission denied \(publickey|\bbad credentials\b|\b401 unauthorized\b/i],
  ['authentication', /^fatal: could not read (?:Username|Password)\b/],
  ['port_in_use', /\bEADDRINUSE\b|\baddress already in use\b|\bport is already allocated\b/i],
  ['port_in_use', /\bport \d{1,5} is (?:already )?in use\b/i],
  // The same code is given for too many watched files, which is no matter of space.
  ['disk_full', /\bENOSPC\b(?!: System limit)|\bno space left on device\b/i],
  ['disk_full', /\bEDQUOT\b|\bdisk quota exceeded\b|\bdatabase or disk is full\b/i],
  ['out_of_memory', /\bENOMEM\b|\bout of memory\b|\bcannot allocate memory\b/i],
  ['out_of_memory', /^MemoryError\b|\bOutOfMemoryError\b|\bOOMKilled\b/],
  ['dns', /\b(?:ENOTFOUND|EAI_AGAIN)\b|\bcould not resolve (?:host|proxy)\b/i],
  [
    'dns',
    /\bname or service not known\b|\bfailure in name resolution\b|\bnodename nor servname\b/i,
  ],
  ['type_check', /\berror TS\d{3,5}\b/],
  ['missing_module', /\bcannot find (?:module|package)\b|\bno module named\b/i],
  [
    'missing_module',
    /\bERR_MODULE_NOT_FOUND\b|\bunresolved import\b|\bno required module provides/,
  ],
  ['git_conflict', /^CONFLICT \(|\bautomatic merge failed\b|\bfix conflicts and\b/i],
  ['network', /\b(?:ECONNREFUSED|ECONNRESET|ECONNABORTED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)\b/],
  ['network', /\bconnection (?:refused|reset|timed out|closed)\b|\bnetwork is unreachable\b/i],
  ['network', /\bno route to host\b|\bsocket hang up\b|\bfetch failed\b|\bfailed to connect to\b/i],
  ['network', /\bcertificate (?:has expired|verify failed)\b|\bself[- ]signed certificate\b/i],
  ['git', /^fatal: |^error: (?:pathspec|failed to push|your local changes)\b/i],
  ['http_error', /\b(?:status(?: code)?:?|HTTP(?:\/[\d.]{1,4})?|API error:) [45]\d\d\b/i],
  ['command_not_found', /\bcommand not found\b|^spawn \S{1,200} ENOENT\b/i],
  ['command_not_found', /^(?:\/bin\/)?(?:ba|da|z|k)?sh: (?:line )?\d{1,5}: \S{1,100}: not found$/],
  ['timeout', /\btimed out\b|\btimeout (?:of|after|exceeded)\b|\bdeadline exceeded\b/i],
  ['timeout', /^MCP error -32001\b/],
  ['permission_denied', /\b(?:EACCES|EPERM|EROFS)\b|\bpermission denied\b/i],
  ['permission_denied', /\boperation not permitted\b|\bread-only file system\b/i],
  ['file_too_large', /\bexceeds maximum allowed (?:tokens|size)\b|\bEFBIG\b|\bfile too large\b/i],
  ['is_a_directory', /\bEISDIR\b|\bis a directory\b/i],
  ['file_not_found', /\bENOENT\b|\bno such file or directory\b/i],
  ['tool_not_found', /^MCP error -32601\b|^Unknown tool\b/],
  ['invalid_input', /^MCP error -32602\b/],
  ['syntax', /\b(?:SyntaxError|IndentationError)\b|\bsyntax error\b|\bunexpected token\b/i],
  ['syntax', /\bunexpected end of (?:file|input)\b|\bparse error\b/i],
  ['test_failure', /^(?:FAIL |FAILED |--- FAIL: |not ok \d|AssertionError\b|Tests?: +\d+ failed)/],
  ['crash', /\bsegmentation fault\b|\bSIGSEGV\b|\bcore dumped\b|^thread '[^']{1,100}' panicked\b/i],
];

/** The class that the first of these lines tells; null when none tells any. */
export function classOfLines(lines: readonly string[]): ErrorClass | null {
  for (const line of lines) {
    const beginning = line.slice(0, MAX_LINE).trim();
    const rule = RULES.find(([, pattern]) => pattern.test(beginning));
    if (rule !== undefined) return rule[0];
  }
  return null;
}
