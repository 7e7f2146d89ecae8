/** Takes secrets out of a JSON value: the structure stays, and a member's name may say that it is secret. */
import { isObject } from '../../base/json.ts';
import { secretName } from './names.ts';

/** What becomes of the texts in a value. */
export interface TextChange {
  redact(text: string): string;
  /** Replaces the text of a member of this name in its own way; null leaves it to `redact`. */
  special?(name: string, text: string): string | null;
}

/** The value without secrets. Nothing in it is nested deeper than the stack reaches. */
export function redactMembers(value: unknown, change: TextChange, secret?: string): unknown {
  if (typeof value === 'string') {
    return secret === undefined ? change.redact(value) : hidden(secret, value, change);
  }
  if (typeof value === 'number' && secret !== undefined) {
    return secretName(secret) === 'password' ? '[redacted]' : value;
  }
  if (Array.isArray(value)) return value.map((member) => redactMembers(member, change, secret));
  if (!isObject(value)) return value;
  // {"name": "DB_PASSWORD", "value": "…"}
  const labels = [value.name, value.key].filter((label) => typeof label === 'string');
  const label = labels.find((text) => secretName(text) !== null);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const special = typeof member === 'string' ? change.special?.(name, member) : null;
      if (typeof special === 'string') return [name, special];
      const named = secretName(name) === null ? secret : name;
      const under = name === 'value' && label !== undefined ? label : named;
      return [change.redact(name), redactMembers(member, change, under)];
    }),
  );
}

/** A text under a secret name is read as the member of JSON that it is, so that one set of rules holds. */
function hidden(name: string, text: string, { redact }: TextChange): string {
  try {
    const member: unknown = JSON.parse(redact(JSON.stringify({ [name]: text })));
    const shown = isObject(member) ? Object.values(member)[0] : null;
    if (typeof shown === 'string') return shown;
  } catch {
    // What replaced the text is no JSON any more.
  }
  return '[redacted]';
}

const ASSIGNMENT =
  /^([^\w\n]*(?:\d+[^\w\n]+)?(?:export\s+)?[A-Za-z_][\w.-]*[ \t]*=[ \t]*)(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\n]+)/gm;

/** The text of an `.env` file, also with line numbers or as a patch, without the values. */
export function redactEnvironment(text: string): string {
  return text.replace(ASSIGNMENT, '$1[redacted]');
}
