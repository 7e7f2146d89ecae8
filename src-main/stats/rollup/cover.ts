/**
 * Which parts of a span the rollups can tell, so that figures over it are both quick and of this
 * moment: quarters that changed since the rollups were renewed, and parts of quarters at its ends,
 * are counted from the events.
 */
import type { ReadableDb, Row } from '../../../src-core/store/driver.ts';
import { QUARTER_MS } from '../zone.ts';
import { DEFINITION, type RollupState, readRollupState } from './state.ts';

/** A part of a span: from (included) to (left out), epoch milliseconds. */
export interface Part {
  readonly fromAt: number;
  readonly toAt: number;
  /** True when the rows of its quarters tell it; its ends are then ends of quarters. */
  readonly isRolledUp: boolean;
}

/** With more changed quarters than this the rollups are being made; the events tell everything then. */
const MOST_CHANGED = 500;

/** The parts of a span in the order of time, without those that are empty. */
export function coverOf(
  db: ReadableDb,
  { fromAt, toAt }: { readonly fromAt: number; readonly toAt: number },
): readonly Part[] {
  const state = usableState(db);
  const from = Math.ceil(fromAt / QUARTER_MS);
  const to = Math.floor(toAt / QUARTER_MS);
  const changed = state === null || from >= to ? null : changedQuarters(db, state, from, to);
  if (changed === null) return toAt > fromAt ? [{ fromAt, toAt, isRolledUp: false }] : [];
  const parts: Part[] = [];
  const add = (part: Part): void => {
    if (part.toAt <= part.fromAt) return;
    const last = parts.at(-1);
    if (last !== undefined && last.isRolledUp === part.isRolledUp)
      parts[parts.length - 1] = { ...last, toAt: part.toAt };
    else parts.push(part);
  };
  add({ fromAt, toAt: from * QUARTER_MS, isRolledUp: false });
  let next = from;
  for (const quarter of changed) {
    add({ fromAt: next * QUARTER_MS, toAt: quarter * QUARTER_MS, isRolledUp: true });
    next = quarter + 1;
    add({ fromAt: quarter * QUARTER_MS, toAt: next * QUARTER_MS, isRolledUp: false });
  }
  add({ fromAt: next * QUARTER_MS, toAt: to * QUARTER_MS, isRolledUp: true });
  add({ fromAt: to * QUARTER_MS, toAt, isRolledUp: false });
  return parts;
}

/** Null while there are no rollups that can be read. */
function usableState(db: ReadableDb): RollupState | null {
  const state = readRollupState(db);
  return state?.isComplete && state.definition === DEFINITION ? state : null;
}

/** The quarters whose rows are not of this moment, in their order; null where they are too many. */
function changedQuarters(
  db: ReadableDb,
  { seq }: RollupState,
  from: number,
  to: number,
): readonly number[] | null {
  const noted = db
    .prepare(
      `SELECT scope FROM hookline_dirty WHERE scope >= ? AND scope < ? LIMIT ${MOST_CHANGED + 1}`,
    )
    .all(from, to) as Row[];
  const added = db
    .prepare(
      `SELECT DISTINCT CAST(at_ms / ${QUARTER_MS} AS INTEGER) AS scope FROM
         (SELECT at_ms FROM hookline_event WHERE seq > ? LIMIT ${MOST_ADDED})`,
    )
    .all(seq) as Row[];
  const quarters = new Set([...noted, ...added].map(({ scope }) => Number(scope)));
  const inside = [...quarters].filter((quarter) => quarter >= from && quarter < to);
  if (inside.length > MOST_CHANGED || isFarBehind(db, seq)) return null;
  return inside.sort((a, b) => a - b);
}

/** More new events than this were not captured one by one, but imported or rebuilt. */
const MOST_ADDED = 20_000;

function isFarBehind(db: ReadableDb, seq: number): boolean {
  const { last } = db.prepare('SELECT max(seq) AS last FROM hookline_event').get() as Row;
  return Number(last ?? 0) - seq > MOST_ADDED;
}

/** The sessions whose rows are not of this moment; null where the rollups cannot be read. */
export function changedSessions(db: ReadableDb): readonly string[] | null {
  const state = usableState(db);
  if (state === null || isFarBehind(db, state.seq)) return null;
  const noted = db.prepare("SELECT scope FROM hookline_dirty WHERE scope >= ''").all() as Row[];
  // The inner query keeps SQLite from walking through all sessions in their order instead.
  const added = db
    .prepare(
      `SELECT DISTINCT session_id AS scope FROM
         (SELECT session_id FROM hookline_event WHERE seq > ? LIMIT ${MOST_ADDED}) WHERE scope IS NOT NULL`,
    )
    .all(state.seq) as Row[];
  const sessions = new Set([...noted, ...added].map(({ scope }) => String(scope)));
  return sessions.size > MOST_CHANGED ? null : [...sessions];
}
