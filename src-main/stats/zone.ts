/**
 * Days and hours in a chosen time zone. Offsets are whole quarters of an hour everywhere, so one
 * look-up serves a quarter of an hour, whatever daylight saving does.
 */

/** A quarter of an hour, the step in which events are bucketed (in UTC). */
export const QUARTER_MS = 900_000;
/** Milliseconds of an hour. */
export const HOUR_MS = 3_600_000;
/** Milliseconds of a day without a change of clocks. */
export const DAY_MS = 86_400_000;

/** Local calendar of one time zone. */
export interface Zone {
  readonly name: string;
  /** Milliseconds to add to UTC to get local time at that moment. */
  offset(at: number): number;
  /** Local date, `YYYY-MM-DD`. */
  day(at: number): string;
  /** Local hour, 0 to 23. */
  hour(at: number): number;
  /** Local weekday, 0 for Monday. */
  weekday(at: number): number;
  /**
   * The moment at which local clocks show what `localMs` says when it is read as UTC: the first one
   * of two, and the moment of the jump where clocks jump over it.
   */
  fromLocal(localMs: number): number;
  /** When the local day that holds `at` began. */
  startOfDay(at: number): number;
  /** When the local day that comes `days` later (or earlier) began. */
  addDays(startOfDay: number, days: number): number;
}

/** The machine's own time zone. */
export function machineZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

/**
 * A zone by its IANA name.
 * @throws RangeError for a name that is none
 */
export function createZone(name: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const known = new Map<number, number>();
  const compute = (at: number): number => {
    const parts = Object.fromEntries(
      format.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
  };
  const offsetAt = (start: number): number => {
    let value = known.get(start);
    if (value === undefined) {
      value = compute(start);
      known.set(start, value);
    }
    return value;
  };
  const offset = (at: number): number => {
    const day = Math.floor(at / DAY_MS) * DAY_MS;
    const value = offsetAt(day);
    // Asking is slow, and clocks that show the same a day later were not changed in between.
    if (value === offsetAt(day + DAY_MS)) return value;
    return offsetAt(Math.floor(at / QUARTER_MS) * QUARTER_MS);
  };
  const local = (at: number): Date => new Date(at + offset(at));
  const fromLocal = (localMs: number): number => {
    // Clocks change at most once between the two.
    const before = offset(localMs - DAY_MS);
    const offsets = [before, offset(localMs + DAY_MS)];
    const readings = offsets
      .map((value) => ({ value, at: localMs - value }))
      .filter(({ value, at }) => offset(at) === value);
    const [first = localMs - before] = readings.map(({ at }) => at).sort((a, b) => a - b);
    return first;
  };
  const startOfDay = (at: number): number =>
    fromLocal(Math.floor((at + offset(at)) / DAY_MS) * DAY_MS);
  return {
    name,
    offset,
    day: (at) => local(at).toISOString().slice(0, 10),
    hour: (at) => modulo(Math.floor((at + offset(at)) / HOUR_MS), 24),
    // The first of January 1970 was a Thursday.
    weekday: (at) => modulo(Math.floor((at + offset(at)) / DAY_MS) + 3, 7),
    fromLocal,
    startOfDay,
    // Noon is on the wanted day whatever the clocks did in between.
    addDays: (start, days) => startOfDay(start + days * DAY_MS + DAY_MS / 2),
  };
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
