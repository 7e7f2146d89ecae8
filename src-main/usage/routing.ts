/** Which model answered which prompt, and for which agent: the record of how work was routed. */
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import type { Span } from '../views/measures.ts';

/** What one model did for one prompt, in the session itself or in one of its agents. */
export interface RoutedPrompt {
  /** Null for answers of which no prompt is known. */
  readonly promptId: string | null;
  readonly sessionId: string | null;
  readonly project: string | null;
  /** Null for the session itself. */
  readonly agentId: string | null;
  readonly agentType: string | null;
  readonly model: string;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly answers: number;
  readonly output: number;
}

/** The newest `limit` of them, by their first answer in the span. */
export function routedPrompts(
  db: ReadableDb,
  { fromAt, toAt }: Span,
  limit: number,
): readonly RoutedPrompt[] {
  const rows = db
    .prepare(
      `SELECT prompt_id, session_id, project, agent_id, agent_type, model,
         min(at_ms) AS first_at, max(at_ms) AS last_at, count(*) AS answers, sum(output) AS output
       FROM hookline_usage WHERE at_ms >= ? AND at_ms < ?
       GROUP BY prompt_id, session_id, agent_id, model
       ORDER BY first_at DESC, model LIMIT ?`,
    )
    .all(fromAt, toAt, limit) as Row[];
  const text = (value: Row[string] | undefined): string | null =>
    value === null || value === undefined ? null : String(value);
  return rows.map((row) => ({
    promptId: text(row.prompt_id),
    sessionId: text(row.session_id),
    project: text(row.project),
    agentId: text(row.agent_id),
    agentType: text(row.agent_type),
    model: String(row.model),
    firstAt: Number(row.first_at),
    lastAt: Number(row.last_at),
    answers: Number(row.answers),
    output: Number(row.output),
  }));
}
