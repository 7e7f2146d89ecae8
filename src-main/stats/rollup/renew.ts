/**
 * Keeps the rollups equal to what the events add up to. A scope that changed is never corrected but
 * folded anew from its events, so what was kept up to date and what is made from scratch are the
 * same. A rebuild is nothing else: all tables are emptied, and every scope is noted as changed.
 *
 * The work is done in short transactions, each of which takes the notes away of what it folded. One
 * that is interrupted goes on with the next call.
 */
import {
  type ReadableDb,
  type Row,
  transaction,
  type WritableDb,
} from '../../../src-core/store/driver.ts';
import type { Zone } from '../zone.ts';
import { createNotes, hasNotes, type Notes, noteNews, noteUnsettled } from './notes.ts';
import { createQuarterScope, type QuarterScope } from './quarter-scope.ts';
import { takeBackLines } from './seen-lines.ts';
import { createSessionScope, type SessionScope } from './session-scope.ts';
import { DEFINITION, type RollupState, readRollupState, saveRollupState } from './state.ts';
import { fillTotals, findFirsts, longestRow, refillCalendar } from './sums.ts';
import { type Changes, createChanges, forgottenFirsts, NO_CHANGES } from './totals.ts';

/** After this long a transaction ends, so that nobody who writes waits longer than that. */
const HELD_MS = 30;

/** What to renew, and how long to work. */
export interface RenewOptions {
  readonly db: WritableDb;
  readonly zone: Zone;
  /** Stops after this long, between two transactions; without it everything is done. */
  readonly budgetMs?: number;
}

/**
 * Brings the rollups up to date.
 * @throws SQLite's error; what was committed until then stays
 */
export function renewRollups({ db, zone, budgetMs }: RenewOptions): RollupState {
  let state = begin(db, zone);
  state = noteNews(db, state);
  if (!hasNotes(db) && state.isComplete && state.longestFlow !== null) return state;
  const newestAt = newestOf(db);
  noteUnsettled(db, newestAt);
  // A rebuild adds up at its end what it has folded.
  const changes = state.isComplete ? createChanges(db) : NO_CHANGES;
  const worker: Worker = {
    db,
    newestAt,
    changes,
    notes: createNotes(db),
    sessions: createSessionScope(db, changes),
    quarters: createQuarterScope(db, changes, zone),
  };
  const until = performance.now() + (budgetMs ?? Number.POSITIVE_INFINITY);
  while (hasNotes(db)) {
    if (performance.now() >= until) return state;
    state = renewSome(worker, state);
  }
  return finish(db, state, zone);
}

/** True when nothing is left to be folded. */
export function isUpToDate(db: ReadableDb, state: RollupState): boolean {
  return state.isComplete && !hasNotes(db);
}

/** Empties everything: the next renewal makes it from scratch. Runs in a transaction of its own. */
export function resetRollups(db: WritableDb, zone: Zone): RollupState {
  const revision = (readRollupState(db)?.revision ?? 0) + 1;
  const state: RollupState = {
    definition: DEFINITION,
    timeZone: zone.name,
    seq: 0,
    revision,
    longestFlow: null,
    isComplete: false,
  };
  transaction(db, () => {
    for (const table of TABLES) db.exec(`DELETE FROM ${table}`);
    saveRollupState(db, state);
  });
  return state;
}

const TABLES = [
  'hookline_dirty',
  'hookline_rollup_quarter',
  'hookline_rollup_call',
  'hookline_rollup_command',
  'hookline_rollup_error',
  'hookline_rollup_day',
  'hookline_rollup_session',
  'hookline_rollup_episode',
  'hookline_rollup_wait',
  'hookline_rollup_total',
];

/** The state to go on from; a new one where the definitions or the events are not those it was made of. */
function begin(db: WritableDb, zone: Zone): RollupState {
  const state = readRollupState(db);
  if (state === null || state.definition !== DEFINITION || state.seq > lastSeq(db))
    return resetRollups(db, zone);
  if (state.timeZone === zone.name) return state;
  const moved = { ...state, timeZone: zone.name, revision: state.revision + 1 };
  transaction(db, () => {
    // A rebuild counts days and hours at its end.
    if (state.isComplete) refillCalendar(db, zone);
    saveRollupState(db, moved);
  });
  return moved;
}

/** The newest row's number; that of a row that is gone still counts. */
function lastSeq(db: ReadableDb): number {
  const row = db.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'hookline_event'").get();
  return Number((row as Row | undefined)?.seq ?? 0);
}

function newestOf(db: ReadableDb): number {
  const row = db.prepare('SELECT max(at_ms) AS at FROM hookline_event').get() as Row;
  return Number(row.at ?? 0);
}

interface Worker {
  readonly db: WritableDb;
  readonly newestAt: number;
  readonly changes: Changes;
  readonly notes: Notes;
  readonly sessions: SessionScope;
  readonly quarters: QuarterScope;
}

/** One transaction: quarters with the sessions that were at work in them; then what sessions remain. */
function renewSome(worker: Worker, state: RollupState): RollupState {
  const { db, changes, quarters } = worker;
  const until = performance.now() + HELD_MS;
  return transaction(db, () => {
    while (renewQuarters(worker) || renewSession(worker)) if (performance.now() >= until) break;
    changes.apply();
    const renewed: RollupState = {
      ...state,
      revision: state.revision + 1,
      longestFlow: quarters.hasFlowChanged() ? null : state.longestFlow,
    };
    saveRollupState(db, renewed);
    return renewed;
  });
}

/**
 * Some quarters that follow each other; false when none is noted. Their sessions come first, since
 * they say how long was waited: one that says something else later notes the quarter again.
 */
function renewQuarters({ notes, quarters, sessions, newestAt }: Worker): boolean {
  const noted = notes.quarters();
  const [from] = noted;
  if (from === undefined) return false;
  const gap = noted.findIndex((quarter, i) => quarter !== from + i);
  const to = from + (gap < 0 ? noted.length : gap);
  for (const id of notes.sessionsIn(from, to)) {
    sessions.renew(id, newestAt);
    notes.remove(id);
  }
  quarters.renew(from, to);
  for (let quarter = from; quarter < to; quarter++) notes.remove(quarter);
  return true;
}

/** One session; false when none is noted. */
function renewSession({ notes, sessions, newestAt }: Worker): boolean {
  const id = notes.session();
  if (id === null) return false;
  sessions.renew(id, newestAt);
  notes.remove(id);
  return true;
}

/** What depends on all scopes: totals after a rebuild, first appearances, the longest time in flow. */
function finish(db: WritableDb, state: RollupState, zone: Zone): RollupState {
  for (const dimension of forgottenFirsts(db)) {
    transaction(db, () =>
      dimension === 'peak' ? refillCalendar(db, zone) : findFirsts(db, dimension),
    );
  }
  if (state.isComplete && state.longestFlow !== null) return state;
  const finished = { ...state, longestFlow: longestRow(db), isComplete: true };
  transaction(db, () => {
    if (!state.isComplete) {
      fillTotals(db, zone);
      takeBackLines(db, newestOf(db));
    }
    saveRollupState(db, finished);
  });
  return finished;
}
