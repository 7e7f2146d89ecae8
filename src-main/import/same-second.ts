/**
 * Which traces of one second are the same event. All files that one process of the old hook wrote
 * carry the same second, and so does whatever was exported or copied from them; what a transcript
 * tells carries another. In each second:
 *
 *   1. Programs that wrote each event once pair their traces one to one: two rows and two lines of
 *      one kind are two events, two rows and three lines are three.
 *   2. Exports and projections, which may be repeated, are traces of what is there already. Only
 *      where nothing is do they found events, as many as the repetitions leave.
 *   3. Copies do the same, whichever clock the line had that they were made from.
 */

import type { OldEvents } from './old-events.ts';
import type { EventsOfRun } from './repeats.ts';
import { areEqual, runsOf } from './sorted.ts';
import { ROLE, type Traces } from './traces.ts';
import { type ClockOfTrace, variantByNumber } from './variants.ts';

/** What founding works on. */
export interface Founding {
  readonly traces: Traces;
  readonly events: OldEvents;
  readonly eventsOfRun: EventsOfRun;
}

/** Founds the events of all seconds; `rows` are the sorted traces. */
export function foundEvents(founding: Founding, rows: Int32Array): void {
  const { subject, atS } = founding.traces.columns;
  const isSameSecond = (a: number, b: number): boolean =>
    subject.at(a) === subject.at(b) && atS.at(a) === atS.at(b);
  for (const [from, to] of runsOf(rows, 0, rows.length, isSameSecond))
    foundSecond(founding, rows.subarray(from, to));
}

function foundSecond(founding: Founding, rows: Int32Array): void {
  const all: number[] = [];
  for (const clock of ['hook', 'transcript'] as const) {
    const events: number[] = [];
    pairTellers(founding, pick(founding, rows, clock, true), events);
    attachRuns(founding, pick(founding, rows, clock, false), events);
    all.push(...events);
  }
  attachRuns(founding, pick(founding, rows, 'copied', false), all);
}

function pick(
  { traces }: Founding,
  rows: Int32Array,
  clock: ClockOfTrace,
  isEach: boolean,
): Int32Array {
  return rows.filter((trace) => {
    const variant = variantByNumber(traces.columns.variant.at(trace));
    return variant.clock === clock && (variant.repeats === 'each') === isEach;
  });
}

/** Pairs the traces of one program after the other with the events there are so far. */
function pairTellers(founding: Founding, rows: Int32Array, candidates: number[]): void {
  const { variant } = founding.traces.columns;
  const teller = (trace: number): number => variantByNumber(variant.at(trace)).teller;
  for (const [from, to] of runsOf(rows, 0, rows.length, (a, b) => teller(a) === teller(b)))
    pairOneToOne(founding, rows.subarray(from, to), candidates);
}

function pairOneToOne({ traces, events }: Founding, rows: Int32Array, candidates: number[]): void {
  const isFree = (trace: number): boolean => traces.columns.role.at(trace) === ROLE.none;
  for (const fits of [events.fitsExactly, events.fits]) {
    for (const trace of rows.filter(isFree)) {
      const event = candidates.find((one) => events.isNewTo(one, trace) && fits(one, trace));
      if (event !== undefined) events.absorb(event, trace);
    }
  }
  for (const trace of rows.filter(isFree)) candidates.push(events.found(trace));
}

/**
 * Adds exports and projections to what is there. First one trace of each content, so that a
 * repetition never takes the place of another event's only trace; then the rest.
 */
function attachRuns(founding: Founding, rows: Int32Array, candidates: number[]): void {
  const { traces, events, eventsOfRun } = founding;
  const attach = (trace: number): boolean => {
    const event = bestFit(events, candidates, trace);
    if (event !== undefined) events.absorb(event, trace);
    return event !== undefined;
  };
  const runs = [...runsOf(rows, 0, rows.length, (a, b) => areEqual(traces, a, b))];
  for (const [from, to] of runs) {
    const first = rows[from] as number;
    if (attach(first)) continue;
    const count = eventsOfRun(first, to - from);
    for (let i = from; i < from + count && i < to; i++)
      candidates.push(events.found(rows[i] as number));
  }
  for (const [from, to] of runs) {
    for (const trace of rows.subarray(from, to))
      if (traces.columns.role.at(trace) === ROLE.none) attach(trace);
  }
}

function bestFit(
  events: OldEvents,
  candidates: readonly number[],
  trace: number,
): number | undefined {
  const rules = [
    (event: number) => events.isNewTo(event, trace) && events.fitsExactly(event, trace),
    (event: number) => events.fitsExactly(event, trace),
    (event: number) => events.isNewTo(event, trace) && events.fits(event, trace),
    (event: number) => events.fits(event, trace),
  ];
  for (const rule of rules) {
    const event = candidates.find(rule);
    if (event !== undefined) return event;
  }
  return undefined;
}
