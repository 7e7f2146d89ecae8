/** What becomes of each event that a transcript tells, against what the store has. */
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { type Amendment, amendmentsBy } from '../../src-core/event/merge.ts';
import { amendmentId } from '../../src-core/journal/amendments.ts';
import type { ReadableDb } from '../../src-core/store/driver.ts';
import { EVENT_COLUMNS, eventOfRow } from '../../src-core/store/events.ts';
import type { Tombstones } from '../../src-core/store/tombstones.ts';
import type { Pause } from '../capture/pause.ts';
import type { Telling } from './telling.ts';

/** What becomes of a telling. */
export type Verdict =
  | { readonly kind: 'new'; readonly lifts: Lifts }
  | {
      readonly kind: 'amends';
      readonly stored: CapturedEvent;
      readonly amendments: readonly Amendment[];
      readonly lifts: Lifts;
    }
  | { readonly kind: 'known' }
  /** The hook's own telling may still be on its way; it comes before this one. */
  | { readonly kind: 'waits'; readonly untilAt: number }
  /** Not to be recorded: capture was paused then, or the user took it back or had it forgotten. */
  | { readonly kind: 'left-out'; readonly why: 'paused' | 'taken-back' };

/** Tombstones that must go first: the user asks for it again. */
export type Lifts = readonly string[];

/** How to judge. */
export interface JudgeOptions {
  readonly db: ReadableDb;
  readonly pauses: readonly Pause[];
  readonly tombstones: Tombstones;
  /** Null where nothing needs to wait: a person asked for all there is. */
  readonly patience: Patience | null;
  /** Also what was taken back. */
  readonly again: boolean;
}

/** How long what comes by itself waits for the hook. */
export interface Patience {
  readonly now: number;
  /** Sessions whose client runs: a call of theirs without a result may still get one. */
  readonly running: ReadonlySet<string>;
}

/** So long the hook has to tell of a call before the transcript does. */
export const SETTLE_MS = 60_000;
/** A call of a session that nobody continues has no result to wait for after this time. */
export const GIVEN_UP_MS = 30 * 60_000;

/** Builds the judge; statements are prepared once for its lifetime. */
export function createJudge(options: JudgeOptions): (telling: Telling) => Verdict {
  const { db, pauses, tombstones, patience, again } = options;
  const find = db.prepare(`SELECT ${EVENT_COLUMNS} FROM hookline_event WHERE id = ?`);
  const findStart = db.prepare(
    "SELECT 1 FROM hookline_event WHERE session_id = ? AND hook_event = 'SessionStart' LIMIT 1",
  );
  const isPaused = createPauseCheck(pauses);
  const isLeftOut = (id: string): boolean =>
    again ? tombstones.isForGood(id) : tombstones.coversId(id);
  const liftsOf = (ids: readonly string[]): Lifts => (again ? ids.filter(tombstones.coversId) : []);
  const judgeKnown = (event: CapturedEvent, stored: CapturedEvent): Verdict => {
    const amendments = amendmentsBy(stored, event).filter(
      (amendment) => !isLeftOut(amendmentId(amendment)),
    );
    if (event.kind !== 'tool' || amendments.length === 0) return { kind: 'known' };
    return { kind: 'amends', stored, amendments, lifts: liftsOf(amendments.map(amendmentId)) };
  };
  return (telling) => {
    const { event } = telling;
    const row = find.get(event.id);
    if (row !== undefined) return judgeKnown(event, eventOfRow(row));
    // How it began the hook knows better: a session that was resumed began once.
    if (event.kind === 'session' && findStart.get(event.sessionId) !== undefined)
      return { kind: 'known' };
    const lifts = liftsOf([event.id]);
    if (lifts.length === 0 && tombstones.covers(event))
      return { kind: 'left-out', why: 'taken-back' };
    if (isPaused(event.at)) return { kind: 'left-out', why: 'paused' };
    const untilAt = patience === null ? null : waitsUntil(telling, patience);
    return untilAt === null ? { kind: 'new', lifts } : { kind: 'waits', untilAt };
  };
}

/** Tells whether capture was paused at a moment. */
export function createPauseCheck(pauses: readonly Pause[]): (at: number) => boolean {
  return (at) =>
    pauses.some(({ fromAt, toAt }) => at >= fromAt && at < (toAt ?? Number.POSITIVE_INFINITY));
}

function waitsUntil({ event, call }: Telling, { now, running }: Patience): number | null {
  const isOpen = call !== null && call.endedAt === null;
  const isRunning = isOpen && event.sessionId !== null && running.has(event.sessionId);
  if (isRunning) return now + GIVEN_UP_MS;
  const untilAt = event.at + (isOpen ? GIVEN_UP_MS : SETTLE_MS);
  return untilAt > now ? untilAt : null;
}
