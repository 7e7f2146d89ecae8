/**
 * Numbers, times and ages as the whole app writes them, in one locale and one time zone.
 *
 * `–` stands for "not known or not defined" and is never used for zero. Counts are exact to the last
 * digit; only bytes are shortened. Between a number and its unit stands a narrow no-break space.
 */

const NARROW = '\u202f';
/** What is written for a value that is not known. */
export const DASH = '–';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A number and its unit (with the gap before it), apart so that the unit can be drawn smaller. */
export interface Part {
  readonly value: string;
  readonly unit: string;
}

/** A moment as words; `isRelative` says that "ago" may follow. */
export interface Age {
  readonly text: string;
  readonly isRelative: boolean;
}

/** Formatting functions bound to one locale and time zone. */
export interface Format {
  readonly locale: string;
  readonly timeZone: string;
  /** 41,543 */
  count(value: number | null): string;
  /** 96.4%; never rounds up to 100% nor down to 0%. */
  percentParts(rate: number | null): readonly Part[];
  percent(rate: number | null): string;
  /** A difference of two rates, without sign: 0.8 pt */
  points(difference: number): string;
  /** 44 ms, 4.1 s, 12 s, 2 m 10 s, 5 h 12 m */
  durationParts(ms: number | null): readonly Part[];
  duration(ms: number | null): string;
  /** Time that runs, in whole units: 4 s, 2 m 10 s, 5 h 12 m */
  elapsed(ms: number): string;
  /** A length in its largest units: 40 s, 43 m, 5 h 12 m */
  roughly(ms: number): string;
  /** 9,999 B, 12.3 kB, 212.0 MB */
  bytes(value: number | null): string;
  /** 14:45 */
  clock(at: number): string;
  /** 14:44:01 and .224 */
  clockExact(at: number): { readonly seconds: string; readonly fraction: string };
  /** 4 s, 59 m, then as `moment`. */
  age(at: number, now: number): Age;
  /** 14:27 today, Mon 18:52 within a week, else 9 Nov. */
  moment(at: number, now: number): string;
  /** 24 Nov; with the year when it is not the year of `now`. */
  day(at: number, now: number): string;
  /** Mon 24 Nov */
  weekdayAndDay(at: number): string;
  /** Short names from Monday. */
  readonly weekdays: readonly string[];
  /** The calendar day in the zone, as YYYY-MM-DD. */
  dayKey(at: number): string;
  /** Hour of the day in the zone, 0 to 23. */
  hour(at: number): number;
}

/** Binds the app's formats to a locale and an IANA time zone. */
export function createFormat(locale: string, timeZone: string): Format {
  const integer = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const oneDigit = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const share = new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  // 24 hours whatever the locale: times stand in columns, and AM/PM would break them.
  const time = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone, hourCycle: 'h23' });
  const clock = time({ hour: '2-digit', minute: '2-digit' });
  const clockSeconds = time({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const dayMonth = time({ day: 'numeric', month: 'short' });
  const dayMonthYear = time({ day: 'numeric', month: 'short', year: 'numeric' });
  const weekday = time({ weekday: 'short' });
  const weekdayDay = time({ weekday: 'short', day: 'numeric', month: 'short' });
  const iso = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const hourOfDay = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    hourCycle: 'h23',
  });

  const weekdayOfUtc = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  // 1 January 2024 is a Monday.
  const weekdays = Array.from({ length: 7 }, (_, index) =>
    weekdayOfUtc.format(Date.UTC(2024, 0, 1 + index)),
  );

  const dayKey = (at: number): string => iso.format(at);
  const day = (at: number, now: number): string =>
    dayKey(at).slice(0, 4) === dayKey(now).slice(0, 4)
      ? dayMonth.format(at)
      : dayMonthYear.format(at);

  const percentParts = (rate: number | null): readonly Part[] => {
    if (rate === null) return [{ value: DASH, unit: '' }];
    const below = rate > 0 && rate < 0.0005;
    const kept = below ? 0.001 : rate < 1 ? Math.min(rate, 0.999) : rate;
    const parts = share.formatToParts(kept);
    const sign = parts.findIndex((part) => part.type === 'percentSign');
    const last = parts.findLastIndex((part) => part.type === 'fraction' || part.type === 'integer');
    const text = (from: number, to?: number): string =>
      parts
        .slice(from, to)
        .map((part) => part.value)
        .join('');
    const prefix = below ? '<' : '';
    if (sign < last) return [{ value: prefix + text(0), unit: '' }];
    return [{ value: prefix + text(0, last + 1), unit: text(last + 1) }];
  };

  const durationParts = (ms: number | null): readonly Part[] => {
    if (ms === null) return [{ value: DASH, unit: '' }];
    const wholeMs = Math.round(ms);
    if (wholeMs < 1000) return [{ value: integer.format(wholeMs), unit: `${NARROW}ms` }];
    const tenths = Math.round(ms / 100);
    if (tenths < 100) return [{ value: oneDigit.format(tenths / 10), unit: `${NARROW}s` }];
    const seconds = Math.round(ms / 1000);
    if (seconds < 60) return [{ value: integer.format(seconds), unit: `${NARROW}s` }];
    if (seconds < 3600) return pair(Math.floor(seconds / 60), 'm', seconds % 60, 's');
    const minutes = Math.round(ms / MINUTE);
    return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'm');
  };
  const pair = (big: number, bigUnit: string, small: number, smallUnit: string): Part[] => [
    { value: integer.format(big), unit: NARROW + bigUnit },
    { value: String(small).padStart(2, '0'), unit: NARROW + smallUnit },
  ];

  const elapsed = (ms: number): string => {
    const seconds = Math.max(0, Math.floor(ms / 1000));
    return seconds < 10
      ? `${integer.format(seconds)}${NARROW}s`
      : partsText(durationParts(seconds * 1000));
  };
  const roughly = (ms: number): string =>
    ms >= MINUTE && ms < HOUR
      ? `${integer.format(Math.floor(ms / MINUTE))}${NARROW}m`
      : elapsed(ms);

  const moment = (at: number, now: number): string => {
    const days = calendarDaysBetween(dayKey(at), dayKey(now));
    if (days === 0) return clock.format(at);
    if (days > 0 && days < 7) return `${weekday.format(at)} ${clock.format(at)}`;
    return day(at, now);
  };
  const age = (at: number, now: number): Age => {
    const passed = Math.max(0, now - at);
    if (passed < MINUTE) {
      return { text: `${integer.format(Math.floor(passed / 1000))}${NARROW}s`, isRelative: true };
    }
    if (passed < HOUR) {
      return { text: `${integer.format(Math.floor(passed / MINUTE))}${NARROW}m`, isRelative: true };
    }
    return { text: moment(at, now), isRelative: false };
  };

  return {
    locale,
    timeZone,
    count: (value) => (value === null ? DASH : integer.format(value)),
    percentParts,
    percent: (rate) => partsText(percentParts(rate)),
    points: (difference) => `${oneDigit.format(Math.abs(difference) * 100)}${NARROW}pt`,
    durationParts,
    duration: (ms) => partsText(durationParts(ms)),
    elapsed,
    roughly,
    bytes: (value) => {
      if (value === null) return DASH;
      if (value < 10_000) return `${integer.format(value)}${NARROW}B`;
      // The half unit keeps 999,960 B from reading 1,000.0 kB.
      const step = value < 999_950 ? 1 : value < 999_950_000 ? 2 : 3;
      return `${oneDigit.format(value / 1000 ** step)}${NARROW}${['B', 'kB', 'MB', 'GB'][step] ?? ''}`;
    },
    clock: (at) => clock.format(at),
    clockExact: (at) => ({
      seconds: clockSeconds.format(at),
      fraction: `.${String(Math.floor(at) % 1000).padStart(3, '0')}`,
    }),
    age,
    moment,
    day,
    weekdayAndDay: (at) => weekdayDay.format(at),
    weekdays,
    dayKey,
    hour: (at) => Number(hourOfDay.format(at)),
  };
}

/** Parts as one string. */
export function partsText(parts: readonly Part[]): string {
  return parts.map((part) => part.value + part.unit).join(' ');
}

/** Whole calendar days from one YYYY-MM-DD to another. */
export function calendarDaysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}
