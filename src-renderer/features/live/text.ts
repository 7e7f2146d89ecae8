import { plural } from '../../data/plural.ts';

/** Every sentence of the live page. */
export const text = {
  title: 'Live',
  sub: (sessions: number, shown: string) =>
    plural(sessions, { one: '1 session open', other: `${shown} sessions open` }),
  noSession: 'no session open',
  pulse: 'Last ten minutes',
  pulseLabel: (events: string) => `Events in the last ten minutes: ${events}`,
  now: 'now',
  lastMinute: 'last minute',
  sessions: 'sessions',
  inFlightCount: 'in flight',
  hold: 'Hold',
  follow: 'Follow',
  holdTitle: 'Hold the list, Space',
  followTitle: 'Follow the newest events, Space',
  list: 'Events, newest last',
  newer: (count: number, shown: string) =>
    plural(count, { one: '1 newer ↓', other: `${shown} newer ↓` }),
  toNewest: 'Newest ↓',
  loadOlder: 'Load Earlier Events',
  loading: 'Loading…',
  tryAgain: 'Try Again',
  olderFailed: (reason: string) => `Earlier events could not be read: ${reason}.`,
  inFlight: 'In flight',
  needsYou: 'needs your answer',
  kinds: {
    all: 'All',
    prompts: 'Prompts',
    tools: 'Tools',
    errors: 'Errors',
    permissions: 'Permissions',
    agents: 'Agents',
    sessions: 'Sessions',
  },
  kindsLabel: 'Kinds of events',
  noneOfKind: 'None of this kind among the events that are loaded.',
  empty: {
    title: 'No events yet',
    lead: 'The hooks are in place. The first call of the next Claude Code session appears here.',
  },
} as const;
