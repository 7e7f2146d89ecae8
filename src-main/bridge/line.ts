/** What one line of a JSONL file is, judged by itself. Pure. */
import { isObject } from '../../src-core/base/json.ts';
import { MAX_PAYLOAD_BYTES } from '../../src-core/base/limits.ts';
import { hasRightSum, sumOfIntactLine } from '../../src-core/journal/sum.ts';

/** A line of ours whose sum is right. */
export interface OwnLine {
  readonly kind: 'own';
  readonly id: string;
  readonly sum: string;
  /** The whole record; parsed when it is asked for, which most lines never are. */
  record(): Readonly<Record<string, unknown>>;
}

/** A judged line. */
export type Line =
  | OwnLine
  /** Valid JSON of somebody else: the old pipeline, or another program. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'damaged'; readonly reason: string }
  | { readonly kind: 'blank' };

/** Judges a line's bytes; a line of ours is one that carries an id and the right sum. */
export function judgeLine(bytes: Buffer): Line {
  // Longer than any record by orders of magnitude, and soon too long for a string.
  if (bytes.length > MAX_PAYLOAD_BYTES) return { kind: 'damaged', reason: 'too long' };
  return judgeIntact(bytes) ?? judgeParsed(bytes.toString('utf8'));
}

const ID = Buffer.from('"id":"');
const QUOTE = 0x22;

/**
 * A line exactly as we wrote it, told without parsing it. The first `"id":"` is the record's own:
 * nothing nested stands before it, and inside a text its quotes would be escaped.
 */
function judgeIntact(bytes: Buffer): Line | null {
  const sum = sumOfIntactLine(bytes);
  if (sum === null) return null;
  const start = bytes.indexOf(ID) + ID.length;
  const end = bytes.indexOf(QUOTE, start);
  const id = bytes.toString('utf8', start, end);
  // An escape in the id is the parser's to read.
  if (start < ID.length || id === '' || id.includes('\\')) return null;
  return { kind: 'own', id, sum, record: () => JSON.parse(bytes.toString('utf8')) };
}

function judgeParsed(text: string): Line {
  if (text.trim() === '') return { kind: 'blank' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'damaged', reason: 'not JSON' };
  }
  if (!isObject(value)) return { kind: 'damaged', reason: 'not a JSON object' };
  const { id, sum } = value;
  if (typeof id !== 'string' || typeof sum !== 'string') return { kind: 'foreign' };
  if (!hasRightSum(value)) return { kind: 'damaged', reason: 'its sum does not fit' };
  const record = value;
  return { kind: 'own', id, sum, record: () => record };
}
