/**
 * A made-up but coherent history: 120 days of Claude Code work up to Tuesday 24 November 2026, 14:45, in
 * a zone without summer time. Every total of every fake view is a sum of these hours, so the views agree
 * with each other to the last call. The same on every machine and in every run.
 */

/** The fake world's time zone; it is UTC all year, so a page that used another one would show it. */
export const FAKE_ZONE = 'Atlantic/Reykjavik';
/** Tuesday 24 November 2026, 14:45:00. */
export const FAKE_NOW = Date.UTC(2026, 10, 24, 14, 45);
/** Milliseconds of a minute, an hour and a day. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** How far the fake history goes back. */
export const FAKE_DAYS = 120;

/** One day: calls and errors per hour; null for hours that have not begun. */
export interface FakeDay {
  /** Midnight in the fake zone. */
  readonly at: number;
  /** Monday is 0. */
  readonly weekday: number;
  readonly calls: readonly (number | null)[];
  readonly errors: readonly (number | null)[];
}

/** Numbers from 0 to 1 that are the same in every run for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Sum of what is known. */
export function sum(values: readonly (number | null)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}

/** Cuts a total into whole shares by weight; the shares add up to the total. */
export function shares(total: number, weights: readonly number[]): number[] {
  const all = sum(weights);
  const cut = weights.map((weight) => Math.floor((weight / all) * total));
  let rest = total - sum(cut);
  for (let index = 0; rest > 0; index = (index + 1) % cut.length, rest -= 1) {
    cut[index] = (cut[index] ?? 0) + 1;
  }
  return cut;
}

const TODAY_AT = Date.UTC(2026, 10, 24);
const random = seeded(20_261_124);
const noise = (): number => (random() + random() + random() + random() - 2) / 0.577;

const bump = (hour: number, centre: number, width: number, height: number): number =>
  height * Math.exp(-(((hour - centre) / width) ** 2));

function rhythm(weekday: number, hour: number): number {
  if (weekday >= 5) return bump(hour, 10.8, 1.5, 0.2) + bump(hour, 21, 1.4, 0.17);
  return (
    bump(hour, 9.9, 1.15, 0.92) +
    bump(hour, 11.5, 0.9, 0.66) +
    bump(hour, 14.9, 1.5, 1) +
    bump(hour, 17, 1.1, 0.62) +
    bump(hour, 21.3, 1.2, weekday === 4 ? 0.04 : 0.2)
  );
}

function makeDay(index: number): FakeDay {
  const at = TODAY_AT - (FAKE_DAYS - 1 - index) * DAY;
  const weekday = (new Date(at).getUTCDay() + 6) % 7;
  const isToday = at === TODAY_AT;
  // A day off in the middle of the last month.
  const isOff = at === TODAY_AT - 13 * DAY;
  const mood = isOff ? 0.08 : Math.max(0.5, 1 + noise() * 0.14) * (0.75 + index * 0.004);
  const trouble = 0.03 + 0.009 * Math.abs(noise());
  const calls = Array.from({ length: 24 }, (_, hour): number | null => {
    const wave = Math.max(0.35, 1 + noise() * 0.2);
    if (isToday && hour > 14) return null;
    const mean = (rhythm(weekday, hour + 0.25) + rhythm(weekday, hour + 0.75)) / 2;
    const value = mean * mood * 226 * wave * (isToday && hour === 14 ? 0.75 : 1);
    return hour < 7 || value < 3 || (isToday && hour < 8) ? 0 : Math.round(value);
  });
  const errors = calls.map((value) =>
    value === null
      ? null
      : Math.min(value, Math.round(value * trouble * Math.max(0, 1 + noise() * 0.6))),
  );
  return { at, weekday, calls, errors };
}

/** The days, oldest first; the last one is today. */
export const fakeDays: readonly FakeDay[] = Array.from({ length: FAKE_DAYS }, (_, index) =>
  makeDay(index),
);

const today = fakeDays.at(-1);
if (today === undefined) throw new Error('the fake history is empty');
/** The last day. */
export const fakeToday: FakeDay = today;

/** Today in steps of ten minutes from 08:00; the last step holds 14:45. */
export const TODAY_FROM = TODAY_AT + 8 * HOUR;
export const TODAY_STEP = 10 * MINUTE;
export const TODAY_BUCKETS = 41;

/** Calls per ten minutes; they add up to today's hours. */
export const todayCalls: readonly number[] = fakeToday.calls.slice(8, 15).flatMap((hour, index) =>
  shares(
    hour ?? 0,
    Array.from({ length: index === 6 ? 5 : 6 }, () => Math.max(0.05, 1 + noise() * 0.5)),
  ),
);

/** Errors per ten minutes, never more than calls; they add up to today's. */
export const todayErrors: readonly number[] = (() => {
  const errors = todayCalls.map(() => 0);
  let left = sum(fakeToday.errors);
  for (let guard = 0; left > 0 && guard < 10_000; guard += 1) {
    const index = Math.floor(random() * errors.length);
    const value = errors[index] ?? 0;
    if (value < 4 && (todayCalls[index] ?? 0) > 12 + value) {
      errors[index] = value + 1;
      left -= 1;
    }
  }
  return errors;
})();
