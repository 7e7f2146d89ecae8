/** Places a made-up session in time. */
import type { Json } from '../../src-core/base/json.ts';
import { endOf, type Session, startOf } from './session.ts';
import { turns } from './turn.ts';

/** A payload and what the hook knows beside it. */
export interface Told {
  /** When the hook ran, epoch milliseconds. */
  readonly at: number;
  /** Folder in which the session was started. */
  readonly project: string;
  readonly payload: Json;
}

/** How long a session may be. */
export interface SessionLimits {
  readonly startAt: number;
  /** Nothing is told at or after. */
  readonly endAt: number;
  /** It ends at the first stop after so many events. */
  readonly wanted: number;
  /** It has no more events than this. */
  readonly most: number;
}

/** Of so many sessions one loses its end: a closed terminal, a crash. */
const LOST_ENDS = 0.07;

/** All of a session; at least one event, at most `most`. */
export function tellSession(session: Session, limits: SessionLimits): Told[] {
  const { startAt, endAt, wanted, most } = limits;
  const project = session.folder;
  const told: Told[] = [{ at: startAt, project, payload: startOf(session) }];
  const hasEnd = !session.random.chance(LOST_ENDS);
  const mostBeforeEnd = hasEnd ? most - 1 : most;
  let at = startAt;
  for (const { afterMs, payload } of turns(session)) {
    if (told.length >= mostBeforeEnd || at + afterMs >= endAt) break;
    at += afterMs;
    told.push({ at, project, payload });
    if (told.length >= wanted && payload.hook_event_name === 'Stop') break;
  }
  const lastAt = at + 2000;
  if (hasEnd && lastAt < endAt && told.length < most) {
    told.push({ at: lastAt, project, payload: endOf(session) });
  }
  return told;
}
