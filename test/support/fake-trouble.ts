/** What can be wrong with the fake main process: old figures, missing hooks, a pause, failures, silence. */
import type { Handlers } from '../../src-core/contract/ipc.ts';
import type { GlanceView, HealthLine } from '../../src-core/contract/views.ts';
import { FakeFailure } from './fake-bridge.ts';
import { fakePlan, hooksMissing, spoolWaits } from './fake-health.ts';
import { MINUTE, sum, TODAY_STEP } from './fake-history.ts';

/** Main's time in the fake world. */
export type FakeClock = () => number;

/** The same answers under another health line. */
export function withHealth(
  handlers: Handlers,
  change: (health: HealthLine) => HealthLine,
): Handlers {
  return {
    ...handlers,
    'glance.read': async () => {
      const view = await handlers['glance.read']({});
      return { ...view, health: change(view.health) };
    },
    'overview.read': async (argument) => {
      const view = await handlers['overview.read'](argument);
      return { ...view, health: change(view.health) };
    },
    'live.read': async (argument) => {
      const view = await handlers['live.read'](argument);
      return { ...view, health: change(view.health) };
    },
    'ranks.read': async (argument) => {
      const view = await handlers['ranks.read'](argument);
      return { ...view, health: change(view.health) };
    },
    'sessions.read': async (argument) => {
      const view = await handlers['sessions.read'](argument);
      return { ...view, health: change(view.health) };
    },
    'usage.read': async (argument) => {
      const view = await handlers['usage.read'](argument);
      return { ...view, health: change(view.health) };
    },
    'health.read': async () => {
      const view = await handlers['health.read']({});
      return { ...view, health: change(view.health) };
    },
  };
}

/** The stores stopped answering at 14:27, so nothing after that is in any figure. */
export function stale(usual: Handlers, clock: FakeClock): Handlers {
  const dataAt = clock() - 18 * MINUTE;
  const old = withHealth(usual, (health) => ({ ...health, dataAt, lastEventAt: dataAt - 4000 }));
  return {
    ...old,
    'glance.read': async () => {
      const view = await old['glance.read']({});
      return { ...cutGlance(view, dataAt), liveSessions: view.liveSessions };
    },
  };
}

/** A glance that knows nothing from a moment on. */
function cutGlance(view: GlanceView, since: number): GlanceView {
  const { today } = view;
  const known = Math.floor((since - today.fromAt) / TODAY_STEP);
  const cut = (series: readonly (number | null)[]): (number | null)[] =>
    series.map((value, index) => (index >= known ? null : value));
  const calls = cut(today.calls.series);
  const errors = cut(today.errors.series);
  return {
    ...view,
    today: {
      ...today,
      record: { missing: null, segments: [{ kind: 'hook', fromAt: today.fromAt, toAt: since }] },
      calls: { total: sum(calls), series: calls },
      success: { ...today.success, series: cut(today.success.series) },
      errors: { total: sum(errors), series: errors },
      sessions: { ...today.sessions, series: cut(today.sessions.series) },
      active: {
        totalMs: today.active.totalMs - (today.fromAt + TODAY_STEP * today.buckets - since),
        spans: today.active.spans.map(([from, to]) => [from, Math.min(to, since)]),
      },
    },
    lastErrors: view.lastErrors.filter((error) => error.at < since),
  };
}

/** The hooks went from the settings at 14:02, and something waits in the spool. */
export function attention(usual: Handlers, clock: FakeClock): Handlers {
  const broken = withHealth(usual, (health) => ({
    ...health,
    state: 'attention',
    lastEventAt: hooksMissing.sinceAt,
    findings: [hooksMissing, spoolWaits],
  }));
  return {
    ...broken,
    'glance.read': async () => {
      const view = cutGlance(await broken['glance.read']({}), hooksMissing.sinceAt ?? 0);
      const since = hooksMissing.sinceAt ?? 0;
      const { today } = view;
      const record = {
        missing: null,
        segments: [
          ...today.record.segments,
          { kind: 'missing' as const, fromAt: since, toAt: clock() },
        ],
      };
      return { ...view, today: { ...today, record }, liveSessions: [] };
    },
    'health.read': async () => {
      const view = await broken['health.read']({});
      return {
        ...view,
        spool: { waiting: 12, oldestAt: clock() - 14 * MINUTE },
        quarantine: 2,
        hookErrors: {
          today: 3,
          last: { at: clock() - 44 * MINUTE, message: 'database is locked; kept in the spool' },
        },
        hook: { ...view.hook, installed: false },
        streams: view.streams.map((stream, index) =>
          index === 0
            ? { ...stream, inSqlite: (stream.inSqlite ?? 0) - 12, quarantined: 2 }
            : stream,
        ),
      };
    },
    'install.plan': async () => fakePlan,
  };
}

/** Recording was switched off an hour and a half ago. */
export function paused(usual: Handlers, clock: FakeClock): Handlers {
  const quiet = withHealth(usual, (health) => ({
    ...health,
    state: 'paused',
    lastEventAt: clock() - 95 * MINUTE,
  }));
  return {
    ...quiet,
    'glance.read': async () => {
      const view = await quiet['glance.read']({});
      const since = clock() - 95 * MINUTE;
      return {
        ...view,
        today: {
          ...view.today,
          record: {
            missing: 0,
            segments: [
              { kind: 'hook', fromAt: view.today.fromAt, toAt: since },
              { kind: 'paused', fromAt: since, toAt: clock() },
            ],
          },
        },
        liveSessions: [],
      };
    },
  };
}

/** Nothing can be read. */
export function failing(usual: Handlers): Handlers {
  const fail = async (): Promise<never> => {
    throw new FakeFailure('store', 'The database could not be opened');
  };
  return {
    ...usual,
    'glance.read': fail,
    'overview.read': fail,
    'events.read': fail,
    'live.read': fail,
    'filter.choices': fail,
    'ranks.read': fail,
    'sessions.read': fail,
    'session.read': fail,
    'usage.read': fail,
    'research.read': fail,
    'settings.read': fail,
    'health.read': fail,
    'install.plan': fail,
    'refresh.run': fail,
    'capture.pause': fail,
    'capture.resume': fail,
    'install.apply': fail,
  };
}

/** No reading ever ends. */
export function silent(): Partial<Handlers> {
  const never = (): Promise<never> => new Promise(() => undefined);
  return {
    'glance.read': never,
    'overview.read': never,
    'events.read': never,
    'live.read': never,
    'filter.choices': never,
    'ranks.read': never,
    'sessions.read': never,
    'session.read': never,
    'usage.read': never,
    'research.read': never,
    'settings.read': never,
    'health.read': never,
    'install.plan': never,
  };
}
