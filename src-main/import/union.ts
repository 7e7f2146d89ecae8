/**
 * The union of all that the old pipeline left: each old event once, and which of them are shadows of
 * our own record. It is computed from scratch each time and along an order of its own, so that
 * nothing depends on the order in which things were written or read.
 */
import { type Doubts, pairClocks } from './clocks.ts';
import { createOldEvents, eventsBySubject, type OldEvents } from './old-events.ts';
import type { OwnEvents } from './own-events.ts';
import { learnRepeats } from './repeats.ts';
import { foundEvents } from './same-second.ts';
import { markShadows } from './shadows.ts';
import { sortTraces } from './sorted.ts';
import type { Traces } from './traces.ts';

/** The old events, and how sure their number is. */
export interface Union extends Doubts {
  readonly traces: Traces;
  readonly events: OldEvents;
}

/** Forms the union. */
export function uniteTraces(traces: Traces, own: OwnEvents): Union {
  const rows = sortTraces(traces);
  const events = createOldEvents(traces);
  foundEvents({ traces, events, eventsOfRun: learnRepeats(traces, rows) }, rows);
  const ownBySubject = groupOwn(own);
  const doubts = { ambiguous: 0, perhapsTwice: 0 };
  for (const group of eventsBySubject(events)) {
    markShadows(traces, events, group, own, ownBySubject.get(group.subject) ?? []);
    const { ambiguous, perhapsTwice } = pairClocks(events, group);
    doubts.ambiguous += ambiguous;
    doubts.perhapsTwice += perhapsTwice;
  }
  events.settle();
  return { traces, events, ...doubts };
}

function groupOwn({ columns, count }: OwnEvents): ReadonlyMap<number, readonly number[]> {
  const groups = new Map<number, number[]>();
  for (let row = 0; row < count(); row++) {
    const group = groups.get(columns.subject.at(row));
    if (group === undefined) groups.set(columns.subject.at(row), [row]);
    else group.push(row);
  }
  return groups;
}
