/** What of a batch is new, and what amends an event that is known already. */
import type { CapturedEvent } from '../event/event.ts';
import { type Amendment, amendmentsBy, applyAmendments } from '../event/merge.ts';
import type { Paths } from '../files/paths.ts';
import { recordAmendments } from '../journal/amendments.ts';
import { recentEvents } from '../journal/tail.ts';
import { transaction, type WritableDb } from '../store/driver.ts';
import { createEventWriter, type EventWriter } from '../store/events.ts';
import { type Gathered, isTwin, TWIN_MS } from './gather.ts';

/** What is new and what is amended, and whether SQLite has it. */
export interface Decision {
  /** Events whose lines may be missing in JSONL. */
  readonly fresh: readonly CapturedEvent[];
  /** Events that were stored before; after a crash their lines may be missing too. */
  readonly known: readonly CapturedEvent[];
  readonly amendments: readonly Amendment[];
  readonly isStored: boolean;
}

/** Events by their id. */
type Events = ReadonlyMap<string, CapturedEvent>;

/**
 * Stores the batch in one transaction, which tells what is new. `ahead` holds events of the files
 * that SQLite may lack: what they tell came first.
 * @throws SQLite's error; nothing of the batch is stored then
 */
export function decideByStore(gathered: Gathered, db: WritableDb, ahead: Events): Decision {
  return transaction(db, () => {
    const writer = createEventWriter(db);
    const told = gathered.events.map((event) => storeOne(event, writer, ahead));
    recordAmendments(
      db,
      told.flatMap(({ amendments }) => amendments),
    );
    // Tellings of one call may come in any order: one that has ended does not begin again.
    for (const call of gathered.running)
      if (writer.find(call.toolUseId) === null) writer.setRunning(call);
    for (const event of gathered.events) clearRunning(event, writer);
    return {
      fresh: told.flatMap(({ fresh }) => fresh ?? []),
      known: told.flatMap(({ known }) => known ?? []),
      amendments: told.flatMap(({ amendments }) => amendments),
      isStored: true,
    };
  });
}

/** Events after which no call of the session runs: one that began before was given up, or its end lost. */
const TURN_ENDS = new Set(['Stop', 'StopFailure', 'SessionEnd', 'SessionStart']);

function clearRunning(
  { kind, id, hookEvent, sessionId, at }: CapturedEvent,
  writer: EventWriter,
): void {
  if (kind === 'tool') writer.clearRunning(id);
  else if (sessionId !== null && TURN_ENDS.has(hookEvent)) writer.clearRunningOf(sessionId, at);
}

interface Told {
  readonly fresh?: CapturedEvent;
  readonly known?: CapturedEvent;
  readonly amendments: readonly Amendment[];
}

function storeOne(event: CapturedEvent, writer: EventWriter, ahead: Events): Told {
  if (writer.findTwin(event, TWIN_MS) !== null) return { amendments: [] };
  const first = ahead.get(event.id);
  if (first !== undefined) writer.insert(first, 'journal');
  else if (hasTwin(event, ahead)) return { amendments: [] };
  if (writer.insert(event, 'direct')) return { fresh: event, amendments: [] };
  const stored = writer.find(event.id) ?? event;
  const amendments = event.kind === 'tool' ? amendmentsBy(stored, event) : [];
  if (amendments.length > 0) writer.replace(applyAmendments(stored, amendments));
  return { known: stored, amendments };
}

function hasTwin(event: CapturedEvent, events: Events): boolean {
  return event.payloadSum !== null && [...events.values()].some((other) => isTwin(other, event));
}

/** Decides by the last part of the JSONL files, when SQLite does not answer. */
export function decideByTail(gathered: Gathered, paths: Paths): Decision {
  const present = recentEvents(paths);
  const fresh = gathered.events.filter(
    (event) => !present.has(event.id) && !hasTwin(event, present),
  );
  const amendments = gathered.events.flatMap((event) => {
    const stored = present.get(event.id);
    return stored !== undefined && event.kind === 'tool' ? amendmentsBy(stored, event) : [];
  });
  return { fresh, known: [], amendments, isStored: false };
}
