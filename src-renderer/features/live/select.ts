/** The stream: which events a kind lets through, and which belong to a subagent. */
import type { EventRow } from '../../../src-core/contract/views.ts';
import { isPromptEvent } from '../../data/words.ts';

/** The kinds that the stream can be cut down to. */
export const KINDS = [
  'all',
  'prompts',
  'tools',
  'errors',
  'permissions',
  'agents',
  'sessions',
] as const;
export type Kind = (typeof KINDS)[number];

const isError = ({ outcome }: EventRow): boolean => outcome === 'failed' || outcome === 'timed_out';

const IS_OF_KIND: Readonly<Record<Kind, (event: EventRow) => boolean>> = {
  all: () => true,
  prompts: isPromptEvent,
  tools: ({ kind }) => kind === 'tool',
  errors: isError,
  permissions: ({ name, outcome }) =>
    name.startsWith('Permission') || outcome === 'denied' || outcome === 'rejected',
  agents: ({ name, agentType }) => agentType !== null || name.startsWith('Subagent'),
  sessions: ({ kind }) => kind === 'session',
};

/** How many events each kind lets through. */
export function countKinds(events: readonly EventRow[]): Readonly<Record<Kind, number>> {
  const counts = {
    all: 0,
    prompts: 0,
    tools: 0,
    errors: 0,
    permissions: 0,
    agents: 0,
    sessions: 0,
  };
  for (const event of events) {
    for (const kind of KINDS) if (IS_OF_KIND[kind](event)) counts[kind] += 1;
  }
  return counts;
}

/** One row of the stream. */
export interface StreamRow {
  readonly event: EventRow;
  /** It is drawn below the subagent that it belongs to. */
  readonly isSub: boolean;
  /** Another prompt or project begins with it. */
  readonly isTurn: boolean;
}

/** The stream, oldest first, of events that are given newest first. */
export function streamRows(events: readonly EventRow[], kind: Kind): readonly StreamRow[] {
  const shown = events.filter(IS_OF_KIND[kind]).toReversed();
  return shown.map((event, index) => {
    const before = shown[index - 1];
    return {
      event,
      isSub: event.agentType !== null && !event.name.startsWith('Subagent'),
      isTurn: before !== undefined && (isPromptEvent(event) || event.project !== before.project),
    };
  });
}

/** How many of the events, newest first, are newer than one of them; all of them if it is not there. */
export function newerThan(events: readonly EventRow[], id: string | null): number {
  if (id === null) return 0;
  const index = events.findIndex((event) => event.id === id);
  return index === -1 ? events.length : index;
}
