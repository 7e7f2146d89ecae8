/** The event list, cut into days. */
import type { EventRow } from '../../../src-core/contract/views.ts';
import { calendarDaysBetween, type Format } from '../../data/format.ts';
import { text } from './text.ts';

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
