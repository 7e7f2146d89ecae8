/** Bounds of what a record may hold, in characters unless the name says bytes. */
export const MAX_COMMAND = 200;
export const MAX_ERROR = 200;
export const MAX_PATH = 1024;
export const MAX_NAME = 200;
/** How far a text is looked at of which only the beginning is kept. */
export const MAX_LOOKED_AT = 8192;
/** A payload longer than this is not parsed; its first part goes to quarantine. */
export const MAX_PAYLOAD_BYTES = 64 * 1024 * 1024;
/** What quarantine keeps of one thing that was not understood. */
export const MAX_QUARANTINE_BYTES = 64 * 1024;

/** What is kept of one event's content, bytes of JSON. */
export const MAX_CONTENT_BYTES = 256 * 1024;

/** Cuts a text to `max` characters, the last one an ellipsis where something was cut. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${beginning(text, max - 1)}…`;
}

/** At most the first `max` characters of a text, never half of a character. */
export function beginning(text: string, max: number): string {
  if (text.length <= max) return text;
  return text.slice(0, isHighSurrogate(text.charCodeAt(max - 1)) ? max - 1 : max);
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}
