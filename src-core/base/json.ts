/** Reads values whose shape nobody promised; everything that does not fit is absent, never an error. */

/** A JSON object, as far as anybody knows. */
export type Json = Readonly<Record<string, unknown>>;

/** True for a JSON object: neither null nor an array. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The value if it is a string that holds something, else null. Half a character (a lone surrogate)
 * becomes U+FFFD, as SQLite would make it: a row and its line must stay the same text.
 */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.toWellFormed() : null;
}

/** The value if it is a finite number, else null. */
export function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** The value if it is a boolean, else null. */
export function booleanOf(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null;
}

/** The value if it is an object, else an empty one. */
export function objectOf(value: unknown): Json {
  return isObject(value) ? value : {};
}

/** Size in bytes of the value as compact JSON; null when there is no value or no telling its size. */
export function jsonBytes(value: unknown): number | null {
  if (value === undefined) return null;
  try {
    return Buffer.byteLength(JSON.stringify(value) ?? '');
  } catch {
    // JSON.parse reads any depth, JSON.stringify overflows the stack at some thousand levels.
    return null;
  }
}
