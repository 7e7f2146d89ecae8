/** What one line of a JSONL file is, judged by itself. Pure. */

import { isObject } from '../../src-core/base/json.ts';
import { MAX_PAYLOAD_BYTES } from '../../src-core/base/limits.ts';
import { hasRightSum } from '../../src-core/journal/sum.ts';

/** A judged line. */
export type Line =
  | {
      readonly kind: 'own';
      readonly id: string;
      readonly record: Readonly<Record<string, unknown>>;
    }
  /** Valid JSON of somebody else: the old pipeline, or another program. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'damaged'; readonly reason: string }
  | { readonly kind: 'blank' };

/** Judges a line's bytes; a line of ours is one that carries an id and the right sum. */
export function judgeLine(bytes: Buffer): Line {
  // Longer than any record by orders of magnitude, and soon too long for a string.
  if (bytes.length > MAX_PAYLOAD_BYTES) return { kind: 'damaged', reason: 'too long' };
  const text = bytes.toString('utf8');
  if (text.trim() === '') return { kind: 'blank' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'damaged', reason: 'not JSON' };
  }
  if (!isObject(value)) return { kind: 'damaged', reason: 'not a JSON object' };
  if (typeof value.id !== 'string' || typeof value.sum !== 'string') return { kind: 'foreign' };
  if (!hasRightSum(value)) return { kind: 'damaged', reason: 'its sum does not fit' };
  return { kind: 'own', id: value.id, record: value };
}
