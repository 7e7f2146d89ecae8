/** Sessions that are open now, as far as their events tell. */
import type { LiveSession } from '../../src-core/contract/views.ts';
import { folderName } from '../../src-core/event/record.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import { shownPath } from './rows.ts';

/** A session of which nothing was heard for this long is not shown as open. */
const SILENT_MS = 30 * 60_000;
/** So long a session is shown whose end was inferred. */
const ENDED_SHOWN_MS = 4 * 3_600_000;
const MOST = 6;

const WAITING_NOTICES = new Set(['permission_prompt', 'idle_prompt', 'agent_needs_input']);

/**
 * The open sessions, waiting ones first, then by how lately they did something. Where it is known
 * which clients run, a silent session is open as long as its client runs; without one it has ended,
 * though nothing told so.
 */
export function liveSessions(
  db: ReadableDb,
  now: number,
  clients?: ReadonlySet<string>,
): LiveSession[] {
  const since = now - (clients === undefined ? SILENT_MS : ENDED_SHOWN_MS);
  // The limit keeps SQLite from walking through all sessions in their order instead.
  const rows = db
    .prepare(
      `SELECT known AS session_id, (SELECT max(at_ms) FROM hookline_event WHERE session_id = known) AS at
       FROM (SELECT session_id AS known FROM
           (SELECT session_id FROM hookline_event WHERE at_ms > ? LIMIT -1)
         UNION SELECT value FROM json_each(?)) WHERE known IS NOT NULL`,
    )
    .all(since, JSON.stringify([...(clients ?? [])])) as Row[];
  const sessions = rows.flatMap((row) => {
    const session = describe(db, String(row.session_id));
    if (session === null || clients?.has(session.sessionId)) return session ?? [];
    const at = Number(row.at);
    return at > now - SILENT_MS ? session : { ...session, state: 'ended' as const, sinceAt: at };
  });
  const order = { waiting: 0, running: 1, idle: 2, ended: 3 };
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
  const turn = turnStart(db, sessionId);
  const request = openRequest(db, sessionId, turn);
  const state = request === undefined ? stateOf(db, sessionId, last) : 'waiting';
  const running = runningCall(db, sessionId, turn);
  const shown = state === 'running' ? running : undefined;
  const asked = request === undefined ? null : toolName(factsOf(request));
  // Of what is asked for only a call that has begun tells more than the name.
  const tool =
    asked === null
      ? (shown ?? lastTool(db, sessionId))
      : { tool: asked, detail: running?.tool === asked ? (running.detail ?? null) : null };
  return {
    sessionId,
    project: last.project === null ? null : folderName(String(last.project)),
    state,
    sinceAt: Number((request ?? shown ?? last).at_ms),
    what: textOf(tool?.tool),
    detail: shownPath(textOf(tool?.detail), textOf(last.project)),
  };
}

type Facts = Readonly<Record<string, unknown>>;

function factsOf({ facts }: Row): Facts {
  return facts === null ? {} : (JSON.parse(String(facts)) as Facts);
}

/** When the present turn began; what was left open before it was given up. */
function turnStart(db: ReadableDb, sessionId: string): number {
  const row = db
    .prepare(
      `SELECT max(at_ms) AS at FROM hookline_event WHERE session_id = ? AND agent_id IS NULL
       AND hook_event IN ('UserPromptSubmit', 'Stop', 'StopFailure', 'SessionStart')`,
    )
    .get(sessionId) as Row;
  return Number(row.at ?? 0);
}

/** The call of this turn that has begun last: of one that was given up nothing tells the end. */
function runningCall(db: ReadableDb, sessionId: string, turn: number): Row | undefined {
  return db
    .prepare(
      'SELECT tool, detail, at_ms FROM hookline_running WHERE session_id = ? AND at_ms >= ? ORDER BY at_ms DESC LIMIT 1',
    )
    .get(sessionId, turn) as Row | undefined;
}

/** The last question for permission after which the main thread or the agent that asked has not gone on. */
function openRequest(db: ReadableDb, sessionId: string, turn: number): Row | undefined {
  return db
    .prepare(
      `SELECT facts, at_ms FROM hookline_event AS asked
       WHERE session_id = ? AND hook_event = 'PermissionRequest' AND at_ms >= ? AND NOT EXISTS (
         SELECT 1 FROM hookline_event AS later
         WHERE later.session_id = asked.session_id AND later.agent_id IS asked.agent_id
         AND later.hook_event NOT IN ('PermissionRequest', 'Notification')
         AND later.at_ms >= asked.at_ms AND (later.at_ms > asked.at_ms OR later.seq > asked.seq))
       ORDER BY at_ms DESC, seq DESC LIMIT 1`,
    )
    .get(sessionId, turn) as Row | undefined;
}

/** True when the dialog that a notice told of was an agent's, and that agent has gone on since. */
function hasAgentGoneOn(db: ReadableDb, sessionId: string, notice: Row): boolean {
  const row = db
    .prepare(
      `SELECT 1 FROM hookline_event WHERE session_id = ? AND at_ms > ? AND agent_id = (
         SELECT agent_id FROM hookline_event WHERE session_id = ? AND at_ms <= ?
         AND hook_event = 'PermissionRequest' ORDER BY at_ms DESC, seq DESC LIMIT 1) LIMIT 1`,
    )
    .get(sessionId, notice.at_ms ?? null, sessionId, notice.at_ms ?? null);
  return row !== undefined;
}

function toolName({ tool_name: name }: Facts): string | null {
  return typeof name === 'string' ? name : null;
}

function stateOf(db: ReadableDb, sessionId: string, last: Row): LiveSession['state'] {
  const facts = factsOf(last);
  switch (last.hook_event) {
    case 'Notification':
      return isWaiting(facts) && !hasAgentGoneOn(db, sessionId, last) ? 'waiting' : 'running';
    case 'Stop':
      return Number(facts.background_tasks ?? 0) > 0 ? 'running' : 'idle';
    case 'PostCompact':
      // The user asked for it between two turns; else it happened within one.
      return facts.trigger === 'manual' ? 'idle' : 'running';
    case 'StopFailure':
    case 'SessionStart':
      return 'idle';
    default:
      return 'running';
  }
}

function isWaiting(facts: Facts): boolean {
  return WAITING_NOTICES.has(String(facts.notification_type));
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
