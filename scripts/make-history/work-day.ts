/** How a made-up developer's work spreads over days and hours. */
import { DAY_MS, HOUR_MS, type Zone } from '../../src-main/stats/zone.ts';
import type { Random } from './seeded-random.ts';

/** One day's work. */
export interface WorkDay {
  /** Nothing of the day happens before, and nothing at or after `endAt`. */
  readonly startAt: number;
  readonly endAt: number;
  readonly hours: readonly WorkHours[];
  readonly events: number;
}

/** A stretch of a day in which sessions begin. */
export interface WorkHours {
  readonly fromAt: number;
  readonly toAt: number;
  readonly weight: number;
}

/** What decides the days. */
export interface WorkDayOptions {
  readonly random: Random;
  readonly zone: Zone;
  /** End of the last day's work. */
  readonly untilAt: number;
  readonly days: number;
  /** How many events in all; null for as many as such days bring. */
  readonly events: number | null;
  /** True if somebody is at work at `untilAt`, whatever the hour. */
  readonly isLive: boolean;
}

/** A full weekday's events. */
const EVENTS_A_DAY = 640;
/** Monday to Sunday. */
const WEEKDAYS = [0.95, 1.15, 1.1, 1.05, 0.8, 0.1, 0.06] as const;
/** Begin and end of a stretch, in hours of the day, and how many sessions begin in it. */
const HOURS = [
  [8.8, 12.3, 5],
  [13.4, 18.2, 6],
  [20.2, 22.4, 0.7],
] as const;
/** Somebody who is at work now has been so for this long, or since midnight. */
const LIVE_HOURS = 8;

/** Plans the days, oldest first. */
export function planDays(options: WorkDayOptions): WorkDay[] {
  const { zone, untilAt, days, random } = options;
  const today = zone.startOfDay(untilAt);
  const drafts = Array.from({ length: days }, (_, i) => {
    const startAt = zone.addDays(today, i + 1 - days);
    const isLast = i === days - 1;
    const endAt = isLast ? untilAt : zone.addDays(startAt, 1);
    const hours = isLast && options.isLive ? liveHours(startAt, endAt) : usualHours(startAt, endAt);
    const mood = random.chance(0.03) && !isLast ? 0 : random.spread(1, 1.18);
    const share = hours.reduce((sum, { weight }) => sum + weight, 0) / ALL_HOURS;
    const weight = (isLast && options.isLive ? 1 : (WEEKDAYS[zone.weekday(startAt)] ?? 1)) * mood;
    return { startAt, endAt, hours, weight: weight * share };
  });
  const counts = spreadEvents(
    drafts.map(({ weight }) => weight),
    options.events,
  );
  return drafts.map((draft, i) => ({ ...draft, events: counts[i] ?? 0 }));
}

const ALL_HOURS = HOURS.reduce((sum, [, , weight]) => sum + weight, 0);

/** The stretches of a day up to its end, each with the weight of what is left of it. */
function usualHours(startAt: number, endAt: number): WorkHours[] {
  return HOURS.flatMap(([from, to, weight]) => {
    const fromAt = startAt + from * HOUR_MS;
    const toAt = Math.min(startAt + to * HOUR_MS, endAt);
    if (toAt <= fromAt) return [];
    return [{ fromAt, toAt, weight: (weight * (toAt - fromAt)) / ((to - from) * HOUR_MS) }];
  });
}

function liveHours(startAt: number, endAt: number): WorkHours[] {
  const fromAt = Math.max(startAt, endAt - LIVE_HOURS * HOUR_MS);
  const weight = (ALL_HOURS * (endAt - fromAt)) / (LIVE_HOURS * HOUR_MS);
  return fromAt < endAt ? [{ fromAt, toAt: endAt, weight }] : [];
}

/** Whole events by weight; their sum is exact where one is asked for. */
function spreadEvents(weights: readonly number[], events: number | null): number[] {
  if (events === null) return weights.map((weight) => Math.round(weight * EVENTS_A_DAY));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let weightSoFar = 0;
  let given = 0;
  return weights.map((weight, i) => {
    weightSoFar += weight;
    const isLast = i === weights.length - 1;
    const upTo = isLast || total === 0 ? events : Math.round((events * weightSoFar) / total);
    const count = upTo - given;
    given = upTo;
    return count;
  });
}

/** When a session of the day begins. */
export function pickStart({ startAt, endAt, hours }: WorkDay, random: Random): number {
  const none = { fromAt: startAt, toAt: Math.min(endAt, startAt + DAY_MS), weight: 1 };
  const { fromAt, toAt } = random.weighted(
    hours.length > 0 ? hours : [none],
    ({ weight }) => weight,
  );
  return Math.floor(fromAt + random.next() * (toAt - fromAt));
}
