/** JSON as Python's `json.dumps` writes it: blanks after separators, ASCII alone. */

/** A value that the old programs wrote. */
export type OldValue =
  | null
  | boolean
  | number
  | string
  | readonly OldValue[]
  | { readonly [name: string]: OldValue };

/** The value as text. */
export function pythonJson(value: OldValue): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(
      ([name, member]) => `${text(name)}: ${pythonJson(member)}`,
    );
    return `{${members.join(', ')}}`;
  }
  return typeof value === 'string' ? text(value) : JSON.stringify(value);
}

function text(value: string): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
