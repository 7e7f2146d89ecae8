/** Ids that the client gives, before they are kept. */
import { holdsKnownSecret, type KeyedHash } from './redact.ts';

/** A text that cannot steer a terminal. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '?');
}

/** The two forms that the client's ids have: they need no closer look. */
const USUAL =
  /^(?:toolu_(?:bdrk_|vrtx_)?01[A-Za-z0-9]{22}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/;

/**
 * The id without control characters, or a hash of it where it holds a secret. Ids are random by
 * nature, so that only what is known for a secret by its form or its name counts; doing it twice
 * changes nothing more.
 */
export function clientId(id: string, hash: KeyedHash): string {
  if (USUAL.test(id)) return id;
  return holdsKnownSecret(id) ? `redacted-${hash(id).slice(0, 8)}` : printable(id);
}
