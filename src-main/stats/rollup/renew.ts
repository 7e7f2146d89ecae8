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
import { QUARTER_MS, type Zone } from '../zone.ts';
import { createQuarterScope, type QuarterScope } from './quarter-scope.ts';
import { takeBackLines } from './seen-lines.ts';
import { createSessionScope, type SessionScope, unsettledSessions } from './session-scope.ts';
import { DEFINITION, type RollupState, readRollupState, saveRollupState } from './state.ts';
import { fillTotals, findFirsts, longestRow, refillCalendar } from './sums.ts';
import { type Changes, createChanges, forgottenFirsts, NO_CHANGES } from './totals.ts';

/** After this long a transaction ends, so that nobody who writes waits longer than that. */
const HELD_MS = 25;
/** Events whose scopes are noted in one transaction. */
const NOTED_AT_ONCE = 20_000;
/** Quarters that are read at once. */
const QUARTERS_AT_ONCE = 16;

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
  const until = performance.now() + (budgetMs ?? Number.POSITIVE_INFINITY);
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
    sessions: createSessionScope(db, changes),
    quarters: createQuarterScope(db, changes, zone),
  };
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
    refillCalendar(db, zone);
    saveRollupState(db, moved);
  });
  return moved;
}

/** The newest row's number; that of a row that is gone still counts. */
function lastSeq(db: ReadableDb): number {
  const row = db.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'hookline_event'").get();
  return Number((row as Row | undefined)?.seq ?? 0);
}

/** Notes the scopes of the events that were added since. */
function noteNews(db: WritableDb, before: RollupState): RollupState {
  const { last } = db.prepare('SELECT max(seq) AS last FROM hookline_event').get() as Row;
  const to = Number(last ?? 0);
  if (before.seq >= to) return before;
  if (before.seq === 0) return noteAll(db, { ...before, seq: to });
  const quarters = db.prepare(
    'INSERT OR IGNORE INTO hookline_dirty SELECT DISTINCT CAST(at_ms / 900000 AS INTEGER) FROM hookline_event WHERE seq > ? AND seq <= ?',
  );
  const sessions = db.prepare(
    'INSERT OR IGNORE INTO hookline_dirty SELECT DISTINCT session_id FROM hookline_event WHERE seq > ? AND seq <= ? AND session_id IS NOT NULL',
  );
  let state = before;
  while (state.seq < to) {
    const [from, until] = [state.seq, Math.min(to, state.seq + NOTED_AT_ONCE)];
    state = { ...state, seq: until };
    transaction(db, () => {
      quarters.run(from, until);
      sessions.run(from, until);
      saveRollupState(db, state);
    });
  }
  return state;
}

/** Notes every scope there is. The indexes know them, so no event is read. */
function noteAll(db: WritableDb, state: RollupState): RollupState {
  const note = db.prepare('INSERT OR IGNORE INTO hookline_dirty VALUES (?)');
  transaction(db, () => {
    for (const scope of scopesOf(db)) note.run(scope);
    saveRollupState(db, state);
  });
  return state;
}

function* scopesOf(db: ReadableDb): Generator<number | string> {
  const nextAt = db.prepare('SELECT min(at_ms) AS at FROM hookline_event WHERE at_ms >= ?');
  const nextSession = db.prepare(
    'SELECT min(session_id) AS id FROM hookline_event WHERE session_id > ?',
  );
  let { at = null } = nextAt.get(0) as Row;
  while (at !== null) {
    const quarter = Math.floor(Number(at) / QUARTER_MS);
    yield quarter;
    ({ at = null } = nextAt.get((quarter + 1) * QUARTER_MS) as Row);
  }
  const first = db.prepare('SELECT min(session_id) AS id FROM hookline_event').get() as Row;
  let { id = null } = first;
  while (id !== null) {
    yield String(id);
    ({ id = null } = nextSession.get(id) as Row);
  }
}

function hasNotes(db: ReadableDb): boolean {
  return db.prepare('SELECT 1 FROM hookline_dirty LIMIT 1').get() !== undefined;
}

function newestOf(db: ReadableDb): number {
  const row = db.prepare('SELECT max(at_ms) AS at FROM hookline_event').get() as Row;
  return Number(row.at ?? 0);
}

/** Sessions whose silence is judged by the newest event change with it. */
function noteUnsettled(db: WritableDb, newestAt: number): void {
  const sessions = unsettledSessions(db, newestAt);
  if (sessions.length === 0) return;
  const note = db.prepare('INSERT OR IGNORE INTO hookline_dirty VALUES (?)');
  transaction(db, () => {
    for (const id of sessions) note.run(id);
  });
}

interface Worker {
  readonly db: WritableDb;
  readonly newestAt: number;
  readonly changes: Changes;
  readonly sessions: SessionScope;
  readonly quarters: QuarterScope;
}

/** One transaction: sessions as long as there are any, since they say where was waited; then quarters. */
function renewSome(worker: Worker, state: RollupState): RollupState {
  const { db, changes, quarters } = worker;
  const until = performance.now() + HELD_MS;
  return transaction(db, () => {
    if (!renewSessions(worker, until)) renewQuarters(worker, until);
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

/** False when no session is noted. */
function renewSessions({ db, sessions, newestAt }: Worker, until: number): boolean {
  // Numbers come before texts, whatever they are.
  const next = db.prepare("SELECT scope FROM hookline_dirty WHERE scope >= '' LIMIT 1");
  const done = db.prepare('DELETE FROM hookline_dirty WHERE scope = ?');
  let count = 0;
  for (; count === 0 || performance.now() < until; count++) {
    const row = next.get() as Row | undefined;
    if (row === undefined) break;
    const { scope = null } = row;
    sessions.renew(String(scope), newestAt);
    done.run(scope);
  }
  return count > 0;
}

function renewQuarters({ db, quarters }: Worker, until: number): void {
  const next = db.prepare(
    `SELECT scope FROM hookline_dirty WHERE scope < '' ORDER BY scope LIMIT ${QUARTERS_AT_ONCE}`,
  );
  const done = db.prepare('DELETE FROM hookline_dirty WHERE scope >= ? AND scope < ?');
  do {
    const noted = (next.all() as Row[]).map(({ scope }) => Number(scope));
    const [from] = noted;
    if (from === undefined) return;
    const gap = noted.findIndex((quarter, i) => quarter !== from + i);
    const to = from + (gap < 0 ? noted.length : gap);
    quarters.renew(from, to);
    done.run(from, to);
  } while (performance.now() < until);
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
