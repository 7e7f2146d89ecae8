/**
 * Which old events are events of ours that the old pipeline saw too, because both hooks were at
 * work: exports that the old bridge made of our rows, calls that the old hook noted beside ours, and
 * backfills from transcripts of sessions that we recorded.
 */
import { type Moment, NEARBY_S, pairNearby, type Span } from './nearby.ts';
import { type OldEvents, STANDING, type SubjectEvents } from './old-events.ts';
import type { OwnEvents } from './own-events.ts';
import type { Traces } from './traces.ts';
import { variantByNumber } from './variants.ts';

/** Marks the shadows among the events of one subject; `own` are our events of that subject. */
export function markShadows(
  traces: Traces,
  events: OldEvents,
  { ended, begun }: SubjectEvents,
  own: OwnEvents,
  rows: readonly number[],
): void {
  const shadows = createShadows(traces, events, own, rows);
  shadows.markExports(ended);
  shadows.markSummaries(begun);
  shadows.markCalls(ended);
  shadows.markBackfills(begun);
}

function createShadows(traces: Traces, events: OldEvents, own: OwnEvents, rows: readonly number[]) {
  const { standing, shown, session, founder } = events.columns;
  const mine = own.columns;
  const isOpen = ({ name }: Moment): boolean => standing.at(name) === STANDING.unknown;
  const mark = (event: number): void => standing.set(event, STANDING.shadow);
  const couldShow = (row: number, event: number): boolean => {
    const [a, b] = [mine.shown.at(row), shown.at(event)];
    return a === 0 || b === 0 || a === b;
  };
  const showsSame = (row: number, event: number): boolean =>
    shown.at(event) !== 0 && shown.at(event) === mine.shown.at(row);
  const whileItRan = (row: number): Span => ({
    name: row,
    fromS: mine.startS.at(row) - NEARBY_S,
    toS: mine.atS.at(row) + NEARBY_S,
  });
  const whenItEnded = (row: number): Span => ({
    ...whileItRan(row),
    fromS: mine.atS.at(row) - NEARBY_S,
  });
  const bySecond = new Map<number, number[]>();
  for (const row of rows) {
    const second = bySecond.get(mine.atS.at(row));
    if (second === undefined) bySecond.set(mine.atS.at(row), [row]);
    else second.push(row);
  }
  return {
    /** An export equals our event to the second, and may stand there any number of times. */
    markExports: (ended: readonly Moment[]): void => {
      for (const { name, atS } of ended) {
        const { repeats } = variantByNumber(traces.columns.variant.at(founder.at(name)));
        const isExport = repeats !== 'each';
        if (isExport && bySecond.get(atS)?.some((row) => couldShow(row, name))) mark(name);
      }
    },

    /** A sum over a whole transcript begins with its first message, minutes after the session. */
    markSummaries: (begun: readonly Moment[]): void => {
      for (const { name } of begun) {
        if (events.isSummary(name) && own.sessions.has(session.at(name))) mark(name);
      }
    },

    /** The old hook ran beside ours, a moment earlier or later. */
    markCalls: (ended: readonly Moment[]): void => {
      let left = rows;
      for (const fits of [showsSame, couldShow]) {
        const { pairs } = pairNearby(left.map(whenItEnded), ended.filter(isOpen), fits);
        for (const event of pairs.values()) mark(event);
        left = left.filter((row) => !pairs.has(row));
      }
    },

    /** A transcript's trace lies within the call; where it names its session, within that one's. */
    markBackfills: (begun: readonly Moment[]): void => {
      const fits = (row: number, event: number): boolean =>
        [0, mine.session.at(row)].includes(session.at(event)) && couldShow(row, event);
      const { pairs } = pairNearby(rows.map(whileItRan), begun.filter(isOpen), fits);
      for (const event of pairs.values()) mark(event);
    },
  };
}
