/**
 * Transcripts tell when a call was asked for, the hook when it had ended; nothing else connects the
 * two. Traces of the same tool, and of the same target where both know one, within five seconds are
 * one event, one to one.
 */
import { type Moment, NEARBY_S, pairNearby, type Span } from './nearby.ts';
import { type OldEvents, STANDING, type SubjectEvents } from './old-events.ts';
import { LONGEST_CALL_S } from './own-events.ts';

/**
 * A backfill lets a session begin with its first message, the hook when the session was opened: up
 * to so many seconds before.
 */
const LONGEST_PAUSE_S = 1800;

/** How sure the number of events is. */
export interface Doubts {
  /** Transcript traces that more than one event could have been; which one changes no count. */
  readonly ambiguous: number;
  /**
   * Transcript traces left alone, after which a call of the same tool ended that no transcript
   * tells of: perhaps one long call, counted twice.
   */
  readonly perhapsTwice: number;
}

/** Merges what the transcript tells into what the hook told, within one subject. */
export function pairClocks(events: OldEvents, { ended, begun }: SubjectEvents): Doubts {
  const { standing, target } = events.columns;
  const isOpen = ({ name }: Moment): boolean => standing.at(name) === STANDING.unknown;
  const isSame = (early: number, late: number): boolean =>
    target.at(early) !== 0 && target.at(early) === target.at(late);
  const couldBe = (early: number, late: number): boolean =>
    target.at(early) === 0 || target.at(late) === 0 || isSame(early, late);
  const near = ({ name, atS }: Moment): Span =>
    events.isSummary(name)
      ? { name, fromS: atS - LONGEST_PAUSE_S, toS: atS + NEARBY_S }
      : { name, fromS: atS - NEARBY_S, toS: atS + NEARBY_S };
  let early = begun.filter(isOpen);
  let late = ended.filter(isOpen);
  let ambiguous = 0;
  for (const fits of [isSame, couldBe]) {
    const found = pairNearby(early.map(near), late, fits);
    ambiguous += found.ambiguous;
    const taken = new Set(found.pairs.values());
    for (const [one, other] of found.pairs) events.merge(one, other);
    early = early.filter(isOpen);
    late = late.filter(({ name }) => !taken.has(name));
  }
  const later = early
    .filter(({ name }) => !events.isSummary(name))
    .map(({ name, atS }) => ({ name, fromS: atS + NEARBY_S + 1, toS: atS + LONGEST_CALL_S }));
  const long = pairNearby(later, late, couldBe);
  return { ambiguous, perhapsTwice: long.pairs.size };
}
