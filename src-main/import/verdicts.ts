/** What is to become of each old event, and the id under which it is known ever after. */

import type { EventKind } from '../../src-core/event/event.ts';
import { sha256 } from '../../src-core/journal/sum.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import type { Tombstones } from '../../src-core/store/tombstones.ts';
import { hashText } from './hash.ts';
import { type Moment, NEARBY_S, pairNearby, type Span } from './nearby.ts';
import { STANDING } from './old-events.ts';
import { subjectOf } from './own-events.ts';
import { EXCLUDED, type Traces } from './traces.ts';
import type { Union } from './union.ts';

/** What is to become of an event. */
export type Verdict =
  /** It can be imported. */
  | 'new'
  /** It was imported. */
  | 'known'
  /** Its import was taken back, or it was forgotten: it comes only when it is asked for again. */
  | 'takenBack'
  /** It is so fresh that our own record of it may still be on its way. */
  | 'recent'
  /** It lies in a folder that is not to be recorded. */
  | 'excluded'
  /** It is an event of our own record. */
  | 'shadow';

/** The verdicts in the order of their numbers. */
export const VERDICTS: readonly Verdict[] = [
  'new',
  'known',
  'takenBack',
  'recent',
  'excluded',
  'shadow',
];

/** The verdict on each event. */
export interface Verdicts {
  of(event: number): Verdict;
  /** The events that are not shadows, each with its id. */
  identities(): Generator<readonly [event: number, id: string]>;
}

/** What judging needs. */
export interface JudgeOptions {
  /** The store; null where there is none of ours. */
  readonly db: ReadableDb | null;
  readonly tombstones: Tombstones;
  /** Events of this second, or near it, may still be on their way into our record; null for none. */
  readonly nowS: number | null;
}

/** Judges all events of the union. */
export function judgeEvents(union: Union, { db, tombstones, nowS }: JudgeOptions): Verdicts {
  const { columns, count } = union.events;
  const verdicts = new Uint8Array(count());
  const set = (event: number, verdict: Verdict): void => {
    verdicts[event] = VERDICTS.indexOf(verdict);
  };
  const isExcluded = excludedEvents(union.traces, count());
  for (let event = 0; event < count(); event++) {
    if (columns.standing.at(event) !== STANDING.unknown) set(event, 'shadow');
    else if (isExcluded[event] === 1) set(event, 'excluded');
    else if (isRecent(columns.atS.at(event), nowS)) set(event, 'recent');
  }
  const result: Verdicts = {
    of: (event) => VERDICTS[verdicts[event] as number] as Verdict,
    identities: () => identitiesOf(union),
  };
  const confirmed = judgeKnown(union, { db, tombstones, verdicts: result, set });
  if (db !== null)
    for (const event of changedEvents(db, union, confirmed, result)) set(event, 'known');
  return result;
}

/** Settles which of the new ones are stored or forgotten; returns the ids of the stored ones. */
function judgeKnown(
  union: Union,
  {
    db,
    tombstones,
    verdicts,
    set,
  }: Omit<JudgeOptions, 'nowS'> & {
    readonly verdicts: Verdicts;
    readonly set: (event: number, verdict: Verdict) => void;
  },
): ReadonlySet<string> {
  const isStored = createStoredCheck(db);
  const confirmed = new Set<string>();
  for (const [event, id] of identitiesOf(union)) {
    if (verdicts.of(event) !== 'new') continue;
    const at = union.events.columns.atS.at(event) * 1000;
    if (isStored(id)) {
      confirmed.add(id);
      set(event, 'known');
    } else if (tombstones.covers({ id, sessionId: null, at })) set(event, 'takenBack');
  }
  return confirmed;
}

/** So long an event may be on its way from the hook to the store. */
const ON_ITS_WAY_S = 60;

/** A clock that was wrong may have put events anywhere ahead; those are not on their way. */
function isRecent(atS: number, nowS: number | null): boolean {
  return nowS !== null && Math.abs(nowS - atS) <= ON_ITS_WAY_S;
}

function excludedEvents({ columns, count }: Traces, events: number): Uint8Array {
  const isExcluded = new Uint8Array(events);
  for (let trace = 0; trace < count(); trace++) {
    if ((columns.flags.at(trace) & EXCLUDED) !== 0) isExcluded[columns.event.at(trace)] = 1;
  }
  return isExcluded;
}

/**
 * The ids. An event's id is made of what all its traces agree upon: what happened, in which second,
 * and its number among such events of that second. So it stays the same when another trace of it is
 * found later, on every machine, and no secret can be guessed from it.
 */
function* identitiesOf({ events, traces }: Union): Generator<readonly [number, string]> {
  const { subject, atS, standing } = events.columns;
  let ordinal = 0;
  let before = -1;
  for (let event = 0; event < events.count(); event++) {
    if (standing.at(event) !== STANDING.unknown) continue;
    const isSameSecond =
      before >= 0 && subject.at(before) === subject.at(event) && atS.at(before) === atS.at(event);
    ordinal = isSameSecond ? ordinal + 1 : 0;
    before = event;
    const name = traces.names.get(subject.at(event)) ?? '';
    yield [event, `old_${sha256(`${name}|${atS.at(event)}|${ordinal}`).slice(0, 24)}`];
  }
}

function createStoredCheck(db: ReadableDb | null): (id: string) => boolean {
  if (db === null) return () => false;
  const find = db.prepare('SELECT 1 FROM hookline_event WHERE id = ?');
  return (id) => find.get(id) !== undefined;
}

/**
 * Events whose id is new because something was learnt of them: a row that came back moves an event
 * by seconds. They are paired with the imported events that no trace stands for any more.
 */
function* changedEvents(
  db: ReadableDb,
  union: Union,
  confirmed: ReadonlySet<string>,
  verdicts: Verdicts,
): Generator<number> {
  const stale = staleEvents(db, confirmed);
  if (stale.size === 0) return;
  const fresh = new Map<number, Moment[]>();
  const { subject, atS } = union.events.columns;
  for (let event = 0; event < union.events.count(); event++) {
    if (verdicts.of(event) !== 'new') continue;
    const moments = fresh.get(subject.at(event)) ?? [];
    moments.push({ name: event, atS: atS.at(event) });
    fresh.set(subject.at(event), moments);
  }
  for (const [number, spans] of stale)
    yield* pairNearby(spans, fresh.get(number) ?? [], () => true).pairs.values();
}

function staleEvents(
  db: ReadableDb,
  confirmed: ReadonlySet<string>,
): ReadonlyMap<number, readonly Span[]> {
  const stale = new Map<number, Span[]>();
  const rows = db
    .prepare(
      `SELECT id, kind, hook_event, tool, at_ms FROM hookline_event WHERE source = 'old'
       ORDER BY at_ms, seq`,
    )
    .iterate();
  let name = 0;
  for (const value of rows) {
    const row = value as Row;
    if (confirmed.has(String(row.id))) continue;
    const number = hashText(
      subjectOf({
        kind: row.kind as EventKind,
        hookEvent: String(row.hook_event),
        tool: String(row.tool),
      }),
    );
    const atS = Math.floor(Number(row.at_ms) / 1000);
    const spans = stale.get(number) ?? [];
    spans.push({ name: name++, fromS: atS - NEARBY_S, toS: atS + NEARBY_S });
    stale.set(number, spans);
  }
  return stale;
}
