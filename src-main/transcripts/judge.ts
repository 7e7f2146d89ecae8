/** What becomes of each event that a transcript tells, against what the store has. */
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { type Amendment, amendmentsBy } from '../../src-core/event/merge.ts';
import type { ReadableDb } from '../../src-core/store/driver.ts';
import { EVENT_COLUMNS, eventOfRow } from '../../src-core/store/events.ts';
import type { Pause } from '../capture/pause.ts';
import { createTakenBack, type TakenBack } from './runs.ts';
import type { Telling } from './telling.ts';

/** What becomes of a telling. */
export type Verdict =
  | { readonly kind: 'new' }
  | {
      readonly kind: 'amends';
      readonly stored: CapturedEvent;
      readonly amendments: readonly Amendment[];
    }
  | { readonly kind: 'known' }
  /** The hook's own telling may still be on its way; it comes before this one. */
  | { readonly kind: 'waits'; readonly untilAt: number }
  /** Not to be recorded: capture was paused then, or the user took it back. */
  | { readonly kind: 'left-out'; readonly why: 'paused' | 'taken-back' };

/** How to judge. */
export interface JudgeOptions {
  readonly db: ReadableDb;
  readonly pauses: readonly Pause[];
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

const NEVER: TakenBack = { isEvent: () => false, isChange: () => false };

/** Builds the judge; statements are prepared once for its lifetime. */
export function createJudge(options: JudgeOptions): (telling: Telling) => Verdict {
  const { db, pauses, patience, again } = options;
  const takenBack = again ? NEVER : createTakenBack(db);
  const find = db.prepare(`SELECT ${EVENT_COLUMNS} FROM hookline_event WHERE id = ?`);
  const findStart = db.prepare(
    "SELECT 1 FROM hookline_event WHERE session_id = ? AND hook_event = 'SessionStart' LIMIT 1",
  );
  const isPaused = (at: number): boolean =>
    pauses.some(({ fromAt, toAt }) => at >= fromAt && at < (toAt ?? Number.POSITIVE_INFINITY));
  return (telling) => {
    const { event } = telling;
    const row = find.get(event.id);
    if (row !== undefined) return judgeKnown(event, eventOfRow(row), takenBack);
    // How it began the hook knows better: a session that was resumed began once.
    if (event.kind === 'session' && findStart.get(event.sessionId) !== undefined)
      return { kind: 'known' };
    if (takenBack.isEvent(event.id)) return { kind: 'left-out', why: 'taken-back' };
    if (isPaused(event.at)) return { kind: 'left-out', why: 'paused' };
    const untilAt = patience === null ? null : waitsUntil(telling, patience);
    return untilAt === null ? { kind: 'new' } : { kind: 'waits', untilAt };
  };
}

function judgeKnown(event: CapturedEvent, stored: CapturedEvent, takenBack: TakenBack): Verdict {
  if (event.kind !== 'tool') return { kind: 'known' };
  const amendments = amendmentsBy(stored, event).filter(
    ({ field }) => !takenBack.isChange(stored.id, field),
  );
  return amendments.length === 0 ? { kind: 'known' } : { kind: 'amends', stored, amendments };
}

function waitsUntil({ event, call }: Telling, { now, running }: Patience): number | null {
  const isOpen = call !== null && call.endedAt === null;
  const isRunning = isOpen && event.sessionId !== null && running.has(event.sessionId);
  if (isRunning) return now + GIVEN_UP_MS;
  const untilAt = event.at + (isOpen ? GIVEN_UP_MS : SETTLE_MS);
  return untilAt > now ? untilAt : null;
}
