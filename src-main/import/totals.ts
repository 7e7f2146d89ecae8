/** What the old record adds to the statistics for as long as it is not imported. Pure. */
import { QUARTER_MS } from '../stats/zone.ts';
import type { StoreProblem } from './gather.ts';
import { type EventCounts, kindOf } from './plan.ts';
import type { Survey } from './survey.ts';
import { FAILED, type Traces } from './traces.ts';

/** Counts by name, most first. */
export type Counts = readonly (readonly [name: string, count: number])[];

/** What happened in a quarter of an hour; `quarter` counts them since 1970, in UTC. */
export interface OldQuarter {
  readonly quarter: number;
  readonly calls: number;
  readonly failedCalls: number;
  readonly sessionEvents: number;
}

/** The old events that are not in our record, summed up. */
export interface OldTotals {
  readonly events: EventCounts;
  /** Epoch milliseconds; null where there is nothing. */
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  /** Calls by tool. */
  readonly tools: Counts;
  /** Calls by tool that ended with an exit code that says failure; how the others ended nobody knows. */
  readonly failedTools: Counts;
  /** Calls by model, where it is known. */
  readonly models: Counts;
  /** Commands by their first word. */
  readonly programs: Counts;
  /** Starts and ends of sessions, by `session_start` and `session_end`. */
  readonly sessionEvents: Counts;
  /** Sessions that are known by the beginning of their id. */
  readonly knownSessions: number;
  /** In the order of time. */
  readonly quarters: readonly OldQuarter[];
  /** Events left out for a minute, because our own record of them may be on its way. */
  readonly recent: number;
  readonly perhapsTwice: number;
  readonly problems: readonly StoreProblem[];
}

interface Counted {
  readonly event: number;
  /** Subject, with a call's tool. */
  readonly name: string;
  readonly kind: keyof EventCounts;
  readonly at: number;
}

/** Sums up what a survey found that is not in our record. */
export function totalOldEvents(survey: Survey): OldTotals {
  const { record, union } = survey;
  const { names } = record.traces;
  const counted = [...countedEvents(survey)];
  const calls = counted.filter(({ kind }) => kind === 'calls');
  const details = detailsOf(record.traces, union.events.count());
  const toolOf = ({ name }: Counted): string => name.slice('call:'.length);
  const known = (numbers: Float64Array) =>
    calls.flatMap(({ event }) => names.get(numbers[event] ?? 0) ?? []);
  const hasFailed = ({ event }: Counted): boolean => details.failed[event] === 1;
  const of = (kind: keyof EventCounts): number => counted.filter((one) => one.kind === kind).length;
  const sessions = counted.map(({ event }) => union.events.columns.session.at(event));
  return {
    events: { calls: calls.length, sessions: of('sessions'), prompts: of('prompts') },
    firstAt: extreme(counted, Math.min),
    lastAt: extreme(counted, Math.max),
    tools: countNames(calls.map(toolOf)),
    failedTools: countNames(calls.filter(hasFailed).map(toolOf)),
    models: countNames(known(details.model)),
    programs: countNames(known(details.program)),
    sessionEvents: countNames(
      counted.filter(({ kind }) => kind === 'sessions').map(({ name }) => name),
    ),
    knownSessions: new Set(sessions.filter((session) => session !== 0)).size,
    quarters: countQuarters(counted, hasFailed),
    recent: countRecent(survey),
    perhapsTwice: union.perhapsTwice,
    problems: record.problems,
  };
}

/** Also what was imported and taken back: it is in the old record as before. */
function* countedEvents({ record, union, verdicts }: Survey): Generator<Counted> {
  const { subject, atS } = union.events.columns;
  for (let event = 0; event < union.events.count(); event++) {
    const verdict = verdicts.of(event);
    if (verdict !== 'new' && verdict !== 'takenBack') continue;
    const name = record.traces.names.get(subject.at(event)) ?? '';
    yield { event, name, kind: kindOf(name), at: atS.at(event) * 1000 };
  }
}

function countRecent({ union, verdicts }: Survey): number {
  let recent = 0;
  for (let event = 0; event < union.events.count(); event++)
    if (verdicts.of(event) === 'recent') recent++;
  return recent;
}

function extreme(counted: readonly Counted[], choose: (a: number, b: number) => number) {
  return counted.reduce<number | null>(
    (best, { at }) => (best === null ? at : choose(best, at)),
    null,
  );
}

function countNames(names: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
}

function countQuarters(
  counted: readonly Counted[],
  hasFailed: (one: Counted) => boolean,
): readonly OldQuarter[] {
  const quarters = new Map<number, { calls: number; failedCalls: number; sessionEvents: number }>();
  for (const one of counted) {
    const quarter = Math.floor(one.at / QUARTER_MS);
    const sums = quarters.get(quarter) ?? { calls: 0, failedCalls: 0, sessionEvents: 0 };
    quarters.set(quarter, sums);
    if (one.kind === 'calls') sums.calls++;
    if (one.kind === 'calls' && hasFailed(one)) sums.failedCalls++;
    if (one.kind === 'sessions') sums.sessionEvents++;
  }
  return [...quarters].sort(([a], [b]) => a - b).map(([quarter, sums]) => ({ quarter, ...sums }));
}

/** What the best trace of each event says of its model, its command and its end. */
function detailsOf({ columns, count }: Traces, events: number) {
  const model = new Float64Array(events);
  const program = new Float64Array(events);
  const failed = new Uint8Array(events);
  const rank = { model: new Uint8Array(events), program: new Uint8Array(events) };
  const take = (name: 'model' | 'program', into: Float64Array, trace: number): void => {
    const event = columns.event.at(trace);
    const value = columns[name].at(trace);
    // Variants are numbered from 0, and 0 stands for nothing here.
    const better = columns.variant.at(trace) + 1;
    const present = rank[name][event] as number;
    if (value === 0 || (present !== 0 && present < better)) return;
    if (present === better && value > (into[event] as number)) return;
    into[event] = value;
    rank[name][event] = better;
  };
  for (let trace = 0; trace < count(); trace++) {
    take('model', model, trace);
    take('program', program, trace);
    if ((columns.flags.at(trace) & FAILED) !== 0) failed[columns.event.at(trace)] = 1;
  }
  return { model, program, failed };
}
