/**
 * Lines that other programs write into files that we share with them: errors, recoveries and flow
 * measurements of the old pipeline. Every variant of its rows is understood; a line that is not is
 * left out and counted as bad, never an error.
 */
import { existsSync } from 'node:fs';
import { isObject, type Json, numberOf, textOf } from '../../src-core/base/json.ts';
import { type JournalLine, readLines } from '../../src-core/journal/read.ts';
import type { Zone } from './zone.ts';

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
    const row = rowOf(line);
    if (row === 'bad') bad++;
    else if (row !== 'blank' && !isOwnRow(row)) rows.push(row);
  }
  return { rows, bad };
}

/** The row of a line; `bad` for a line that is no JSON object. */
export function rowOf({ bytes }: JournalLine): Json | 'bad' | 'blank' {
  const text = bytes.toString('utf8').trim();
  return text === '' ? 'blank' : (parse(text) ?? 'bad');
}

/** True for a row that we wrote. */
export function isOwnRow(row: Json): boolean {
  return typeof row.id === 'string' && typeof row.sum === 'string';
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

/** Date and time without a zone, as the old writers put down their machine's local time. */
const LOCAL_TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?$/;

/**
 * When a row says that it happened, epoch milliseconds: seconds, milliseconds or ISO; null if never.
 * A time that names no zone is read in `zone`, so that the result is the same on every machine.
 */
export function timeOf(row: Json, zone: Zone): number | null {
  for (const value of [row.ts, row.timestamp]) {
    const number = numberOf(value);
    if (number !== null) return number >= MILLISECONDS_FROM ? number : number * 1000;
    const text = textOf(value);
    const time = text === null ? null : parseTime(text, zone);
    if (time !== null) return time;
  }
  return null;
}

function parseTime(text: string, zone: Zone): number | null {
  const [, day, time = '00:00'] = LOCAL_TIME.exec(text) ?? [];
  const parsed = Date.parse(day === undefined ? text : `${day}T${time}Z`);
  if (Number.isNaN(parsed)) return null;
  return day === undefined ? parsed : zone.fromLocal(parsed);
}

/**
 * True for a row that was made up afterwards and not measured. A mere suggestion is one too: the old
 * recovery engine books each as a success, whatever came of it.
 */
export function isEstimated(row: Json): boolean {
  return row.backfilled === true || row.action === 'suggest';
}
