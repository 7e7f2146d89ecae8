/** What the dashboard's overview draws, over a range of local days. */
import type {
  HealthLine,
  OverviewView,
  RangeDays,
  RecordSegment,
} from '../../src-core/contract/views.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import type { OldTotals } from '../import/totals.ts';
import { oldEventsIn } from '../stats/old-part.ts';
import { HOUR_MS, QUARTER_MS, type Zone } from '../stats/zone.ts';
import {
  activeMs,
  callTotals,
  outcomesOf,
  quarterCounts,
  rateOf,
  type Span,
  type StepCount,
  sessionCount,
  sourceCounts,
  type ToolCount,
  toolCounts,
} from './measures.ts';
import { recordSegments } from './record.ts';
import { readRows } from './rows.ts';

const TOP_TOOLS = 9;
const TICKS = 120;

/** Calls of each quarter of an hour that has any, by its number. */
type Quarters = ReadonlyMap<number, StepCount>;

/** What the overview is drawn from. `db` is null before the first event. */
export interface OverviewInput {
  readonly db: ReadableDb | null;
  readonly zone: Zone;
  readonly now: number;
  readonly days: RangeDays;
  readonly health: HealthLine;
  /** Where capture was not at work, oldest first. */
  readonly breaks?: readonly RecordSegment[];
  /** What the old record adds as long as it is not imported; null before it was counted. */
  readonly old?: OldTotals | null;
}

/** Computes the overview. */
export function overviewView(input: OverviewInput): OverviewView {
  const { db, now, days, zone, health, old = null } = input;
  const span = spanOf(input);
  const base = { now, timeZone: zone.name, health, range: { days, ...span } };
  if (db === null) return { ...base, ...emptyOverview(days) };
  const before = days === 0 ? null : spanBefore(span, zone, days);
  const sources = sourceCounts(db, span);
  sources.old += oldEventsIn(old, span);
  // Before the first event nothing is known; a zero there would be made up.
  const quarters = quarterCounts(db, span);
  const tools = toolCounts(db, span);
  const recorded = { ...span, fromAt: Math.max(span.fromAt, firstEventAt(db) ?? span.fromAt) };
  return {
    ...base,
    record: {
      segments: recordSegments({ fromAt: recorded.fromAt, toAt: span.toAt }, input.breaks ?? []),
      ticks: ticksOf(quarters, span),
      total: Object.values(sources).reduce((sum, count) => sum + count, 0),
      bySource: sources,
      missing: null,
    },
    kpis: kpis(db, span, before),
    activity: activityOf(input, quarters, span),
    outcomes: outcomesOf(tools),
    heat: heatOf(quarters, zone, recorded),
    ...toolsOf(tools),
    recent: readRows(db, {
      where: 'at_ms >= ? AND at_ms < ?',
      values: [span.fromAt, span.toAt],
      limit: 12,
    }),
  };
}

function spanOf({ db, zone, now, days }: OverviewInput): Span {
  const today = zone.startOfDay(now);
  const toAt = now + 1;
  if (days !== 0) return { fromAt: zone.addDays(today, 1 - days), toAt };
  return { fromAt: zone.startOfDay((db && firstEventAt(db)) ?? now), toAt };
}

function firstEventAt(db: ReadableDb): number | null {
  const row = db.prepare('SELECT min(at_ms) AS first FROM hookline_event').get() as Row;
  return row.first === null ? null : Number(row.first);
}

/** The span of as many days before, up to the same time of day, so that like is compared with like. */
function spanBefore({ fromAt, toAt }: Span, zone: Zone, days: number): Span {
  const earlier = zone.addDays(fromAt, -days);
  // On a day of 25 hours the same length would reach into the days shown.
  return { fromAt: earlier, toAt: Math.min(fromAt, earlier + (toAt - fromAt)) };
}

function kpis(db: ReadableDb, span: Span, before: Span | null): OverviewView['kpis'] {
  const totals = callTotals(db, span);
  // A period in which nothing was recorded is not known, and compares with nothing.
  const isKnown = before !== null && sessionCount(db, before) > 0;
  const old = isKnown ? callTotals(db, before) : null;
  return {
    calls: { value: totals.calls, previous: old?.calls ?? null },
    success: { value: totals.rate, previous: old?.rate ?? null },
    errors: { value: totals.errors, previous: old?.errors ?? null },
    sessions: {
      value: sessionCount(db, span),
      previous: isKnown ? sessionCount(db, before) : null,
    },
    activeMs: { value: activeMs(db, span), previous: isKnown ? activeMs(db, before) : null },
  };
}

function activityOf(
  { zone, days }: OverviewInput,
  quarters: Quarters,
  span: Span,
): OverviewView['activity'] {
  const unit = days === 1 ? 'hour' : 'day';
  const points: Point[] = [];
  for (let from = span.fromAt; from < span.toAt; from = nextPoint(zone, unit, from))
    if (points.at(-1)?.at !== startOf(zone, unit, from))
      points.push(emptyPoint(startOf(zone, unit, from)));
  let place = 0;
  for (const [quarter, counts] of [...quarters].sort(([a], [b]) => a - b)) {
    while ((points[place + 1]?.at ?? Number.POSITIVE_INFINITY) <= quarter * QUARTER_MS) place++;
    const point = points[place];
    if (point === undefined) continue;
    point.calls += counts.calls;
    point.errors += counts.bad;
    point.filledIn += counts.filledIn;
  }
  return { unit, points };
}

type Point = OverviewView['activity']['points'][number];

function emptyPoint(at: number): Point {
  return { at, calls: 0, errors: 0, filledIn: 0 };
}

function startOf(zone: Zone, unit: 'hour' | 'day', at: number): number {
  if (unit === 'day') return zone.startOfDay(at);
  const offset = zone.offset(at);
  return Math.floor((at + offset) / HOUR_MS) * HOUR_MS - offset;
}

/** Hours are looked for in quarters, since clocks may change by half of one. */
function nextPoint(zone: Zone, unit: 'hour' | 'day', at: number): number {
  return unit === 'day' ? zone.addDays(at, 1) : at + QUARTER_MS;
}

function quarterOf(at: number): number {
  return Math.floor(at / QUARTER_MS) * QUARTER_MS;
}

/** A quarter of an hour counts where it begins. */
function ticksOf(quarters: Quarters, { fromAt, toAt }: Span): number[] {
  const ticks = Array.from({ length: TICKS }, () => 0);
  const stepMs = Math.max(1, Math.ceil((toAt - fromAt) / TICKS));
  for (const [quarter, { calls }] of quarters) {
    const tick = Math.floor((quarter * QUARTER_MS - fromAt) / stepMs);
    ticks[Math.max(0, tick)] = (ticks[Math.max(0, tick)] ?? 0) + calls;
  }
  return ticks;
}

/** Mean calls per hour over the times that this hour of the week was in the range. */
function heatOf(quarters: Quarters, zone: Zone, span: Span): (number | null)[][] {
  const calls = grid();
  const times = grid();
  for (let at = quarterOf(span.fromAt); at < span.toAt; at += HOUR_MS) add(times, zone, at, 1);
  for (const [quarter, counts] of quarters) add(calls, zone, quarter * QUARTER_MS, counts.calls);
  return calls.map((row, weekday) =>
    row.map((total, hour) => {
      const seen = times[weekday]?.[hour] ?? 0;
      return seen === 0 ? null : total / seen;
    }),
  );
}

function grid(): number[][] {
  return Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
}

function add(cells: number[][], zone: Zone, at: number, amount: number): void {
  const row = cells[zone.weekday(at)];
  const hour = zone.hour(at);
  if (row !== undefined) row[hour] = (row[hour] ?? 0) + amount;
}

type ToolSums = { tool: string; calls: number; good: number; bad: number };

function sumByTool(counts: readonly ToolCount[]): ToolSums[] {
  const tools = new Map<string, ToolSums>();
  for (const { tool, outcome, calls } of counts) {
    const sums = tools.get(tool) ?? { tool, calls: 0, good: 0, bad: 0 };
    tools.set(tool, sums);
    sums.calls += calls;
    if (outcome === 'succeeded' || outcome === 'expected') sums.good += calls;
    if (outcome === 'failed' || outcome === 'timed_out') sums.bad += calls;
  }
  return [...tools.values()].sort((a, b) => b.calls - a.calls || (a.tool < b.tool ? -1 : 1));
}

function toolsOf(counts: readonly ToolCount[]): Pick<OverviewView, 'tools' | 'otherTools'> {
  const rows = sumByTool(counts);
  const top = rows.slice(0, TOP_TOOLS).map(({ tool, calls, good, bad }) => ({
    tool,
    calls,
    failed: bad,
    successRate: rateOf(good, good + bad),
  }));
  const rest = rows.slice(TOP_TOOLS);
  const sum = (name: 'calls' | 'good' | 'bad'): number =>
    rest.reduce((total, row) => total + row[name], 0);
  const good = sum('good');
  return {
    tools: top,
    otherTools: {
      tools: rest.length,
      calls: sum('calls'),
      successRate: rateOf(good, good + sum('bad')),
    },
  };
}

function emptyOverview(
  days: RangeDays,
): Omit<OverviewView, 'now' | 'timeZone' | 'health' | 'range'> {
  const none = { value: null, previous: null };
  return {
    record: {
      segments: [],
      ticks: [],
      total: 0,
      bySource: { hook: 0, spool: 0, journal: 0, transcript: 0, old: 0 },
      missing: null,
    },
    kpis: { calls: none, success: none, errors: none, sessions: none, activeMs: none },
    activity: { unit: days === 1 ? 'hour' : 'day', points: [] },
    outcomes: [],
    heat: [],
    tools: [],
    otherTools: { tools: 0, calls: 0, successRate: null },
    recent: [],
  };
}
