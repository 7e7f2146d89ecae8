/** Calendar days of a time zone as moments, for a range that the user names by its days. */
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY_MS = 86_400_000;

/** When a day (YYYY-MM-DD) begins in a zone; null for what is no day. */
export function dayStart(day: string, timeZone: string): number | null {
  if (!DAY.test(day)) return null;
  const utc = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(utc)) return null;
  // The offset is that of the moment itself; where the clock changes in between, a second look finds it.
  const guess = utc - offsetAt(utc, timeZone);
  return utc - offsetAt(guess, timeZone);
}

/** When the day after a day begins in a zone; null for what is no day. */
export function nextDay(day: string, timeZone: string): number | null {
  if (!DAY.test(day)) return null;
  const utc = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(utc)) return null;
  return dayStart(new Date(utc + DAY_MS).toISOString().slice(0, 10), timeZone);
}

/** The day that holds a moment, as YYYY-MM-DD; empty where there is none. */
export function lastDay(at: number | null, timeZone: string): string {
  if (at === null) return '';
  return new Date(at + offsetAt(at, timeZone)).toISOString().slice(0, 10);
}

function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(at);
  const {
    year = 0,
    month = 1,
    day = 1,
    hour = 0,
    minute = 0,
    second = 0,
  } = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}
