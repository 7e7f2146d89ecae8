/** Takes lines of ours off the end of a JSONL file that others append to as well. */
import { existsSync, statSync, truncateSync } from 'node:fs';
import { isObject } from '../base/json.ts';
import { readLines } from './read.ts';

/** Which lines are to go. */
export interface CutOptions {
  /** Stands in every such line, so that others need no closer look. */
  readonly mark: string;
  readonly isToGo: (id: string) => boolean;
}

/** What a cut did, in lines. */
export interface Cut {
  readonly removed: number;
  /** Lines to go that stay, because others were written behind them. */
  readonly left: number;
}

/**
 * Cuts the lines to go off the end of the file. Lines with others behind them stay: the old hook
 * appends without a lock, and a file that is written anew under it would lose what it appends.
 * @throws the system's error when the file cannot be read or cut
 */
export function cutTail(path: string, { mark, isToGo }: CutOptions): Cut {
  if (!existsSync(path)) return { removed: 0, left: 0 };
  let cutAt = -1;
  let [tail, all] = [0, 0];
  const lines = readLines(path);
  let next = lines.next();
  for (; !next.done; next = lines.next()) {
    const { offset, bytes } = next.value;
    const id = bytes.includes(mark) ? ownId(bytes) : null;
    if (id === null || !isToGo(id)) {
      cutAt = -1;
      tail = 0;
      continue;
    }
    all++;
    tail++;
    if (cutAt < 0) cutAt = offset;
  }
  // Looked at last: whatever was appended while the file was read stays.
  const isAtEnd = cutAt >= 0 && statSync(path).size === next.value;
  if (!isAtEnd) return { removed: 0, left: all };
  truncateSync(path, cutAt);
  return { removed: tail, left: all - tail };
}

function ownId(bytes: Buffer): string | null {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return isObject(value) && typeof value.id === 'string' && typeof value.sum === 'string'
      ? value.id
      : null;
  } catch {
    // Somebody else's line, or a torn one.
    return null;
  }
}
