/** The fake world at its widest: long names, large numbers, many sessions; nothing may overflow. */
import type {
  GlanceView,
  LiveSession,
  OverviewView,
  RangeDays,
} from '../../src-core/contract/views.ts';
import { fakeGlance, fakeSessions } from './fake-glance.ts';
import { fakeOverview } from './fake-overview.ts';

const LONG_PROJECT = 'a-repository-with-a-name-that-somebody-could-not-stop-typing';
const LONG_PATH =
  'packages/billing/src/main/java/org/example/invoicing/internal/ReconcileStatements.java';

/** A glance with eight sessions and texts that do not fit. */
export function crowdedGlance(now: number): GlanceView {
  const glance = fakeGlance(now);
  const more = Array.from(
    { length: 5 },
    (_, index): LiveSession => ({
      sessionId: `more-${index}`,
      project: index === 0 ? LONG_PROJECT : null,
      state: index % 2 === 0 ? 'idle' : 'running',
      sinceAt: now - index * 3_700_000,
      what: index === 0 ? 'mcp__postgres__run_a_rather_long_named_query' : null,
      detail: index === 0 ? LONG_PATH : null,
    }),
  );
  return {
    ...glance,
    health: {
      ...glance.health,
      state: 'attention',
      findings: [
        {
          code: 'drift',
          severity: 'attention',
          title: '1,204,311 events are in one store only',
          detail: `Both stores are whole, but ${LONG_PATH} was written by two programs at once. Refreshing takes the missing events over, in both directions.`,
          sinceAt: now - 7_000_000,
          action: 'refresh',
        },
      ],
    },
    today: {
      ...glance.today,
      calls: { ...glance.today.calls, total: 1_204_311 },
      active: { ...glance.today.active, totalMs: 23.9 * 3_600_000 },
      success: { ...glance.today.success, rate: 0.99996 },
    },
    liveSessions: [...fakeSessions(now), ...more],
    lastErrors: glance.lastErrors.map((error) => ({
      ...error,
      detail: LONG_PATH,
      error: 'the text to replace was not found in the file',
      at: error.at - 300_000_000,
    })),
  };
}

/** An overview with seven-digit counts and long tool names. */
export function crowdedOverview(days: RangeDays, now: number): OverviewView {
  const view = fakeOverview(days, now);
  const { kpis } = view;
  return {
    ...view,
    record: {
      ...view.record,
      missing: 1204,
      segments: view.record.segments.map((segment, index) =>
        index === 1 ? { ...segment, kind: 'missing' } : segment,
      ),
    },
    kpis: {
      ...kpis,
      calls: { value: 12_204_311, previous: 9_911_204 },
      errors: { value: 204_311, previous: 0 },
      activeMs: { value: 2_999.7 * 3_600_000, previous: 2_100 * 3_600_000 },
    },
    tools: view.tools.map((tool, index) =>
      index === 1
        ? { ...tool, tool: 'mcp__postgres__run_a_rather_long_named_query', calls: 1_204_311 }
        : { ...tool, calls: tool.calls * 71 },
    ),
    recent: view.recent.map((event) => ({ ...event, detail: LONG_PATH, project: LONG_PROJECT })),
  };
}
