/** The fake main process in each state that the pages have to draw. */
import type { Handlers } from '../../src-core/contract/ipc.ts';
import type { OverviewView } from '../../src-core/contract/views.ts';
import { crowdedGlance, crowdedOverview } from './fake-crowd.ts';
import { fakeEvent } from './fake-events.ts';
import { fakeGlance, quietGlance } from './fake-glance.ts';
import { fakeHealth, fakePlan, fakeReport } from './fake-health.ts';
import { FAKE_NOW, HOUR, MINUTE } from './fake-history.ts';
import { fakeOverview } from './fake-overview.ts';
import { fakeRepairs } from './fake-repair.ts';
import { fakeSession, fakeSessions } from './fake-sessions.ts';
import { fakeSettings } from './fake-settings.ts';
import {
  attention,
  type FakeClock,
  failing,
  paused,
  silent,
  stale,
  withHealth,
} from './fake-trouble.ts';
import { fakeResearch, fakeUsage, noUsage } from './fake-usage.ts';
import { fakeLive, fakeRanks, fakeScoped } from './fake-work.ts';

/** The states, by the name that a page's address gives. */
export const fakeWorldNames = [
  'normal',
  'nothing-today',
  'stale',
  'attention',
  'paused',
  'not-installed',
  'fresh',
  'error',
  'loading',
  'crowded',
  'refused',
] as const;
export type FakeWorldName = (typeof fakeWorldNames)[number];

/** Handlers of a working day; `clock` is main's time. */
function normal(clock: FakeClock): Handlers {
  const settings = fakeSettings();
  return {
    'glance.read': async () => fakeGlance(clock()),
    'glance.fit': async () => null,
    'glance.close': async () => null,
    'overview.read': async ({ days }) => fakeOverview(days, clock()),
    'events.read': async ({ limit, beforeAt, scope }) => ({
      now: clock(),
      events: fakeScoped(scope, beforeAt ?? clock() + 1, limit),
    }),
    'live.read': async ({ filter, limit }) => fakeLive(clock(), limit, filter),
    'filter.choices': async () => ({
      projects: ['hookline', 'docs-site', 'atlas-api'].map((name, index) => ({
        folder: `/home/dev/${name}`,
        name,
        calls: 9000 >> index,
      })),
      models: ['claude-sonnet-4-5', 'claude-opus-4-1'],
    }),
    'ranks.read': async ({ by, chosen }) => fakeRanks(by, chosen, clock()),
    'sessions.read': async ({ limit }) => fakeSessions(clock(), limit),
    'session.read': async ({ sessionId }) => fakeSession(sessionId, clock()),
    'usage.read': async ({ filter }) => fakeUsage(filter.days, clock()),
    'research.read': async () => fakeResearch(clock()),
    'health.read': async () => fakeHealth(clock()),
    'refresh.run': async () => fakeReport,
    ...fakeRepairs(clock),
    'capture.pause': async () => ({ isPaused: true }),
    'capture.resume': async () => ({ isPaused: false }),
    'install.plan': async () => ({ ...fakePlan, alreadyInstalled: true, diff: '' }),
    'install.apply': async () => ({ installed: true, message: 'The hooks are in place.' }),
    'install.test': async () => ({
      isStored: true,
      message: 'A test event came through the hook.',
      event: fakeEvent({
        id: 'test',
        at: clock(),
        kind: 'other',
        name: 'HooklineTest',
        project: null,
      }),
    }),
    'app.place': async () => ({ canMove: false }),
    'app.move': async () => ({ isMoved: false, message: 'Hookline was not moved.' }),
    'settings.read': async () => settings.read(clock()),
    'settings.change': async (change) => settings.change(change),
    'settings.chooseFolder': async () => ({ folder: '/home/dev/secret' }),
    'settings.open': async () => null,
    'dashboard.open': async () => null,
    'app.quit': async () => null,
  };
}

/** The handlers of a state. */
export function fakeWorld(name: FakeWorldName, clock: FakeClock = () => FAKE_NOW): Handlers {
  const usual = normal(clock);
  switch (name) {
    case 'normal':
      return usual;
    case 'nothing-today': {
      const morning = (): number => clock() - (5 * HOUR + 33 * MINUTE);
      return { ...usual, 'glance.read': async () => quietGlance(morning()) };
    }
    case 'stale':
      return stale(usual, clock);
    case 'attention':
      return attention(usual, clock);
    case 'paused':
      return paused(usual, clock);
    case 'not-installed':
      return notInstalled(usual, clock);
    case 'fresh':
      return withHealth(nothingRecorded(usual, clock), (health) => ({
        ...health,
        state: 'idle',
        lastEventAt: null,
      }));
    case 'error':
      return failing(usual);
    case 'loading':
      return { ...usual, ...silent() };
    case 'crowded':
      return {
        ...usual,
        'glance.read': async () => crowdedGlance(clock()),
        'overview.read': async ({ days }) => crowdedOverview(days, clock()),
      };
    case 'refused':
      return {
        ...notInstalled(usual, clock),
        'install.plan': async () => ({
          ...fakePlan,
          refusal:
            'settings.json is not valid JSON: line 14 has a comma too many. Mend it, then come back.',
          diff: '',
        }),
      };
  }
}

function nothingRecorded(usual: Handlers, clock: FakeClock): Handlers {
  return {
    ...usual,
    'glance.read': async () => ({ ...quietGlance(clock()), yesterday: null }),
    'overview.read': async ({ days }) => emptied(await usual['overview.read']({ days })),
    'events.read': async () => ({ now: clock(), events: [] }),
    'live.read': async (question) => {
      const view = await usual['live.read'](question);
      const ticks = view.pulse.ticks.map(() => 0);
      const pulse = { ...view.pulse, ticks, lastMinute: 0, sessions: 0 };
      return { ...view, pulse, events: [], inFlight: [] };
    },
    'filter.choices': async () => ({ projects: [], models: [] }),
    'ranks.read': async (question) => {
      const view = await usual['ranks.read'](question);
      return { ...view, figures: [], rows: [], detail: null };
    },
    'sessions.read': async (question) => ({
      ...(await usual['sessions.read'](question)),
      sessions: [],
      total: 0,
    }),
    'usage.read': async () => noUsage(clock()),
    'research.read': async (question) => ({
      ...(await usual['research.read'](question)),
      links: [],
      routing: [],
    }),
    'health.read': async () => {
      const view = await usual['health.read']({});
      return {
        ...view,
        total: 0,
        bySource: { hook: 0, spool: 0, journal: 0, transcript: 0, old: 0 },
        streams: view.streams.map((stream) => ({
          ...stream,
          inSqlite: 0,
          inJsonl: 0,
          healed: 0,
          duplicates: 0,
        })),
      };
    },
  };
}

function emptied(view: OverviewView): OverviewView {
  const none = { value: 0, previous: null };
  return {
    ...view,
    record: {
      segments: [],
      ticks: [],
      total: 0,
      bySource: { hook: 0, spool: 0, journal: 0, transcript: 0, old: 0 },
      missing: null,
    },
    kpis: {
      calls: none,
      success: { value: null, previous: null },
      errors: none,
      sessions: none,
      activeMs: none,
    },
    activity: {
      unit: view.activity.unit,
      points: view.activity.points.map(({ at }) => ({ at, calls: 0, errors: 0, filledIn: 0 })),
    },
    outcomes: view.outcomes.map(({ outcome }) => ({ outcome, count: 0 })),
    heat: view.heat.map((row) => row.map((value) => (value === null ? null : 0))),
    tools: [],
    otherTools: { tools: 0, calls: 0, successRate: null },
    recent: [],
  };
}

function notInstalled(usual: Handlers, clock: FakeClock): Handlers {
  const bare = withHealth(nothingRecorded(usual, clock), (health) => ({
    ...health,
    state: 'not-installed',
    lastEventAt: null,
    drift: null,
    checkedAt: null,
  }));
  return {
    ...bare,
    'health.read': async () => {
      const view = await bare['health.read']({});
      return {
        ...view,
        streams: [],
        hook: { installed: false, version: null, runtimes: view.hook.runtimes.slice(0, 1) },
        places: view.places.map((place) => ({ ...place, bytes: null })),
      };
    },
    'install.plan': async () => fakePlan,
  };
}
