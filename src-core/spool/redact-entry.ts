/**
 * Redacts an entry that nobody could drain for a day, where it lies. Its header, its end mark and its
 * time stay, so that it is drained later as the event that it is; the sizes of input and output are
 * then those of the redacted text.
 */
import {
  chmodSync,
  closeSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { isObject } from '../base/json.ts';
import {
  beginning,
  MAX_CONTENT_BYTES,
  MAX_PAYLOAD_BYTES,
  MAX_QUARANTINE_BYTES,
} from '../base/limits.ts';
import { clientId } from '../event/client-id.ts';
import { redactEscaped } from '../event/redact/escapes.ts';
import { redactMembers } from '../event/redact/members.ts';
import { type KeyedHash, type Redactor, withoutLastWord } from '../event/redact.ts';
import { parseEntry, type SpoolFile } from './entry.ts';

const MAX_AGE_MS = 86_400_000;

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
  const bytes = readStart(file);
  const { payload, isFinished } = parseEntry(bytes);
  if (payload.subarray(-MARK.length).equals(MARK)) return;
  const from = payload.byteOffset - bytes.byteOffset;
  const header = bytes.subarray(0, from);
  const end = isFinished ? bytes.subarray(from + payload.length) : Buffer.alloc(0);
  const redacted = Buffer.from(redactPayload(payload.toString('utf8'), options));
  const length = payload.length - MARK.length;
  try {
    replaceFile(file.path, Buffer.concat([header, redacted, MARK, end]));
  } catch (error) {
    if (redacted.length > length || file.sizeBytes !== bytes.length) throw error;
    // On a full disk there is room for the same number of bytes alone.
    const padding = Buffer.alloc(length - redacted.length, ' ');
    overwriteFile(file.path, Buffer.concat([header, redacted, padding, MARK, end]));
  }
}

/** Ends a payload that was redacted; white space, so that the payload stays JSON. */
const MARK = Buffer.from('\n\t \t\n');

/** Ids that join events; they are no secrets because they look random. */
const IDS: ReadonlySet<string> = new Set(['session_id', 'tool_use_id', 'prompt_id', 'agent_id']);

function redactPayload(text: string, { redactor, hash }: RedactEntryOptions): string {
  const redact = (part: string): string =>
    redactor.redact(
      part.length > MAX_CONTENT_BYTES ? withoutLastWord(beginning(part, MAX_CONTENT_BYTES)) : part,
    );
  try {
    const payload: unknown = JSON.parse(text);
    if (isObject(payload)) {
      const special = (name: string, id: string) => (IDS.has(name) ? clientId(id, hash) : null);
      return JSON.stringify(redactMembers(payload, { redact, special }));
    }
  } catch {
    // No JSON, or nested deeper than the stack reaches: it goes to quarantine, as text.
  }
  const start = beginning(text, MAX_QUARANTINE_BYTES);
  return redactEscaped(start === text ? text : withoutLastWord(start), redactor);
}

/** What is longer than a payload can be is not parsed: its beginning is all that will ever be kept. */
function readStart({ path, sizeBytes }: SpoolFile): Buffer {
  if (sizeBytes <= MAX_PAYLOAD_BYTES) return readFileSync(path);
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(2 * MAX_QUARANTINE_BYTES);
    return bytes.subarray(0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

function replaceFile(path: string, bytes: Buffer): void {
  const draft = `${path}.redacted`;
  try {
    writeFileSync(draft, bytes, { mode: 0o600 });
    copyTimeAndMode(path, draft);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function overwriteFile(path: string, bytes: Buffer): void {
  const before = statSync(path, { bigint: true });
  chmodSync(path, 0o600);
  const file = openSync(path, 'r+');
  try {
    writeSync(file, bytes, 0, bytes.length, 0);
  } finally {
    closeSync(file);
    setTimeAndMode(path, before);
  }
}

function copyTimeAndMode(from: string, to: string): void {
  setTimeAndMode(to, statSync(from, { bigint: true }));
}

function setTimeAndMode(
  path: string,
  { mtimeNs, mode }: { readonly mtimeNs: bigint; readonly mode: bigint },
): void {
  chmodSync(path, Number(mode) & 0o777);
  // Half a microsecond more: a time that is rounded down must not become another millisecond.
  const seconds = (Number(mtimeNs / 1000n) + 0.5) / 1_000_000;
  utimesSync(path, seconds, seconds);
}
