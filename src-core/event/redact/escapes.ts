/** Text that holds JSON which could not be read as such: its escapes hide secrets and what stands around them. */
const ESCAPE = /\\(?:u([0-9a-f]{4})|([\s\S]))/gi;
const MEANING: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/**
 * The text without secrets, whether they are seen with the escapes of JSON or without them; in the
 * second case what is given back has them resolved.
 */
export function redactEscaped(text: string, redact: (text: string) => string): string {
  const shown = redact(text);
  const resolved = shown.replace(ESCAPE, (_, code: string | undefined, char = '') =>
    code === undefined ? (MEANING[char] ?? char) : String.fromCharCode(Number.parseInt(code, 16)),
  );
  if (resolved === shown) return shown;
  const again = redact(resolved);
  return again === resolved ? shown : again;
}
