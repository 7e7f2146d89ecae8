/**
 * Events as CSV (RFC 4180: CRLF, quotes doubled). A cell that a spreadsheet would take for a formula
 * gets an apostrophe in front: what a command or a file name says must not run where it is opened.
 */
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { EVENT_FIELDS, writtenName } from '../../src-core/event/fields.ts';

const END = '\r\n';
/** What the beginnings of formulas have in common, also behind blanks. */
const FORMULA = /^[\s\0]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** The names of the columns. */
export function csvHeader(): string {
  return ['time', ...EVENT_FIELDS.map(writtenName)].join(',') + END;
}

/** One event as a row; `time` is its `at` in ISO form. */
export function csvRow(event: CapturedEvent): string {
  const time = new Date(event.at).toISOString();
  return [time, ...EVENT_FIELDS.map((field) => cellOf(event[field]))].join(',') + END;
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
