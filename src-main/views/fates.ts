/** How errors ended, from the episodes that the statistics keep. */
import type { Fate } from '../../src-core/contract/work.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import { readRollupState } from '../stats/rollup/state.ts';
import type { Span } from './measures.ts';

/** One episode: the error that began it and how it ended. */
export interface KnownFate extends Fate {
  readonly at: number;
}

/**
 * Episodes by the id of the error that began each; null where they are not known, because the
 * statistics have not been made yet or are being made anew.
 */
export function readFates(
  db: ReadableDb,
  { fromAt, toAt }: Span,
): ReadonlyMap<string, KnownFate> | null {
  if (readRollupState(db)?.isComplete !== true) return null;
  const rows = db
    .prepare(
      'SELECT event_id, at_ms, ending, ended_at_ms FROM hookline_rollup_episode WHERE at_ms >= ? AND at_ms < ?',
    )
    .all(fromAt, toAt) as Row[];
  return new Map(rows.map((row) => [String(row.event_id), fateOf(row)]));
}

/** Episodes of one session, as `readFates`. */
export function sessionFates(
  db: ReadableDb,
  sessionId: string,
): ReadonlyMap<string, KnownFate> | null {
  if (readRollupState(db)?.isComplete !== true) return null;
  const rows = db
    .prepare(
      'SELECT event_id, at_ms, ending, ended_at_ms FROM hookline_rollup_episode WHERE session_id = ?',
    )
    .all(sessionId) as Row[];
  return new Map(rows.map((row) => [String(row.event_id), fateOf(row)]));
}

function fateOf(row: Row): KnownFate {
  return {
    at: Number(row.at_ms),
    ending: row.ending as Fate['ending'],
    endedAt: row.ended_at_ms === null ? null : Number(row.ended_at_ms),
  };
}
