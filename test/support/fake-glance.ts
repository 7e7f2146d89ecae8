/** Today in the fake world: a morning, a lunch break and an afternoon. */
import type { GlanceView, LiveSession } from '../../src-core/contract/views.ts';
import { fakeEvent } from './fake-events.ts';
import { fakeHealthLine } from './fake-health.ts';
import {
  FAKE_ZONE,
  fakeDays,
  MINUTE,
  sum,
  TODAY_BUCKETS,
  TODAY_FROM,
  TODAY_STEP,
  todayCalls,
  todayErrors,
} from './fake-history.ts';
import { fakeFigures } from './fake-usage.ts';

const SESSIONS_OPEN = [
  ...[1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2],
  ...[1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3],
];
const ACTIVE = [
  [0, 0.345],
  [0.37, 0.505],
  [0.52, 0.555],
  [0.585, 0.612],
  [0.735, 0.988],
] as const;

/** Three sessions: one waits, two run. */
export function fakeSessions(now: number): LiveSession[] {
  return [
    {
      sessionId: 's-hookline',
      project: 'hookline',
      state: 'running',
      sinceAt: now - 12_000,
      what: 'Edit',
      detail: 'src/store/ledger.ts',
    },
    {
      sessionId: 's-atlas',
      project: 'atlas-api',
      state: 'waiting',
      sinceAt: now - 130_000,
      what: 'Allow Bash?',
      detail: 'git push origin release/4.2',
    },
    {
      sessionId: 's-docs',
      project: 'docs-site',
      state: 'running',
      sinceAt: now - 271_000,
      what: 'Agent',
      detail: 'link-check, titles, redirects',
    },
  ];
}

/** The glance of a working day, at 14:45. */
export function fakeGlance(now: number): GlanceView {
  const calls = sum(todayCalls);
  const errors = sum(todayErrors);
  const yesterday = fakeDays.at(-2);
  const lengthMs = TODAY_STEP * TODAY_BUCKETS;
  return {
    now,
    timeZone: FAKE_ZONE,
    health: fakeHealthLine(now),
    today: {
      fromAt: TODAY_FROM,
      stepMs: TODAY_STEP,
      buckets: TODAY_BUCKETS,
      record: { segments: [{ fromAt: TODAY_FROM, toAt: now, kind: 'hook' }], missing: 0 },
      calls: { total: calls, series: [...todayCalls] },
      success: {
        rate: 1 - errors / (calls * 0.988),
        sample: Math.round(calls * 0.988),
        series: todayCalls.map((value, index) =>
          value > 4 ? (value - (todayErrors[index] ?? 0)) / value : null,
        ),
      },
      errors: { total: errors, series: [...todayErrors] },
      sessions: { total: 7, series: SESSIONS_OPEN },
      active: {
        totalMs: 312 * MINUTE,
        spans: ACTIVE.map(([from, to]) => [
          TODAY_FROM + from * lengthMs,
          TODAY_FROM + to * lengthMs,
        ]),
      },
      usage: fakeFigures(calls),
    },
    yesterday: {
      calls: sum(yesterday?.calls ?? []),
      sessions: 6,
      errors: sum(yesterday?.errors ?? []),
    },
    liveSessions: fakeSessions(now),
    lastErrors: [
      fakeEvent({
        id: 'x1',
        at: now - 6.2 * MINUTE,
        name: 'Bash',
        detail: 'npm test -- ledger',
        outcome: 'failed',
        error: 'exit 1',
      }),
      fakeEvent({
        id: 'x2',
        at: now - 14.5 * MINUTE,
        name: 'Bash',
        detail: 'docker compose up --wait',
        outcome: 'timed_out',
        error: 'after 120 s',
        project: 'atlas-api',
      }),
      fakeEvent({
        id: 'x3',
        at: now - 21.3 * MINUTE,
        name: 'Edit',
        detail: 'src/store/ledger.ts',
        outcome: 'failed',
        error: 'text not found',
      }),
    ],
  };
}

/** A morning on which nothing has happened yet. */
export function quietGlance(now: number): GlanceView {
  const glance = fakeGlance(now);
  const fromAt = now - (now % (24 * 60 * MINUTE));
  const buckets = Math.ceil((now - fromAt + 1) / TODAY_STEP);
  const zeros = Array.from({ length: buckets }, () => 0);
  return {
    ...glance,
    health: { ...glance.health, state: 'idle', lastEventAt: Date.UTC(2026, 10, 23, 18, 52) },
    today: {
      fromAt,
      stepMs: TODAY_STEP,
      buckets,
      record: { segments: [{ fromAt, toAt: now, kind: 'hook' }], missing: 0 },
      calls: { total: 0, series: zeros },
      success: { rate: null, sample: 0, series: zeros.map(() => null) },
      errors: { total: 0, series: zeros },
      sessions: { total: 0, series: zeros },
      active: { totalMs: 0, spans: [] },
      usage: fakeFigures(0),
    },
    liveSessions: [],
    lastErrors: [],
  };
}
