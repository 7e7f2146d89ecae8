/** What a name says of the value behind it, as in `API_KEY=…`, `"clientSecret": "…"`, `--db-password …`. */

/** `password`: short and chosen by a person; `token`: made by a machine; null: nothing that must be hidden. */
export type SecretName = 'password' | 'token' | null;

const PASSWORD = /(?:passw(?:or)?d|passwort|passphrase|passcode|kennwort)s?$/;
/** Last words like `PGPASS`; some words that end so are none. */
const SHORT_PASSWORD = /^pw$|(?:pwd|(?<!by|com|tres|sur|over|under)pass)$/;
const TOKEN = /(?:secret|token|credential|cred|cookie|jwt|bearer|authkey|authtoken)s?$/;
const KEY = /^keys?$/;
const GLUED_KEY =
  /(?:api|access|secret|private|auth|account|signing|encryption|master|subscription|session)keys?$/;
/** Words that make a `key` behind them a secret one. */
const KEY_OF =
  /^(?:api|app|application|access|secret|private|auth|account|master|admin|root|encryption|decryption|signing|shared|service|server|client|session|license|subscription|deploy|ssh|gpg|pgp|webhook|storage|ingest|integration|user|vault|hmac|aes|jwt|rsa|ssl|tls|host|recovery|backup|unseal)$/;
/** Last words of names whose value tells about a secret and is none. */
const ABOUT =
  /^(?:file|files|path|dir|url|uri|endpoint|host|names?|types?|ttl|expiry|expires|expiration|lifetime|age|length|len|size|counts?|limits?|budget|usage|used|enabled|required|policy|stdin|header|field|prefix|suffix|format|regex|pattern|version|algorithm|alg|manager|helper|provider|rotation|hint|strength|reset|index|position|kind|class|status|valid|errors?|message|label|title|placeholder|description|docs?|schema|column|cache|rate|cost|price|ref|refs|at|store|storage|scopes?|issuer|audience|in|input|output|request|response|exists|changed|visible|prompt|env|jar|methods?|mode|flow|grant|claims?|rules?|tests?)$/;
/** Files are named after what their code is about. */
const FILE_NAME =
  /\.(?:[cm]?[jt]sx?|py|rb|go|rs|java|kt|php|[ch](?:pp)?|cs|swift|mdx?|json[cl5]?|ya?ml|toml|html?|s?css|sh|sql|txt|log|test|spec|vue|svelte|lock|snap|map)$/i;

/** What a name says; `name` may have dashes before it and any style of writing. */
export function secretName(name: string): SecretName {
  if (/^(?:OLD)?PWD$/.test(name) || FILE_NAME.test(name)) return null;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  // A number at the end counts such names.
  while (words.length > 1 && /^\d+$/.test(words.at(-1) ?? '')) words.pop();
  if (ABOUT.test(words.at(-1) ?? '')) return null;
  if (words.some((word) => PASSWORD.test(word)) || SHORT_PASSWORD.test(words.at(-1) ?? '')) {
    return 'password';
  }
  const isToken = words.some(
    (word, i) =>
      TOKEN.test(word) ||
      GLUED_KEY.test(word) ||
      (KEY.test(word) && KEY_OF.test(words[i - 1] ?? '')) ||
      (word === 'auth' && i === words.length - 1),
  );
  return isToken ? 'token' : null;
}
