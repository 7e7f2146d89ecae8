/**
 * Lines that other programs write into files that we share with them: errors, recoveries and flow
 * measurements of the old pipeline. Every variant of its rows is understood; a line that is not is
 * left out and counted as bad, never an error.
 */
import { existsSync } from 'node:fs';
import { isObject, type Json, numberOf, textOf } from '../../src-core/base/json.ts';
import { readLines } from '../../src-core/journal/read.ts';

/** The rows of a shared file that are not ours. */
export interface ForeignRows {
  readonly rows: readonly Json[];
  readonly bad: number;
}

/** Reads them; a missing file has none. */
export function readForeign(path: string): ForeignRows {
  if (!existsSync(path)) return { rows: [], bad: 0 };
  const rows: Json[] = [];
  let bad = 0;
  for (const line of readLines(path)) {
    const text = line.bytes.toString('utf8').trim();
    if (text === '') continue;
    const row = parse(text);
    if (row === null) bad++;
    else if (typeof row.id !== 'string' || typeof row.sum !== 'string') rows.push(row);
  }
  return { rows, bad };
}

function parse(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Smallest number that can only be milliseconds: seconds of the year 5138. */
const MILLISECONDS_FROM = 1e11;

/** When a row says that it happened, epoch milliseconds: seconds, milliseconds or ISO; null if never. */
export function timeOf(row: Json): number | null {
  for (const value of [row.ts, row.timestamp]) {
    const number = numberOf(value);
    if (number !== null) return number >= MILLISECONDS_FROM ? number : number * 1000;
    const text = textOf(value);
    const parsed = text === null ? Number.NaN : Date.parse(text);
    if (!Number.isNaN(parsed)) return parsed;
  }
  return null;
}

/** True for a row that was made up afterwards and not measured. */
export function isEstimated(row: Json): boolean {
  return row.backfilled === true;
}
