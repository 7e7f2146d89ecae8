/** Calls that transcripts tell of and the store lacks: which, and whether a backfill can bring them. */
import type { Paths } from '../../src-core/files/paths.ts';
import { createExclusion } from '../../src-core/settings/exclusion.ts';
import { readSettings } from '../../src-core/settings/settings.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import { openTombstones } from '../../src-core/store/tombstones.ts';
import { readPauses } from '../capture/pause.ts';
import { createPauseCheck, SETTLE_MS } from './judge.ts';

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

/** Tells why a call is left out on purpose, by what the user chose until now. */
export function createLeftOut(paths: Paths): (call: MissingCall) => LeftOut {
  const isPaused = createPauseCheck(readPauses(paths));
  const isExcluded = createExclusion(readSettings(paths.settings).settings.excludedFolders);
  const tombstones = openTombstones(paths);
  return ({ id, sessionId, project, at, endedAt }) => {
    const moment = endedAt ?? at;
    if (isPaused(moment)) return 'paused';
    if (isExcluded(project, null)) return 'excluded';
    return tombstones.covers({ id, sessionId, at: moment }) ? 'taken-back' : null;
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
