/** What a name says of the value behind it, as in `API_KEY=…`, `"clientSecret": "…"`, `--db-password …`. */

/** `password`: chosen by a person; `value`: perhaps made by a machine; null: nothing that must be hidden. */
export type SecretName = 'password' | 'value' | null;

/** Words that say so wherever they stand in a name. */
const PASSWORD = /passw(?:or)?ds?$|passphrase$|passcode$/;
const TOKEN =
  /(?:secret|token|credential|cred|cookie|jwt|bearer)s?$|(?:api|access|secret|private|auth|account|signing|encryption|master|session)(?:key|token)s?$/;
/** Last words like `PGPASS`; some words that end so are none. */
const SHORT_PASSWORD = /(?:^|[_.-])pw$|(?:pwd|(?<!by|com|mini|tres|sur|over|under)pass)$/i;
/** Words that make a `key` behind them a secret one. */
const KEY_OF =
  /^(?:api|app(?:lication)?|access|secret|private|auth|account|master|admin|\w+cryption|signing|shared|service|client|session|license|subscription|deploy|ssh|gpg|webhook|storage|user|vault|hmac|aes|rsa|tls)$/;
/** Last words of names whose value tells about a secret and is none; numbers are none anyway. */
const ABOUT =
  /^(?:files?|path|dir|ur[il]|endpoint|host|names?|types?|policy|stdin|header|prefix|format|manager|helper|provider|status|errors?|message|refs?|store|scopes?|prompt|env|jar|methods?|mode|tests?)$/;

/** What a name says; `name` may have dashes before it and any style of writing. */
export function secretName(name: string): SecretName {
  if (/^(?:OLD)?PWD$/.test(name)) return null;
  // A number at the end counts such names.
  const plain = name.replace(/[^A-Za-z]+$/, '');
  const words = plain
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  const last = words.at(-1) ?? '';
  if (ABOUT.test(last)) return null;
  if (SHORT_PASSWORD.test(plain) || words.some((word) => PASSWORD.test(word))) return 'password';
  const isToken = words.some(
    (word, i) => TOKEN.test(word) || (/^keys?$/.test(word) && KEY_OF.test(words[i - 1] ?? '')),
  );
  return isToken || last === 'auth' ? 'value' : null;
}
