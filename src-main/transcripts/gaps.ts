/** Calls that transcripts tell of and the store lacks: which, and whether a backfill can bring them. */
import { createExclusion } from '../../src-core/settings/exclusion.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import type { Pause } from '../capture/pause.ts';
import { SETTLE_MS } from './judge.ts';
import { createTakenBack } from './runs.ts';

/** A call without an event. Times are epoch milliseconds. */
export interface MissingCall {
  readonly id: string;
  readonly file: number;
  /** Session whose transcript tells of it. */
  readonly sessionId: string;
  readonly agentId: string | null;
  readonly project: string | null;
  readonly tool: string;
  readonly at: number;
  readonly endedAt: number | null;
  /** False when the transcript is there no more. */
  readonly hasFile: boolean;
}

/** Why a call is left out on purpose; null for one that is missing. */
export type LeftOut = 'paused' | 'excluded' | 'taken-back' | null;

/** All calls without an event, in the order of their time. */
export function missingCalls(db: ReadableDb): readonly MissingCall[] {
  return db
    .prepare(
      `SELECT c.*, t.session_id AS teller, t.gone_at_ms FROM hookline_transcript_call c
       JOIN hookline_transcript t ON t.id = c.file
       WHERE NOT EXISTS (SELECT 1 FROM hookline_event e WHERE e.id = c.id)
       ORDER BY c.at_ms, c.id`,
    )
    .all()
    .map((value) => {
      const row = value as Row;
      const text = (name: string): string | null => (row[name] == null ? null : String(row[name]));
      return {
        id: String(row.id),
        file: Number(row.file),
        sessionId: String(row.teller),
        agentId: text('agent_id'),
        project: text('project'),
        tool: String(row.tool),
        at: Number(row.at_ms),
        endedAt: row.ended_at_ms == null ? null : Number(row.ended_at_ms),
        hasFile: row.gone_at_ms === null,
      };
    });
}

/** Tells why a call is left out on purpose. */
export function createLeftOut(
  db: ReadableDb,
  pauses: readonly Pause[],
  excludedFolders: readonly string[],
): (call: MissingCall) => LeftOut {
  const takenBack = createTakenBack(db);
  const isExcluded = createExclusion(excludedFolders);
  return ({ id, project, at, endedAt }) => {
    const moment = endedAt ?? at;
    const isPaused = pauses.some(
      ({ fromAt, toAt }) => moment >= fromAt && moment < (toAt ?? Number.POSITIVE_INFINITY),
    );
    if (isPaused) return 'paused';
    if (isExcluded(project, null)) return 'excluded';
    return takenBack.isEvent(id) ? 'taken-back' : null;
  };
}

/** Files that must be read again, because they tell of calls that the store lost or never got. */
export function filesWithGaps(
  db: ReadableDb,
  leftOut: (call: MissingCall) => LeftOut,
  now: number,
): ReadonlySet<number> {
  const files = new Set<number>();
  for (const call of missingCalls(db)) {
    const isSettled = call.endedAt !== null && call.endedAt + SETTLE_MS <= now;
    if (isSettled && call.hasFile && leftOut(call) === null) files.add(call.file);
  }
  return files;
}
