/**
 * Whether a good line of ours stands in the file that its shape belongs to. The bridge knows a
 * projection's line by its id alone, so a file that was put in another's place would look right to it. Pure.
 */
import type { OwnLine } from '../bridge/line.ts';

/** The second member of each stream's lines, and the kind where they are whole records. */
const SHAPES: Readonly<
  Record<string, { readonly second: readonly string[]; readonly kind: string | null }>
> = {
  'tool-usage': { second: ['tool'], kind: 'tool' },
  'session-events': { second: ['event'], kind: 'session' },
  events: { second: ['event'], kind: 'other' },
  'activity-events': { second: ['type'], kind: null },
  'tool-success': { second: ['tool'], kind: null },
  'command-usage': { second: ['command'], kind: null },
  errors: { second: ['timestamp'], kind: null },
  amendments: { second: ['event_id'], kind: null },
};

/** True when the line is one that this stream holds. */
export function belongsTo(stream: string, bytes: Buffer, line: OwnLine): boolean {
  const shape = SHAPES[stream];
  if (shape === undefined) return true;
  const { second, kind } = shapeOf(bytes, line);
  return shape.second.includes(second) && shape.kind === kind;
}

/** True when the line tells a whole event, wherever it stands. */
export function isWholeRecord(bytes: Buffer, line: OwnLine): boolean {
  return shapeOf(bytes, line).kind !== null;
}

const KIND = Buffer.from(',"kind":"');
const START = /^\{"(?:ts":-?\d+|id":"[^"\\]*"),"(\w+)":/;

function shapeOf(bytes: Buffer, line: OwnLine): { second: string; kind: string | null } {
  const second = START.exec(bytes.toString('latin1', 0, 300))?.[1];
  if (second === undefined) return shapeOfRecord(line);
  // Nothing nested stands before the kind, and inside a text its quotes would be escaped.
  const at = bytes.indexOf(KIND);
  if (at < 0) return { second, kind: null };
  const from = at + KIND.length;
  return { second, kind: bytes.toString('latin1', from, bytes.indexOf(0x22, from)) };
}

/** The long way, for a line that somebody spaced otherwise. */
function shapeOfRecord(line: OwnLine): { second: string; kind: string | null } {
  const record = line.record();
  return {
    second: Object.keys(record)[1] ?? '',
    kind: typeof record.kind === 'string' ? record.kind : null,
  };
}
