/** What the glance under the tray icon draws: today, on one time axis. */
import type { GlanceView, HealthLine, RecordSegment } from '../../src-core/contract/views.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import type { Zone } from '../stats/zone.ts';
import {
  activeSpans,
  callTotals,
  rateOf,
  type Span,
  sessionCount,
  stepCounts,
} from './measures.ts';
import { recordSegments } from './record.ts';
import { readRows } from './rows.ts';
import { sessionSpans } from './session-spans.ts';
import { liveSessions } from './sessions.ts';
import { usageOf } from './usage.ts';

const STEP_MS = 600_000;
const HOUR_MS = 3_600_000;
/** The axis is at least this long, so that a morning's first minutes do not fill it. */
const SHORTEST_MS = 4 * HOUR_MS;

/** What the glance is drawn from. `db` is null before the first event. */
export interface GlanceInput {
  readonly db: ReadableDb | null;
  readonly zone: Zone;
  readonly now: number;
  readonly health: HealthLine;
  /** Sessions whose client runs; not given where that is not known. */
  readonly clients?: ReadonlySet<string>;
  /** Where capture was not at work, oldest first. */
  readonly breaks?: readonly RecordSegment[];
}

/** Computes the glance. */
export function glanceView(input: GlanceInput): GlanceView {
  const { db, zone, now, health, breaks = [] } = input;
  const midnight = zone.startOfDay(now);
  const fromAt = db === null ? midnight : axisStart(db, zone, midnight, now);
  const buckets = Math.floor((now - fromAt) / STEP_MS) + 1;
  const day: Span = { fromAt: midnight, toAt: now + 1 };
  const yesterday: Span = { fromAt: zone.addDays(midnight, -1), toAt: midnight };
  return {
    now,
    timeZone: zone.name,
    health,
    today: {
      fromAt,
      stepMs: STEP_MS,
      buckets,
      ...(db === null ? nothingToday(buckets) : today(db, { day, fromAt, buckets })),
      record: { segments: recordSegments({ fromAt, toAt: now + 1 }, breaks), missing: null },
    },
    yesterday: db === null ? null : dayTotals(db, yesterday),
    liveSessions: db === null ? [] : liveSessions(db, now, input.clients),
    lastErrors:
      db === null
        ? []
        : readRows(db, {
            where: "kind = 'tool' AND outcome IN ('failed', 'timed_out') AND at_ms >= ?",
            values: [midnight],
            limit: 3,
          }),
  };
}

type Today = Omit<GlanceView['today'], 'fromAt' | 'stepMs' | 'buckets' | 'record'>;

function today(
  db: ReadableDb,
  { day, fromAt, buckets }: { day: Span; fromAt: number; buckets: number },
): Today {
  const totals = callTotals(db, day);
  const steps = stepCounts(db, { fromAt, toAt: day.toAt }, STEP_MS);
  const each = <T>(
    pick: (step: { calls: number; good: number; bad: number } | undefined) => T,
  ): T[] => Array.from({ length: buckets }, (_, step) => pick(steps.get(step)));
  const spans = activeSpans(db, day);
  return {
    calls: { total: totals.calls, series: each((step) => step?.calls ?? 0) },
    success: {
      rate: totals.rate,
      sample: totals.sample,
      series: each((step) => (step === undefined ? null : rateOf(step.good, step.good + step.bad))),
    },
    errors: { total: totals.errors, series: each((step) => step?.bad ?? 0) },
    sessions: { total: sessionCount(db, day), series: openSessions(db, fromAt, buckets) },
    active: { totalMs: spans.reduce((sum, [begins, ends]) => sum + ends - begins, 0), spans },
    usage: usageOf(db, day),
  };
}

function nothingToday(buckets: number): Today {
  const zeros = Array.from({ length: buckets }, () => 0);
  return {
    calls: { total: 0, series: zeros },
    success: { rate: null, sample: 0, series: zeros.map(() => null) },
    errors: { total: 0, series: zeros },
    sessions: { total: 0, series: zeros },
    active: { totalMs: 0, spans: [] },
    usage: null,
  };
}

/** The first active hour of the day, but at least four hours ago, and never before midnight. */
function axisStart(db: ReadableDb, zone: Zone, midnight: number, now: number): number {
  const row = db
    .prepare('SELECT min(at_ms) AS first FROM hookline_event WHERE at_ms >= ?')
    .get(midnight) as Row;
  const first = row.first === null ? now : Number(row.first);
  const offset = zone.offset(first);
  const hour = Math.floor((first + offset) / HOUR_MS) * HOUR_MS - offset;
  const latest = Math.floor((now - SHORTEST_MS) / STEP_MS) * STEP_MS;
  return Math.max(midnight, Math.min(hour, latest));
}

/** How many sessions were open in each step. */
function openSessions(db: ReadableDb, fromAt: number, buckets: number): number[] {
  const ids = Array.from({ length: buckets }, () => new Set<string>());
  for (const span of sessionSpans(db, fromAt)) {
    const first = Math.floor((span.fromAt - fromAt) / STEP_MS);
    const last = Math.min(buckets - 1, Math.floor((span.toAt - fromAt) / STEP_MS));
    // One that ended and began again within a step is one session.
    for (let step = first; step <= last; step++) ids[step]?.add(span.sessionId);
  }
  return ids.map(({ size }) => size);
}

function dayTotals(db: ReadableDb, span: Span): GlanceView['yesterday'] {
  const { calls, errors } = callTotals(db, span);
  const sessions = sessionCount(db, span);
  return sessions === 0 ? null : { calls, errors, sessions };
}
