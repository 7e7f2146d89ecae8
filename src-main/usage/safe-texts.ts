/** Takes secrets out of the texts that are stored with usage, so that they are those of the events. */
import { MAX_NAME, MAX_PATH } from '../../src-core/base/limits.ts';
import { clientId } from '../../src-core/event/client-id.ts';
import { createRedactor, holdsKnownSecret, redactBeginning } from '../../src-core/event/redact.ts';
import { keyedHash } from '../../src-core/journal/sum.ts';
import type { PlacedUsage, Sighting } from './usage-rows.ts';

/** Cleans what is about to be stored. */
export interface SafeTexts {
  usage(usage: PlacedUsage): PlacedUsage;
  /** Null for one whose link holds what looks like a secret. */
  sighting(sighting: Sighting): Sighting | null;
  id(id: string): string;
}

/** The form that ids of answers have: they need no closer look. */
const USUAL_ANSWER = /^msg_(?:bdrk_|vrtx_)?[A-Za-z0-9]{20,32}$/;
/** Folders, models and agents come again and again. */
const MOST_REMEMBERED = 5000;

/** Builds it with the key under which tokens are hashed. */
export function createSafeTexts(key: Uint8Array): SafeTexts {
  const hash = keyedHash(key);
  const redactor = createRedactor(hash);
  const known = new Map<string, string>();
  const text = (value: string, most: number): string => {
    const before = known.get(value);
    if (before !== undefined) return before;
    const safe = redactBeginning(redactor, value, most);
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(value, safe);
    return safe;
  };
  const name = (value: string | null): string | null => value && text(value, MAX_NAME);
  const path = (value: string | null): string | null => value && text(value, MAX_PATH);
  const id = (value: string): string => (USUAL_ANSWER.test(value) ? value : clientId(value, hash));
  const idOrNone = (value: string | null): string | null => value && id(value);
  return {
    id,
    usage: ({ message, project, agentType, promptId }) => ({
      message: {
        ...message,
        id: id(message.id),
        model: text(message.model, MAX_NAME),
        sessionId: idOrNone(message.sessionId),
        agentId: idOrNone(message.agentId),
      },
      project: path(project),
      agentType: name(agentType),
      promptId: idOrNone(promptId),
    }),
    sighting: (sighting) => {
      if (holdsKnownSecret(sighting.link.url)) return null;
      const { callId, sessionId, project } = sighting;
      return {
        ...sighting,
        callId: id(callId),
        sessionId: idOrNone(sessionId),
        project: path(project),
      };
    },
  };
}
