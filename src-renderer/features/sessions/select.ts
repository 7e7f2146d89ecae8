/** One session: places on its axis, where its time went, and what it is called. */
import type { SessionView, TimeSpan } from '../../../src-core/contract/work.ts';

/** A session as the timeline draws it. */
export type Session = NonNullable<SessionView['session']>;

/** The axis of a timeline: a place in pixels for each moment. */
export interface Axis {
  readonly fromAt: number;
  readonly toAt: number;
  x(at: number): number;
  /** Moments that are written on the axis. */
  readonly ticks: readonly number[];
  /** The ticks are less than a minute apart. */
  readonly hasSeconds: boolean;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const STEPS_MS = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12, 24].map((hours) => hours * HOUR),
];
const TICK_ROOM_PX = 90;
/** Half of the text of a tick, which must not reach beyond the axis. */
const TICK_HALF_PX = 16;

/** Lays a stretch over a width; ticks stand on whole steps of the clock. */
export function axisOf({ fromAt, toAt }: TimeSpan, left: number, right: number): Axis {
  const length = Math.max(1, toAt - fromAt);
  const most = Math.max(1, Math.floor((right - left) / TICK_ROOM_PX));
  const step = STEPS_MS.find((ms) => length / ms <= most) ?? 48 * HOUR;
  const ticks: number[] = [];
  const x = (at: number): number => {
    const place = left + ((at - fromAt) / length) * (right - left);
    return Math.round(Math.min(right, Math.max(left, place)) * 10) / 10;
  };
  for (let at = Math.ceil(fromAt / step) * step; at <= toAt; at += step) {
    if (x(at) <= right - TICK_HALF_PX) ticks.push(at);
  }
  return { fromAt, toAt, x, ticks, hasSeconds: step < MINUTE };
}

/** Where the time of a session went, in the order of the page; the parts add up to its length. */
export function splitOf(
  session: Pick<Session, 'fromAt' | 'turns' | 'waitedMs' | 'toolsMs'>,
  endsAt: number,
): { readonly key: 'claude' | 'tools' | 'waiting' | 'quiet'; readonly ms: number }[] {
  const length = Math.max(0, endsAt - session.fromAt);
  const inTurns = session.turns.reduce((sum, { fromAt, toAt }) => sum + toAt - fromAt, 0);
  const tools = Math.min(session.toolsMs, length);
  const waiting = Math.min(session.waitedMs, length - tools);
  // Tools may run on in the background when their turn is over.
  const claude = Math.max(0, Math.min(inTurns, length) - tools - waiting);
  return [
    { key: 'claude', ms: claude },
    { key: 'tools', ms: tools },
    { key: 'waiting', ms: waiting },
    { key: 'quiet', ms: Math.max(0, length - tools - waiting - claude) },
  ];
}

/** Agents in rows, so that those which worked at the same time do not cover each other. */
export function stackAgents<T extends TimeSpan>(agents: readonly T[]): readonly (readonly T[])[] {
  const rows: T[][] = [];
  for (const agent of agents.toSorted((a, b) => a.fromAt - b.fromAt)) {
    const free = rows.find((row) => (row.at(-1)?.toAt ?? 0) < agent.fromAt);
    if (free === undefined) rows.push([agent]);
    else free.push(agent);
  }
  return rows;
}

/** The first part of a session's id, by which it is told from others. */
export function shortId(sessionId: string): string {
  return sessionId.slice(0, 8);
}
