/** Ids that the client gives, before they are kept. */
import { holdsKnownSecret, type KeyedHash } from './redact.ts';

/**
 * The id, or a hash of it where it holds a secret. Ids are random by nature, so that only what is
 * known for a secret by its form or its name counts; doing it twice changes nothing more.
 */
export function clientId(id: string, hash: KeyedHash): string {
  return holdsKnownSecret(id) ? `redacted-${hash(id).slice(0, 8)}` : id;
}
