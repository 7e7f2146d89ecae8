/** The dashboard's shared filter as a stretch of time and a condition over `hookline_event`. */
import type { FilterChoices, ViewFilter } from '../../src-core/contract/work.ts';
import { folderName } from '../../src-core/event/record.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import type { Zone } from '../stats/zone.ts';
import type { Span } from './measures.ts';

/** A condition with the values of its marks. */
export interface Condition {
  readonly where: string;
  readonly values: readonly (string | number)[];
}

/** What is chosen when nobody chose anything. */
export const everything: ViewFilter = {
  days: 0,
  custom: null,
  project: null,
  model: null,
  source: null,
  search: '',
};

/** The stretch that a filter means: whole local days up to now, or the user's own. */
export function spanOfFilter(
  { days, custom }: ViewFilter,
  { db, zone, now }: { readonly db: ReadableDb | null; readonly zone: Zone; readonly now: number },
): Span {
  if (custom !== null) return custom;
  const midnight = zone.startOfDay(now);
  if (days !== 0) return { fromAt: zone.addDays(midnight, 1 - days), toAt: now + 1 };
  const row = db?.prepare('SELECT min(at_ms) AS first FROM hookline_event').get() as
    | Row
    | undefined;
  const first = typeof row?.first === 'number' ? row.first : now;
  return { fromAt: zone.startOfDay(Math.min(first, now)), toAt: now + 1 };
}

/** The stretch of equal length before a filter's own; null where the filter has no beginning. */
export function spanBefore({ days, custom }: ViewFilter, span: Span, zone: Zone): Span | null {
  if (custom === null && days === 0) return null;
  if (custom === null) return { fromAt: zone.addDays(span.fromAt, -days), toAt: span.fromAt };
  return { fromAt: 2 * span.fromAt - span.toAt, toAt: span.fromAt };
}

const SEARCHED = ['tool', 'command', 'file_path', 'error', 'project', 'hook_event'];

/** All that a filter asks for within a stretch. */
export function conditionOf(filter: Omit<ViewFilter, 'days' | 'custom'>, span: Span): Condition {
  const parts = ['at_ms >= ?', 'at_ms < ?'];
  const values: (string | number)[] = [span.fromAt, span.toAt];
  const add = (part: string, ...more: string[]): void => {
    parts.push(part);
    values.push(...more);
  };
  if (filter.project !== null) add('project = ?', filter.project);
  if (filter.model !== null) add('model = ?', filter.model);
  if (filter.source !== null) add(`${SOURCE} = ?`, filter.source);
  const text = filter.search.trim();
  if (text !== '') {
    const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
    add(
      `(${SEARCHED.map((column) => `${column} LIKE ? ESCAPE '\\'`).join(' OR ')})`,
      ...SEARCHED.map(() => pattern),
    );
  }
  return { where: parts.join(' AND '), values };
}

/** The witness of an event as the views name it. */
export const SOURCE = "CASE via WHEN 'journal' THEN 'journal' ELSE source END";

/** Both conditions at once. */
export function both(a: Condition, b: Condition): Condition {
  return { where: `${a.where} AND ${b.where}`, values: [...a.values, ...b.values] };
}

/** Projects and models of the calls of a stretch, most used first. */
export function filterChoices(db: ReadableDb | null, { fromAt, toAt }: Span): FilterChoices {
  if (db === null) return { projects: [], models: [] };
  const rows = (column: 'project' | 'model'): Row[] =>
    db
      .prepare(
        `SELECT ${column} AS name, count(*) AS calls FROM hookline_event
         WHERE at_ms >= ? AND at_ms < ? AND ${column} IS NOT NULL
         GROUP BY 1 ORDER BY calls DESC, name LIMIT 100`,
      )
      .all(fromAt, toAt) as Row[];
  return {
    projects: rows('project').map(({ name, calls }) => ({
      folder: String(name),
      name: folderName(String(name)),
      calls: Number(calls),
    })),
    models: rows('model').map(({ name }) => String(name)),
  };
}
