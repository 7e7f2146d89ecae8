/** Takes secrets out of a JSON value: the structure stays, and a member's name may say that it is secret. */
import { isObject } from '../../base/json.ts';
import { secretName } from './names.ts';

/** What becomes of a text; `name` is that of the member that holds it, where it has one. */
export type TextChange = (text: string, name?: string) => string;

/** The value without secrets. Nothing in it may be nested deeper than the stack reaches. */
export function redactMembers(value: unknown, change: TextChange, secret?: string): unknown {
  if (typeof value === 'string') {
    return secret === undefined ? change(value) : hidden(secret, value, change);
  }
  if (Array.isArray(value)) return value.map((member) => redactMembers(member, change, secret));
  if (!isObject(value)) {
    const isPassword = typeof value === 'number' && secretName(secret ?? '') === 'password';
    return isPassword ? '[redacted]' : value;
  }
  // {"name": "DB_PASSWORD", "value": "…"}
  const label = [value.name, value.key].find(isSecret);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const under =
        name === 'value' && label !== undefined ? label : isSecret(name) ? name : secret;
      const isPlain = under === undefined && typeof member === 'string';
      return [change(name), isPlain ? change(member, name) : redactMembers(member, change, under)];
    }),
  );
}

function isSecret(name: unknown): name is string {
  return typeof name === 'string' && secretName(name) !== null;
}

/** A text under a secret name is read as the member of JSON that it is, so that one set of rules holds. */
function hidden(name: string, text: string, change: TextChange): string {
  try {
    return String(Object.values(JSON.parse(change(JSON.stringify({ [name]: text }))))[0]);
  } catch {
    // What replaced the text is no JSON any more.
    return '[redacted]';
  }
}

const ASSIGNMENT =
  /^([^\w\n]*(?:\d+[^\w\n]+)?(?:export\s+)?[A-Za-z_][\w.-]*[ \t]*=[ \t]*)(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\n]+)/gm;

/** The text of an `.env` file, also with line numbers or as a patch, without the values. */
export function redactEnvironment(text: string): string {
  return text.replace(ASSIGNMENT, '$1[redacted]');
}
