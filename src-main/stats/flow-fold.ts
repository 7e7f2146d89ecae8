/**
 * How well work flowed: a fold over all events in the order of their times, into windows of a
 * quarter of an hour (UTC), each with a score between 0 and 1 from components between 0 and 1.
 */
import { QUARTER_MS } from './zone.ts';

/** Version of the formula; raised when the same events give other scores. */
export const FLOW_DEFINITION = 1;

/** What the fold needs to know of an event. */
export interface FlowStep {
  readonly at: number;
  readonly kind: string;
  readonly sessionId: string | null;
  readonly project: string | null;
  readonly outcome: string | null;
  /** True for an event that tells of an open question whether something is allowed. */
  readonly asksPermission: boolean;
}

/** The parts of a score, each between 0 and 1. */
export interface FlowComponents {
  /** Calls, up to those of a busy window. */
  readonly tempo: number;
  /** Share of good calls; null where no end is known. */
  readonly success: number | null;
  /** Share of calls that stayed in the project of the one before. */
  readonly focus: number;
  /** Share of the window in which nobody waited for a permission. */
  readonly unblocked: number;
  /** 1 without errors in a row, 0 with five of them. */
  readonly steadiness: number;
}

/** One window with calls in it. */
export interface FlowWindow {
  /** When it began. */
  readonly from: number;
  readonly calls: number;
  readonly components: FlowComponents;
  readonly score: number;
}

interface Tally {
  calls: number;
  good: number;
  bad: number;
  switches: number;
  project: string | null;
  errorsInARow: number;
  mostErrorsInARow: number;
  waitedMs: number;
}

/** What is known after some events. */
export interface FlowFold {
  /** By the number of their quarter. */
  readonly windows: Map<number, Tally>;
  /** Since when each session waits for a permission. */
  readonly waiting: Map<string, number>;
}

/** Of a record of which no event is known yet. */
export function newFlowFold(): FlowFold {
  return { windows: new Map(), waiting: new Map() };
}

/** Adds events, in their order, to what is known; the same whether they come at once or in parts. */
export function foldFlow(fold: FlowFold, steps: Iterable<FlowStep>): FlowFold {
  for (const step of steps) {
    if (step.sessionId !== null) takeWaiting(fold, step, step.sessionId);
    if (step.kind === 'tool') takeCall(tallyAt(fold, step.at), step);
  }
  return fold;
}

/** The windows that have calls, in the order of time. */
export function windowsOf({ windows }: FlowFold): FlowWindow[] {
  return [...windows]
    .filter(([, { calls }]) => calls > 0)
    .sort(([a], [b]) => a - b)
    .map(([quarter, tally]) => windowOf(quarter, tally));
}

/** How long anybody waited in each quarter, by its number. */
export function waitsOf({ windows }: FlowFold): ReadonlyMap<number, number> {
  const waits = [...windows].filter(([, { waitedMs }]) => waitedMs > 0);
  return new Map(waits.map(([quarter, { waitedMs }]) => [quarter, waitedMs]));
}

/**
 * The window that the calls of one quarter make, in which all sessions together waited that long;
 * null where there are none.
 */
export function foldWindow(
  quarter: number,
  calls: Iterable<Pick<FlowStep, 'outcome' | 'project'>>,
  waitedMs: number,
): FlowWindow | null {
  const tally = { ...newTally(), waitedMs };
  for (const call of calls) takeCall(tally, call);
  return tally.calls === 0 ? null : windowOf(quarter, tally);
}

function windowOf(quarter: number, tally: Tally): FlowWindow {
  const components = componentsOf(tally);
  return {
    from: quarter * QUARTER_MS,
    calls: tally.calls,
    components,
    score: scoreOf(components),
  };
}

/** Calls of a window that is as busy as one needs to be. */
const BUSY_CALLS = 20;
/** Errors in a row from which on nothing is steady any more. */
const STUCK_ERRORS = 5;

function componentsOf(tally: Tally): FlowComponents {
  const sample = tally.good + tally.bad;
  return {
    tempo: Math.min(1, tally.calls / BUSY_CALLS),
    success: sample === 0 ? null : tally.good / sample,
    focus: tally.calls === 1 ? 1 : 1 - tally.switches / (tally.calls - 1),
    // Several sessions may wait at the same time.
    unblocked: 1 - Math.min(1, tally.waitedMs / QUARTER_MS),
    steadiness: 1 - Math.min(1, Math.max(0, tally.mostErrorsInARow - 1) / (STUCK_ERRORS - 1)),
  };
}

/** Tempo weighs most: a lone call in which nothing went wrong is no flow. */
const WEIGHTS: Readonly<Record<keyof FlowComponents, number>> = {
  tempo: 0.4,
  success: 0.25,
  focus: 0.15,
  unblocked: 0.1,
  steadiness: 0.1,
};

/** The weighted mean of the components that are known, between 0 and 1. */
export function scoreOf(components: FlowComponents): number {
  let sum = 0;
  let weights = 0;
  for (const [name, weight] of Object.entries(WEIGHTS)) {
    const value = components[name as keyof FlowComponents];
    if (value === null) continue;
    sum += weight * value;
    weights += weight;
  }
  return sum / weights;
}

function takeCall(tally: Tally, { outcome, project }: Pick<FlowStep, 'outcome' | 'project'>): void {
  tally.calls++;
  if (project !== null) {
    if (tally.project !== null && tally.project !== project) tally.switches++;
    tally.project = project;
  }
  if (outcome === 'succeeded' || outcome === 'expected') {
    tally.good++;
    tally.errorsInARow = 0;
  }
  if (outcome === 'failed' || outcome === 'timed_out') {
    tally.bad++;
    tally.errorsInARow++;
    tally.mostErrorsInARow = Math.max(tally.mostErrorsInARow, tally.errorsInARow);
  }
}

/** A session waits from the question to its next event, for a quarter of an hour at most. */
function takeWaiting(fold: FlowFold, step: FlowStep, sessionId: string): void {
  const since = fold.waiting.get(sessionId);
  if (since !== undefined) addWait(fold, since, Math.min(step.at, since + QUARTER_MS));
  if (step.asksPermission) fold.waiting.set(sessionId, step.at);
  else fold.waiting.delete(sessionId);
}

function addWait(fold: FlowFold, from: number, to: number): void {
  const border = (Math.floor(from / QUARTER_MS) + 1) * QUARTER_MS;
  tallyAt(fold, from).waitedMs += Math.min(to, border) - from;
  if (to > border) tallyAt(fold, border).waitedMs += to - border;
}

function tallyAt({ windows }: FlowFold, at: number): Tally {
  const quarter = Math.floor(at / QUARTER_MS);
  const known = windows.get(quarter);
  if (known !== undefined) return known;
  const tally = newTally();
  windows.set(quarter, tally);
  return tally;
}

function newTally(): Tally {
  return {
    calls: 0,
    good: 0,
    bad: 0,
    switches: 0,
    project: null,
    errorsInARow: 0,
    mostErrorsInARow: 0,
    waitedMs: 0,
  };
}
