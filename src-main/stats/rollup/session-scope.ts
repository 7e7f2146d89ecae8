/** Brings the rows of one session up to date, and the totals that they are part of. */
import type { Row, WritableDb } from '../../../src-core/store/driver.ts';
import { SILENCE_MS } from '../recovery-fold.ts';
import { type Columns, createScopeTable } from './rows.ts';
import { createTakeBack, recoveryLineId } from './seen-lines.ts';
import { foldSession, SESSION_COLUMNS } from './session-fold.ts';
import { episodeShares } from './shares.ts';
import type { Changes } from './totals.ts';

/** Works on sessions. Runs in the caller's transactions. */
export interface SessionScope {
  /** Folds the session anew; returns how many events it has. Quarters that this changes are noted. */
  renew(sessionId: string, newestAt: number): number;
}

/** Prepares it. */
export function createSessionScope(db: WritableDb, changes: Changes): SessionScope {
  const events = db.prepare(
    `SELECT ${SESSION_COLUMNS} FROM hookline_event WHERE session_id = ? ORDER BY at_ms, seq`,
  );
  const session = createScopeTable(db, {
    table: 'hookline_rollup_session',
    scope: 'session_id',
    keys: [],
    values: ['first_at_ms', 'last_at_ms', 'captured_at_ms', 'open', 'is_silent'],
  });
  const episodes = createScopeTable(db, {
    table: 'hookline_rollup_episode',
    scope: 'session_id',
    keys: ['event_id'],
    values: [
      'at_ms',
      'error_class',
      'ending',
      'ended_at_ms',
      'attempts',
      'edits',
      'other_commands',
      'is_told',
    ],
  });
  const waits = createScopeTable(db, {
    table: 'hookline_rollup_wait',
    scope: 'session_id',
    keys: ['quarter'],
    values: ['waited_ms'],
  });
  const line = db.prepare('SELECT state FROM hookline_line WHERE id = ?');
  const takeBack = createTakeBack(db);
  const note = db.prepare('INSERT OR IGNORE INTO hookline_dirty VALUES (?)');
  const told = (row: Columns): Columns => ({
    ...row,
    is_told:
      row.ended_at_ms !== null && tells(line.get(recoveryLineId(String(row.event_id))), row.ending)
        ? 1
        : 0,
  });
  return {
    renew: (sessionId, newestAt) => {
      const rows = events.all(sessionId) as Row[];
      const now = foldSession(rows, newestAt);
      session.replace(sessionId, now.session === null ? [] : [now.session]);
      const changed = episodes.replace(sessionId, now.episodes.map(told));
      changes.move(changed, episodeShares);
      const ended = new Set(changed.brought.filter(isOver).map(({ event_id: id }) => id));
      for (const { event_id: id = '' } of changed.taken)
        if (!ended.has(id)) takeBack(recoveryLineId(String(id)), newestAt);
      const waited = waits.replace(sessionId, now.waits);
      for (const { quarter } of [...waited.taken, ...waited.brought]) note.run(Number(quarter));
      return rows.length;
    },
  };
}

function isOver({ ended_at_ms: endedAt }: Columns): boolean {
  return endedAt !== null;
}

/** True when a line that was seen in its file tells this state. */
export function tells(line: unknown, state: string | number | null | undefined): boolean {
  return line !== undefined && (line as Row).state === String(state);
}

/** Sessions whose silence must be judged anew, since the newest event is another one than before. */
export function unsettledSessions(db: WritableDb, newestAt: number): readonly string[] {
  const border = newestAt - SILENCE_MS;
  const rows = db
    .prepare(
      `SELECT session_id FROM hookline_rollup_session WHERE open > 0 AND is_silent = 0 AND captured_at_ms < ?
       UNION ALL
       SELECT session_id FROM hookline_rollup_session WHERE open > 0 AND is_silent = 1 AND captured_at_ms >= ?`,
    )
    .all(border, border) as Row[];
  return rows.map((row) => String(row.session_id));
}
