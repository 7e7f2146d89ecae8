/** The activity chart's points and tick labels: never more than 500 bars, few labels, the last one "today". */
import type { OverviewView } from '../../../src-core/contract/views.ts';
import type { ActivityPoint } from '../../charts/activity-chart.tsx';
import type { Format } from '../../data/format.ts';
import { text } from './text.ts';

/** From here on days are folded into weeks. */
const MOST_DAYS = 400;

/** What the chart needs of a range. */
export interface Activity {
  readonly unit: 'hour' | 'day' | 'week';
  readonly points: readonly ActivityPoint[];
  readonly ticks: readonly { readonly key: number; readonly label: string }[];
}

/** Works out points and labels. */
export function activityOf(view: OverviewView, format: Format): Activity {
  const { unit, points } = view.activity;
  if (unit === 'hour') {
    const hours = points.map((point) => titled(point, format.clock(point.at)));
    return { unit, points: hours, ticks: hourTicks(hours, format) };
  }
  const days = points.map((point) => titled(point, format.weekdayAndDay(point.at)));
  if (days.length <= MOST_DAYS) return { unit, points: days, ticks: dayTicks(days, view, format) };
  const weeks = foldWeeks(days, format);
  return { unit: 'week', points: weeks, ticks: weekTicks(weeks, view, format) };
}

type Point = OverviewView['activity']['points'][number];

function titled(point: Point, title: string): ActivityPoint {
  return {
    key: point.at,
    calls: point.calls,
    errors: point.errors,
    // A stretch can hold more filled-in events than calls; the hollow part never exceeds the bar.
    filledIn: Math.min(point.filledIn, point.calls),
    title,
  };
}

function hourTicks(points: readonly ActivityPoint[], format: Format): Activity['ticks'] {
  const step = points.length > 8 ? 6 : 2;
  const last = points.length - 1;
  return points.flatMap((point, index) => {
    if (index === last) return [{ key: point.key, label: text.now }];
    const isLabelled = format.hour(point.key) % step === 0 && last - index >= step / 2;
    return isLabelled ? [{ key: point.key, label: format.clock(point.key) }] : [];
  });
}

function dayTicks(
  points: readonly ActivityPoint[],
  view: OverviewView,
  format: Format,
): Activity['ticks'] {
  const step = points.length <= 8 ? 1 : 7 * Math.ceil(points.length / 35);
  const last = points.length - 1;
  const first = step === 1 ? 0 : Math.max(0, firstMonday(points, format));
  return points.flatMap((point, index) => {
    if (index === last) return [{ key: point.key, label: endLabel(point.key, view, format) }];
    const isLabelled = (index - first) % step === 0 && index >= first && last - index >= step * 0.4;
    return isLabelled ? [{ key: point.key, label: format.day(point.key, view.now) }] : [];
  });
}

function weekTicks(
  points: readonly ActivityPoint[],
  view: OverviewView,
  format: Format,
): Activity['ticks'] {
  const step = Math.ceil(points.length / 5);
  return points
    .filter((_, index) => index % step === 0)
    .map((point) => ({ key: point.key, label: format.day(point.key, view.now) }));
}

function endLabel(at: number, view: OverviewView, format: Format): string {
  return format.dayKey(at) === format.dayKey(view.now) ? text.today : format.day(at, view.now);
}

function weekdayOf(at: number, format: Format): number {
  return (new Date(`${format.dayKey(at)}T00:00:00Z`).getUTCDay() + 6) % 7;
}

function firstMonday(points: readonly ActivityPoint[], format: Format): number {
  return points.findIndex((point) => weekdayOf(point.key, format) === 0);
}

function foldWeeks(points: readonly ActivityPoint[], format: Format): ActivityPoint[] {
  const weeks: ActivityPoint[] = [];
  for (const point of points) {
    const week = weeks.at(-1);
    if (week === undefined || weekdayOf(point.key, format) === 0) {
      weeks.push({ ...point, title: text.week(point.title) });
    } else {
      weeks[weeks.length - 1] = {
        ...week,
        calls: week.calls + point.calls,
        errors: week.errors + point.errors,
        filledIn: week.filledIn + point.filledIn,
      };
    }
  }
  return weeks;
}
