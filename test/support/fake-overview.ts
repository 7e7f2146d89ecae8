/** The fake history as the overview sees it, for any range. */
import type {
  Outcome,
  OverviewView,
  RangeDays,
  RecordSegment,
} from '../../src-core/contract/views.ts';
import { fakeEventsBefore } from './fake-events.ts';
import { fakeHealthLine } from './fake-health.ts';
import {
  FAKE_DAYS,
  FAKE_NOW,
  FAKE_ZONE,
  type FakeDay,
  fakeDays,
  HOUR,
  shares,
  sum,
} from './fake-history.ts';

const EVENTS_PER_CALL = 2.318;
const TRANSCRIPT_DAY = FAKE_DAYS - 16;
const JOURNAL_DAY = FAKE_DAYS - 7;
const FILLED_IN_CALLS = 524;

const TOOLS = [
  ['Bash', 312, 0.064],
  ['Read', 264, 0.009],
  ['Edit', 158, 0.043],
  ['Grep', 91, 0.004],
  ['Write', 42, 0.016],
  ['Glob', 36, 0.003],
  ['TodoWrite', 31, 0],
  ['Agent', 19, 0.038],
  ['WebFetch', 14, 0.126],
] as const;
const OTHER_WEIGHT = 33;

interface Totals {
  readonly calls: number;
  readonly errors: number;
  readonly sessions: number;
  readonly activeMs: number;
  readonly success: number | null;
}

function outcomesOf(calls: number, errors: number): Record<Outcome, number> {
  const small = (rate: number): number => Math.round(calls * rate);
  const timedOut = Math.round(errors * 0.072);
  const rest = {
    expected: small(0.0193),
    failed: errors - timedOut,
    timed_out: timedOut,
    denied: small(0.0016),
    rejected: small(0.003),
    interrupted: small(0.0071),
    unknown: small(0.0008),
  };
  return { succeeded: calls - sum(Object.values(rest)), ...rest };
}

function totalsOf(days: readonly FakeDay[]): Totals {
  const calls = sum(days.flatMap((day) => day.calls));
  const errors = sum(days.flatMap((day) => day.errors));
  const { succeeded, expected } = outcomesOf(calls, errors);
  const good = succeeded + expected;
  return {
    calls,
    errors,
    sessions: sum(days.map((day) => Math.round(sum(day.calls) / 230))),
    activeMs:
      sum(days.flatMap((day) => day.calls.map((value) => Math.min(1, (value ?? 0) / 150)))) * HOUR,
    success: good + errors === 0 ? null : good / (good + errors),
  };
}

/** The overview of the last `days` days, or of the whole history. */
export function fakeOverview(days: RangeDays, now: number): OverviewView {
  const count = days === 0 ? FAKE_DAYS : days;
  const shown = fakeDays.slice(-count);
  const before = days === 0 ? [] : fakeDays.slice(-2 * count, -count);
  const totals = totalsOf(shown);
  const previous = before.length < count ? null : totalsOf(before);
  const fromAt = shown[0]?.at ?? FAKE_NOW;
  const total = Math.round(totals.calls * EVENTS_PER_CALL);
  const transcript = count > 15 ? 1214 : 0;
  const journal = count > 6 ? 38 : 0;
  const spool = Math.round(total * 0.0046);
  const outcomes = outcomesOf(totals.calls, totals.errors);
  const toolCalls = shares(totals.calls, [...TOOLS.map(([, weight]) => weight), OTHER_WEIGHT]);
  return {
    now,
    timeZone: FAKE_ZONE,
    health: fakeHealthLine(now),
    range: { days, fromAt, toAt: now },
    record: {
      segments: recordOf(fromAt, now, count),
      ticks: ticksOf(shown),
      total,
      bySource: { hook: total - transcript - journal - spool, spool, journal, transcript, old: 0 },
      missing: 0,
    },
    kpis: {
      calls: { value: totals.calls, previous: previous?.calls ?? null },
      success: { value: totals.success, previous: previous?.success ?? null },
      errors: { value: totals.errors, previous: previous?.errors ?? null },
      sessions: { value: totals.sessions, previous: previous?.sessions ?? null },
      activeMs: { value: totals.activeMs, previous: previous?.activeMs ?? null },
    },
    activity: days === 1 ? hourly(shown) : daily(shown),
    outcomes: Object.entries(outcomes).map(([outcome, value]) => ({
      outcome: outcome as Outcome,
      count: value,
    })),
    heat: heatOf(shown),
    tools: TOOLS.map(([tool, , failing], index) => {
      const calls = toolCalls[index] ?? 0;
      const failed = Math.round(calls * failing);
      return { tool, calls, failed, successRate: calls === 0 ? null : 1 - failed / calls };
    }),
    otherTools: { tools: 11, calls: toolCalls.at(-1) ?? 0, successRate: 0.968 },
    recent: [...fakeEventsBefore(now, 8)],
  };
}

function recordOf(fromAt: number, now: number, count: number): RecordSegment[] {
  const marks: RecordSegment[] = [];
  const dayAt = (index: number): number => fakeDays[index]?.at ?? 0;
  if (count > 15) {
    const at = dayAt(TRANSCRIPT_DAY);
    marks.push({ kind: 'transcript', fromAt: at + 11 * HOUR, toAt: at + 18.7 * HOUR });
  }
  if (count > 6) {
    const at = dayAt(JOURNAL_DAY);
    marks.push({ kind: 'journal', fromAt: at + 14 * HOUR, toAt: at + 21 * HOUR });
  }
  let edge = fromAt;
  const segments = marks.flatMap((mark): RecordSegment[] => {
    const solid = { kind: 'hook' as const, fromAt: edge, toAt: mark.fromAt };
    edge = mark.toAt;
    return [solid, mark];
  });
  return [...segments, { kind: 'hook', fromAt: edge, toAt: now }];
}

function ticksOf(days: readonly FakeDay[]): number[] {
  if (days.length === 1) return (days[0]?.calls ?? []).filter((value) => value !== null);
  return days.flatMap((day) =>
    [0, 6, 12, 18]
      .filter((hour) => day.at + hour * HOUR < FAKE_NOW)
      .map((hour) => sum(day.calls.slice(hour, hour + 6))),
  );
}

function hourly(days: readonly FakeDay[]): OverviewView['activity'] {
  const points = days.flatMap((day) =>
    day.calls.flatMap((calls, hour) =>
      calls === null
        ? []
        : [{ at: day.at + hour * HOUR, calls, errors: day.errors[hour] ?? 0, filledIn: 0 }],
    ),
  );
  return { unit: 'hour', points };
}

function daily(days: readonly FakeDay[]): OverviewView['activity'] {
  const filledDay = fakeDays[TRANSCRIPT_DAY]?.at;
  const points = days.map((day) => ({
    at: day.at,
    calls: sum(day.calls),
    errors: sum(day.errors),
    filledIn: day.at === filledDay ? FILLED_IN_CALLS : 0,
  }));
  return { unit: 'day', points };
}

function heatOf(days: readonly FakeDay[]): (number | null)[][] {
  return Array.from({ length: 7 }, (_, weekday) =>
    Array.from({ length: 24 }, (_, hour) => {
      const values = days
        .filter((day) => day.weekday === weekday && day.at + hour * HOUR < FAKE_NOW)
        .map((day) => day.calls[hour] ?? 0);
      return values.length === 0 ? null : sum(values) / values.length;
    }),
  );
}
