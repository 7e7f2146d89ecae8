/** Calls in the store of which a whole transcript does not tell. */
import type { AuditReport } from '../../src-core/contract/views.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import type { FileRow } from './file-rows.ts';

/** A call that is in the store once too often, or that nobody else knows. */
export type Extra = AuditReport['extras'][number] & { readonly project: string | null };

/** What was found in one session. */
export interface SessionExtras {
  readonly extras: readonly Extra[];
  /** Calls of agents whose own transcript is not there: nobody can tell. */
  readonly unwitnessed: number;
}

/** Prepares the search; then looks through one session after the other. */
export function createExtraSearch(
  db: ReadableDb,
): (sessionId: string, files: readonly FileRow[]) => SessionExtras {
  const select = db.prepare(
    `SELECT id, tool_use_id, tool, at_ms, project, agent_id, source,
       EXISTS (SELECT 1 FROM hookline_transcript_call w WHERE w.id = e.tool_use_id)
       OR EXISTS (SELECT 1 FROM hookline_event o WHERE o.session_id = e.session_id
         AND o.tool_use_id = e.tool_use_id AND o.id <> e.id) AS is_double
     FROM hookline_event e WHERE session_id = ? AND kind = 'tool'
       AND NOT EXISTS (SELECT 1 FROM hookline_transcript_call c WHERE c.id = e.id)
     ORDER BY at_ms`,
  );
  return (sessionId, files) => {
    const agents = new Set(files.map(({ agentId }) => agentId));
    const rows = select.all(sessionId) as Row[];
    const told = rows.filter(({ agent_id: agent }) => agents.has(agent as string | null));
    return {
      unwitnessed: rows.length - told.length,
      extras: told.map((row) => ({
        id: String(row.id),
        tool: String(row.tool),
        sessionId,
        project: row.project === null ? null : String(row.project),
        at: Number(row.at_ms),
        why: whyExtra(row),
      })),
    };
  };
}

function whyExtra(row: Row): Extra['why'] {
  if (row.source === 'old') return 'old-record';
  return Number(row.is_double) === 1 ? 'duplicate' : 'not-in-transcript';
}
