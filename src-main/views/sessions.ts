/** Sessions that are open now, as far as their events tell. */
import type { LiveSession } from '../../src-core/contract/views.ts';
import { folderName } from '../../src-core/event/record.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import { shownPath } from './rows.ts';

/** A session of which nothing was heard for this long is not shown as open. */
const SILENT_MS = 30 * 60_000;
const MOST = 6;

const WAITING_NOTICES = new Set(['permission_prompt', 'idle_prompt', 'agent_needs_input']);

/** The open sessions, waiting ones first, then by how lately they did something. */
export function liveSessions(db: ReadableDb, now: number): LiveSession[] {
  const rows = db
    .prepare(
      `SELECT session_id, max(at_ms) AS at FROM hookline_event
       WHERE at_ms > ? AND session_id IS NOT NULL GROUP BY session_id ORDER BY at DESC`,
    )
    .all(now - SILENT_MS) as Row[];
  const sessions = rows.flatMap((row) => describe(db, String(row.session_id)) ?? []);
  const order = { waiting: 0, running: 1, idle: 2 };
  return sessions
    .sort((a, b) => order[a.state] - order[b.state] || b.sinceAt - a.sinceAt)
    .slice(0, MOST);
}

function describe(db: ReadableDb, sessionId: string): LiveSession | null {
  const last = db
    .prepare(
      `SELECT hook_event, at_ms, kind, tool, command, file_path, project, facts FROM hookline_event
       WHERE session_id = ? AND agent_id IS NULL ORDER BY at_ms DESC, seq DESC LIMIT 1`,
    )
    .get(sessionId) as Row | undefined;
  if (last === undefined || last.hook_event === 'SessionEnd') return null;
  const running = db
    .prepare(
      'SELECT tool, detail, at_ms FROM hookline_running WHERE session_id = ? ORDER BY at_ms DESC LIMIT 1',
    )
    .get(sessionId) as Row | undefined;
  const state = stateOf(last);
  const shown = state === 'running' && running !== undefined ? running : null;
  const tool = shown ?? lastTool(db, sessionId);
  return {
    sessionId,
    project: last.project === null ? null : folderName(String(last.project)),
    state,
    sinceAt: Number(shown?.at_ms ?? last.at_ms),
    what: textOf(tool?.tool),
    detail: shownPath(textOf(tool?.detail), textOf(last.project)),
  };
}

function stateOf(last: Row): LiveSession['state'] {
  const facts =
    last.facts === null ? {} : (JSON.parse(String(last.facts)) as Record<string, unknown>);
  switch (last.hook_event) {
    case 'PermissionRequest':
      return 'waiting';
    case 'Notification':
      return WAITING_NOTICES.has(String(facts.notification_type)) ? 'waiting' : 'running';
    case 'Stop':
      return Number(facts.background_tasks ?? 0) > 0 ? 'running' : 'idle';
    case 'StopFailure':
    case 'SessionStart':
      return 'idle';
    default:
      return 'running';
  }
}

function lastTool(db: ReadableDb, sessionId: string): Row | undefined {
  return db
    .prepare(
      `SELECT tool, coalesce(command, file_path) AS detail FROM hookline_event
       WHERE session_id = ? AND kind = 'tool' ORDER BY at_ms DESC, seq DESC LIMIT 1`,
    )
    .get(sessionId) as Row | undefined;
}

function textOf(value: Row[string] | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
