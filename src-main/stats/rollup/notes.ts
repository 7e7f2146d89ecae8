/** Which scopes must be folded anew: what the triggers noted, and what events were added since. */
import {
  type ReadableDb,
  type Row,
  transaction,
  type WritableDb,
} from '../../../src-core/store/driver.ts';
import { QUARTER_MS } from '../zone.ts';
import { unsettledSessions } from './session-scope.ts';
import { type RollupState, saveRollupState } from './state.ts';

/** Events whose scopes are noted in one transaction. */
const NOTED_AT_ONCE = 20_000;
/** Quarters that are read at once. */
const QUARTERS_AT_ONCE = 16;

/** The notes of a store. */
export interface Notes {
  /** Some of the noted quarters, earliest first. */
  quarters(): readonly number[];
  /** The noted sessions with events in these quarters. */
  sessionsIn(fromQuarter: number, toQuarter: number): readonly string[];
  /** Any noted session. */
  session(): string | null;
  remove(scope: number | string): void;
}

/** Prepares reading them. Numbers come before texts in their order, whatever they are. */
export function createNotes(db: WritableDb): Notes {
  const quarters = db.prepare(
    `SELECT scope FROM hookline_dirty WHERE scope < '' ORDER BY scope LIMIT ${QUARTERS_AT_ONCE}`,
  );
  const session = db.prepare("SELECT scope FROM hookline_dirty WHERE scope >= '' LIMIT 1");
  // The limit keeps SQLite from walking through all sessions in their order instead.
  const atWork = db.prepare(
    `SELECT DISTINCT session_id AS id FROM
       (SELECT session_id FROM hookline_event WHERE at_ms >= ? AND at_ms < ? LIMIT -1)`,
  );
  const isNoted = db.prepare('SELECT 1 FROM hookline_dirty WHERE scope = ?');
  const remove = db.prepare('DELETE FROM hookline_dirty WHERE scope = ?');
  return {
    quarters: () => (quarters.all() as Row[]).map(({ scope }) => Number(scope)),
    sessionsIn: (from, to) =>
      (atWork.all(from * QUARTER_MS, to * QUARTER_MS) as Row[])
        .filter(({ id = null }) => id !== null && isNoted.get(id) !== undefined)
        .map(({ id }) => String(id)),
    session: () => {
      const row = session.get() as Row | undefined;
      return row === undefined ? null : String(row.scope);
    },
    remove: (scope) => {
      remove.run(scope);
    },
  };
}

/** True while some scope is noted. */
export function hasNotes(db: ReadableDb): boolean {
  return db.prepare('SELECT 1 FROM hookline_dirty LIMIT 1').get() !== undefined;
}

/** Notes the scopes of the events that were added since. */
export function noteNews(db: WritableDb, before: RollupState): RollupState {
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

/** Sessions whose silence is judged by the newest event change with it. */
export function noteUnsettled(db: WritableDb, newestAt: number): void {
  const sessions = unsettledSessions(db, newestAt);
  if (sessions.length === 0) return;
  const note = db.prepare('INSERT OR IGNORE INTO hookline_dirty VALUES (?)');
  transaction(db, () => {
    for (const id of sessions) note.run(id);
  });
}
