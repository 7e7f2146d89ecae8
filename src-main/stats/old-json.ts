/**
 * JSON the way the old pipeline's writer wrote it, so that its readers see no difference: two
 * spaces, ASCII only, no final line end, and `100.0` for a rate that is a whole number.
 */

/** A number that is written with a decimal point even where it is whole. */
export class Rate {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** What can be written. A Map keeps its order, which an object does not for keys like "14". */
export type OldJson =
  | null
  | boolean
  | number
  | string
  | Rate
  | readonly OldJson[]
  | ReadonlyMap<string, OldJson>
  | { readonly [name: string]: OldJson };

/** The value as text. */
export function writeOldJson(value: OldJson, indent = ''): string {
  if (value instanceof Rate)
    return Number.isInteger(value.value) ? `${value.value}.0` : `${value.value}`;
  if (Array.isArray(value)) {
    return block(
      '[',
      ']',
      indent,
      value.map((entry: OldJson) => writeOldJson(entry, `${indent}  `)),
    );
  }
  if (typeof value !== 'object' || value === null) return ascii(JSON.stringify(value));
  const entries = value instanceof Map ? [...value.entries()] : Object.entries(value);
  return block(
    '{',
    '}',
    indent,
    entries.map(
      ([name, entry]) => `${ascii(JSON.stringify(name))}: ${writeOldJson(entry, `${indent}  `)}`,
    ),
  );
}

function block(open: string, close: string, indent: string, parts: readonly string[]): string {
  if (parts.length === 0) return open + close;
  return `${open}\n${parts.map((part) => `${indent}  ${part}`).join(',\n')}\n${indent}${close}`;
}

function ascii(text: string): string {
  return text.replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Rounds to `digits` (at most 15) as Python does: a tie goes to the even neighbour. */
export function roundLikePython(value: number, digits: number): number {
  // toFixed works on the exact binary value, so only one that is exactly a tie needs care: its
  // multiple by a power of two, which is exact as well, is then an odd whole number.
  const doubled = value * 2 ** (digits + 1);
  const scaled = value * 10 ** digits;
  const floor = Math.floor(scaled);
  const isTie = Number.isInteger(doubled) && scaled - floor === 0.5;
  return isTie
    ? (floor % 2 === 0 ? floor : floor + 1) / 10 ** digits
    : Number(value.toFixed(digits));
}
