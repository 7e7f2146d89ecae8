/** Sessions that no whole transcript bears witness of, and how many calls of theirs are stored. */
import type { AuditReport } from '../../src-core/contract/views.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import type { SessionFiles } from './whole.ts';

/** Lists them; `agentsGone` has the calls of agents without a transcript, by session. */
export function listNoWitness(
  db: ReadableDb,
  files: ReadonlyMap<string, SessionFiles>,
  agentsGone: ReadonlyMap<string, number>,
): AuditReport['noWitness'] {
  const rows = db
    .prepare(
      `SELECT session_id, count(*) AS n FROM hookline_event
       WHERE kind = 'tool' AND session_id IS NOT NULL GROUP BY session_id`,
    )
    .all() as Row[];
  const sessions: AuditReport['noWitness']['sessions'] = [];
  for (const row of rows) {
    const sessionId = String(row.session_id);
    const session = files.get(sessionId);
    const why = session === undefined ? 'no-transcript' : session.why;
    const gone = agentsGone.get(sessionId) ?? 0;
    if (why !== null) sessions.push({ sessionId, calls: Number(row.n), why });
    else if (gone > 0) sessions.push({ sessionId, calls: gone, why: 'agent-gone' });
  }
  return { calls: sessions.reduce((sum, { calls }) => sum + calls, 0), sessions };
}
