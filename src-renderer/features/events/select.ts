/** The event list: pages joined without holes or doubles, then cut into days. */
import type { EventRow } from '../../../src-core/contract/views.ts';
import { calendarDaysBetween, type Format } from '../../data/format.ts';
import { text } from './text.ts';

/**
 * Joins the newest page with what was loaded before. When the two do not touch, there may be events
 * between them that nobody has read: then the newest page starts the list anew.
 */
export function mergeNewest(
  known: readonly EventRow[],
  newest: readonly EventRow[],
): readonly EventRow[] {
  const fresh = new Set(newest.map((event) => event.id));
  if (!known.some((event) => fresh.has(event.id))) return newest;
  const oldest = newest.at(-1)?.at ?? 0;
  // What the newest page covers is as that page says; an event that has gone from it is gone.
  return [...newest, ...known.filter((event) => !fresh.has(event.id) && event.at <= oldest)];
}

/** Adds an older page at the end; what both have is kept once. */
export function appendOlder(
  known: readonly EventRow[],
  older: readonly EventRow[],
): readonly EventRow[] {
  const ids = new Set(known.map((event) => event.id));
  return [...known, ...older.filter((event) => !ids.has(event.id))];
}

/** One calendar day of the list. */
export interface EventDay {
  readonly key: string;
  readonly title: string;
  readonly events: readonly EventRow[];
}

/** The list cut into days of the zone; only today and yesterday have names. */
export function daysOf(
  events: readonly EventRow[],
  now: number,
  format: Format,
): readonly EventDay[] {
  const days: { key: string; title: string; events: EventRow[] }[] = [];
  for (const event of events) {
    const key = format.dayKey(event.at);
    const last = days.at(-1);
    if (last?.key === key) last.events.push(event);
    else days.push({ key, title: dayTitle(key, event.at, now, format), events: [event] });
  }
  return days;
}

function dayTitle(key: string, at: number, now: number, format: Format): string {
  const ago = calendarDaysBetween(key, format.dayKey(now));
  if (ago === 0) return text.today;
  return ago === 1 ? text.yesterday : format.weekdayAndDay(at);
}
