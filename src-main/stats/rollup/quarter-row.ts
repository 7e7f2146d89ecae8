/** What a quarter of an hour adds up to as a whole: witnesses, calls, sessions, time at work, flow. */
import type { Source } from '../../../src-core/contract/views.ts';
import type { Row } from '../../../src-core/store/driver.ts';
import { foldWindow } from '../flow-fold.ts';
import type { Columns } from './rows.ts';

/** Above this score a window counts as flow. */
export const IN_FLOW = 0.7;

/** Events closer than this belong to one stretch of work. */
export const ACTIVE_GAP_MS = 5 * 60_000;

function isGood({ outcome }: Row): boolean {
  return outcome === 'succeeded' || outcome === 'expected';
}

function isBad({ outcome }: Row): boolean {
  return outcome === 'failed' || outcome === 'timed_out';
}

/** What must be known of the rest of the record. */
export interface Surroundings {
  readonly quarter: number;
  /** How long sessions waited in the quarter, all together. */
  readonly waitedMs: number;
  /** The last event before the quarter; null if there is none. */
  readonly beforeAt: number | null;
}

/** True for what the errors count: failed calls, and what the API answered instead of an answer. */
export function isError(event: Row): boolean {
  return event.hook_event === 'StopFailure' || (event.kind === 'tool' && isBad(event));
}

/** The row of a quarter with events. */
export function quarterRow(events: readonly Row[], around: Surroundings): Columns {
  const sums = countEvents(events);
  const firstAt = Number(events[0]?.at_ms);
  return {
    ...sums,
    first_at_ms: firstAt,
    last_at_ms: Number(events.at(-1)?.at_ms),
    link_ms: linkOf(around.beforeAt, firstAt),
    ...flowColumns(events, around),
  };
}

function countEvents(events: readonly Row[]): Counts {
  const counts: Counts = { ...NOTHING };
  let before = Number(events[0]?.at_ms);
  for (const event of events) {
    const at = Number(event.at_ms);
    counts.active_ms += closeGap(before, at);
    before = at;
    counts[event.via === 'journal' ? 'journal' : (event.source as Source)]++;
    if (event.kind === 'tool') countCall(counts, event);
    if (event.kind === 'session') countSession(counts, event);
  }
  return counts;
}

const NOTHING = {
  ...{ hook: 0, spool: 0, journal: 0, transcript: 0, old: 0 },
  ...{ calls: 0, good: 0, bad: 0, filled_in: 0 },
  ...{ starts: 0, first_start: null as number | null },
  ...{ ends: 0, first_end: null as number | null },
  active_ms: 0,
};
type Counts = typeof NOTHING;

function countCall(counts: Counts, event: Row): void {
  counts.calls++;
  if (isGood(event)) counts.good++;
  if (isBad(event)) counts.bad++;
  if (event.source === 'transcript') counts.filled_in++;
}

function countSession(counts: Counts, event: Row): void {
  const seq = Number(event.seq);
  if (event.hook_event === 'SessionStart') {
    counts.starts++;
    counts.first_start = Math.min(counts.first_start ?? seq, seq);
  } else {
    counts.ends++;
    counts.first_end = Math.min(counts.first_end ?? seq, seq);
  }
}

function closeGap(from: number, to: number): number {
  return to - from <= ACTIVE_GAP_MS ? to - from : 0;
}

/** The time between the last event before a quarter and its first one, if work went on meanwhile. */
export function linkOf(beforeAt: number | null, firstAt: number): number {
  return beforeAt === null ? 0 : closeGap(beforeAt, firstAt);
}

/** Scores are kept in whole billionths, so that they can be taken away again exactly. */
export const SCORE_UNIT = 1e9;

function flowColumns(events: readonly Row[], { quarter, waitedMs }: Surroundings): Columns {
  const own = events.filter(({ kind, source }) => kind === 'tool' && source !== 'old');
  const steps = own.map(({ outcome, project }) => ({
    outcome: outcome === null ? null : String(outcome),
    project: project === null ? null : String(project),
  }));
  const window = foldWindow(quarter, steps, waitedMs);
  const whole = (value: number | null | undefined): number | null =>
    value === null || value === undefined ? null : Math.round(value * SCORE_UNIT);
  return {
    flow_calls: own.length,
    score: whole(window?.score),
    tempo: whole(window?.components.tempo),
    success: whole(window?.components.success),
    focus: whole(window?.components.focus),
    unblocked: whole(window?.components.unblocked),
    steadiness: whole(window?.components.steadiness),
  };
}
