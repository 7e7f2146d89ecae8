/** The sessions of a range, and what is known of each over its whole life. */
import type { HealthLine } from '../../src-core/contract/views.ts';
import type { SessionRow, SessionsView, ViewFilter } from '../../src-core/contract/work.ts';
import { folderName } from '../../src-core/event/record.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import { SILENCE_MS } from '../stats/recovery-fold.ts';
import type { Zone } from '../stats/zone.ts';
import { both, conditionOf, spanOfFilter } from './filter.ts';
import { ACTIVE_GAP_MS, BAD } from './measures.ts';

/** What the list is drawn from. `db` is null before the first event. */
export interface SessionListInput {
  readonly db: ReadableDb | null;
  readonly zone: Zone;
  readonly now: number;
  readonly health: HealthLine;
  /** Sessions whose client runs. */
  readonly clients: ReadonlySet<string>;
}

/** The newest `limit` sessions with an event that the filter lets through. */
export function sessionsView(
  input: SessionListInput,
  filter: ViewFilter,
  limit: number,
): SessionsView {
  const { db, zone, now, health } = input;
  const range = spanOfFilter(filter, input);
  const base = { now, timeZone: zone.name, health, range };
  if (db === null) return { ...base, sessions: [], total: 0 };
  const { where, values } = both(conditionOf(filter, range), {
    where: 'session_id IS NOT NULL',
    values: [],
  });
  const ids = db
    .prepare(
      `SELECT session_id, max(at_ms) AS last FROM hookline_event WHERE ${where}
       GROUP BY session_id ORDER BY last DESC`,
    )
    .all(...values) as Row[];
  const sessions = ids
    .slice(0, limit)
    .map(({ session_id: id }) => sessionRow(db, String(id), input))
    .filter((row) => row !== null);
  return { ...base, sessions, total: ids.length };
}

/** What is known of a session; null where the record has nothing of it. */
export function sessionRow(
  db: ReadableDb,
  sessionId: string,
  { now, clients }: Pick<SessionListInput, 'now' | 'clients'>,
): SessionRow | null {
  const row = db
    .prepare(
      `SELECT count(*) AS events, min(at_ms) AS first, max(at_ms) AS last,
         sum(hook_event = 'UserPromptSubmit' AND agent_id IS NULL) AS prompts,
         sum(kind = 'tool') AS calls, sum(kind = 'tool' AND outcome IN ${BAD}) AS errors,
         count(DISTINCT agent_id) AS agents
       FROM hookline_event WHERE session_id = ?`,
    )
    .get(sessionId) as Row;
  if (Number(row.events) === 0) return null;
  const last = (column: 'project' | 'model' | 'hook_event', and = 'IS NOT NULL'): string | null => {
    const found = db
      .prepare(
        `SELECT ${column} AS value FROM hookline_event WHERE session_id = ? AND ${column} ${and}
         ORDER BY at_ms DESC, seq DESC LIMIT 1`,
      )
      .get(sessionId) as Row | undefined;
    return found === undefined ? null : String(found.value);
  };
  const toAt = Number(row.last);
  const project = last('project');
  const isOver = !clients.has(sessionId) && now - toAt > SILENCE_MS;
  return {
    sessionId,
    project: project === null ? null : folderName(project),
    model: last('model'),
    fromAt: Number(row.first),
    toAt,
    end: last('hook_event') === 'SessionEnd' ? 'told' : isOver ? 'inferred' : null,
    prompts: Number(row.prompts),
    calls: Number(row.calls),
    errors: Number(row.errors),
    agents: Number(row.agents),
    activeMs: activeMsOf(db, sessionId),
  };
}

/** Time of a session in which events followed each other closely. */
function activeMsOf(db: ReadableDb, sessionId: string): number {
  const row = db
    .prepare(
      `WITH gaps AS (SELECT at_ms - lag(at_ms) OVER (ORDER BY at_ms) AS gap
         FROM hookline_event WHERE session_id = ?)
       SELECT coalesce(sum(gap), 0) AS active FROM gaps WHERE gap <= ${ACTIVE_GAP_MS}`,
    )
    .get(sessionId) as Row;
  return Number(row.active);
}
