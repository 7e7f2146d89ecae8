/**
 * Redacts an entry that nobody could drain for a day, where it lies. Its header, its end mark and its
 * time stay, so that it is drained later as the event that it is; the sizes of input and output are
 * then those of the redacted text.
 */
import {
  chmodSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { isObject } from '../base/json.ts';
import {
  beginning,
  MAX_CONTENT_BYTES,
  MAX_PAYLOAD_BYTES,
  MAX_QUARANTINE_BYTES,
} from '../base/limits.ts';
import { clientId } from '../event/client-id.ts';
import { cutDown } from '../event/content.ts';
import { redactEscaped } from '../event/redact/escapes.ts';
import { redactMembers } from '../event/redact/members.ts';
import { type KeyedHash, type Redactor, withoutLastWord } from '../event/redact.ts';
import { parseEntry, readEntry, type SpoolFile } from './entry.ts';

const MAX_AGE_MS = 86_400_000;
/** Ends a payload that was redacted; white space, so that the payload stays JSON. */
const MARK = '\n\t \t\n';

/** What redacting takes. */
export interface RedactEntryOptions {
  readonly redactor: Redactor;
  readonly hash: KeyedHash;
  readonly now: number;
}

/**
 * Redacts the entry if it is a day old and was not redacted before.
 * @throws the system's error when it cannot be rewritten; it stays as it is then
 */
export function redactOldEntry(file: SpoolFile, options: RedactEntryOptions): void {
  if (options.now - file.at < MAX_AGE_MS) return;
  // What is longer than a payload can be is never parsed: its beginning is all that is kept.
  const isWhole = file.sizeBytes <= MAX_PAYLOAD_BYTES;
  const bytes = isWhole
    ? readFileSync(file.path)
    : readEntry(file)?.payload.subarray(0, MAX_QUARANTINE_BYTES);
  if (bytes === undefined) return;
  const { payload } = parseEntry(bytes);
  const text = payload.toString('utf8');
  if (text.endsWith(MARK)) return;
  const from = payload.byteOffset - bytes.byteOffset;
  const header = bytes.subarray(0, from);
  const end = bytes.subarray(from + payload.length);
  const draft = `${file.path}.redacted`;
  try {
    const redacted = Buffer.from(`${redactPayload(text, options)}${MARK}`);
    writeFileSync(draft, Buffer.concat([header, redacted, end]), { mode: 0o600 });
    const { mtimeNs, mode } = statSync(file.path, { bigint: true });
    chmodSync(draft, Number(mode) & 0o777);
    // Half a microsecond more: a time that is rounded down must not become another millisecond.
    const seconds = (Number(mtimeNs / 1000n) + 0.5) / 1_000_000;
    utimesSync(draft, seconds, seconds);
    renameSync(draft, file.path);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Ids join events; they are no secrets because they look random. */
const ID = /^(?:session|tool_use|prompt|agent)_id$/;

function redactPayload(text: string, { redactor, hash }: RedactEntryOptions): string {
  const { redact } = redactor;
  try {
    const payload: unknown = JSON.parse(text);
    if (isObject(payload)) {
      // More of a text than this is never kept.
      const cut = cutDown(payload, MAX_CONTENT_BYTES);
      const change = (part: string, name = ''): string =>
        ID.test(name) ? clientId(part, hash) : redact(part);
      return JSON.stringify(redactMembers(cut, change));
    }
  } catch {
    // It will go to quarantine, as text.
  }
  const start = beginning(text, MAX_QUARANTINE_BYTES);
  return redactEscaped(start === text ? text : withoutLastWord(start), redact);
}
