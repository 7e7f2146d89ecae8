/** One session on a time axis. */
import type { Outcome, RecordSegment } from '../../src-core/contract/views.ts';
import type { SessionView } from '../../src-core/contract/work.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import { sessionFates } from './fates.ts';
import { recordSegments } from './record.ts';
import { readRows } from './rows.ts';
import { agentsOf, busyMs, type LaneEvent, lanesOf, turnsOf, waitsOf } from './session-lanes.ts';
import { type SessionListInput, sessionRow } from './session-list.ts';

/** The newest events of a session; an older one is listed, and drawn without them. */
const MOST_EVENTS = 20_000;
const PROMPT_LENGTH = 240;
const SLOWEST = 6;
const MOST_MARKS = 300;
const MARKED: ReadonlySet<string> = new Set([
  'failed',
  'timed_out',
  'denied',
  'rejected',
  'interrupted',
]);

/** What a timeline is drawn from. */
export interface TimelineInput extends SessionListInput {
  /** Where capture was not at work, oldest first. */
  readonly breaks: readonly RecordSegment[];
}

/** Computes the timeline; its session is null where the record has nothing of it. */
export function sessionView(input: TimelineInput, sessionId: string): SessionView {
  const { db, now, zone, health } = input;
  const session = db === null ? null : timeline(db, sessionId, input);
  return { now, timeZone: zone.name, health, session };
}

type Timeline = NonNullable<SessionView['session']>;

function timeline(db: ReadableDb, sessionId: string, input: TimelineInput): Timeline | null {
  const facts = sessionRow(db, sessionId, input);
  if (facts === null) return null;
  const rows = eventsOf(db, sessionId);
  const events = rows.map(({ event }) => event);
  const turns = turnsOf(events);
  const endsAt = facts.end === null ? input.now : facts.toAt;
  const waits = waitsOf(events, endsAt);
  const fates = sessionFates(db, sessionId);
  const folder = rows.findLast((row) => row.project !== null)?.project ?? null;
  return {
    ...facts,
    folder,
    waitedMs: waits.reduce((sum, { fromAt, toAt }) => sum + toAt - fromAt, 0),
    recovered:
      fates === null
        ? null
        : [...fates.values()].filter(({ ending }) => ending === 'recovered').length,
    segments: recordSegments({ fromAt: facts.fromAt, toAt: endsAt + 1 }, input.breaks),
    turns,
    lanes: lanesOf(events),
    agents: agentsOf(events),
    waits,
    marks: rows
      .filter(({ event }) => event.kind === 'tool' && MARKED.has(event.outcome ?? ''))
      .slice(-MOST_MARKS)
      .map(({ id, event }) => {
        const fate = fates?.get(id);
        return {
          at: event.at,
          outcome: event.outcome as Outcome,
          fate: fate === undefined ? null : { ending: fate.ending, endedAt: fate.endedAt },
        };
      }),
    compactions: events.filter(({ hookEvent }) => hookEvent === 'PreCompact').map(({ at }) => at),
    slowest: slowest(db, sessionId),
    toolsMs: busyMs(events),
  };
}

interface TimelineRow {
  readonly id: string;
  readonly project: string | null;
  readonly event: LaneEvent;
}

function eventsOf(db: ReadableDb, sessionId: string): TimelineRow[] {
  const rows = db
    .prepare(
      `SELECT id, at_ms, kind, hook_event, tool, outcome, duration_ms, agent_id, agent_type, project,
         CASE WHEN hook_event = 'UserPromptSubmit' AND json_valid(content)
           THEN substr(content ->> '$.prompt', 1, ${PROMPT_LENGTH}) END AS prompt
       FROM hookline_event WHERE session_id = ? ORDER BY at_ms DESC, seq DESC LIMIT ${MOST_EVENTS}`,
    )
    .all(sessionId) as Row[];
  return rows.reverse().map((row) => {
    const text = (value: Row[string] | undefined): string | null =>
      value === null || value === undefined ? null : String(value);
    return {
      id: String(row.id),
      project: text(row.project),
      event: {
        at: Number(row.at_ms),
        kind: String(row.kind),
        hookEvent: String(row.hook_event),
        tool: text(row.tool),
        outcome: text(row.outcome),
        durationMs: row.duration_ms === null ? null : Number(row.duration_ms),
        agentId: text(row.agent_id),
        agentType: text(row.agent_type),
        prompt: text(row.prompt),
      },
    };
  });
}

function slowest(db: ReadableDb, sessionId: string): Timeline['slowest'] {
  const ids = db
    .prepare(
      `SELECT id FROM hookline_event WHERE session_id = ? AND kind = 'tool'
       AND duration_ms IS NOT NULL ORDER BY duration_ms DESC LIMIT ${SLOWEST}`,
    )
    .all(sessionId) as Row[];
  return readRows(db, {
    where: 'id IN (SELECT value FROM json_each(?))',
    values: [JSON.stringify(ids.map(({ id }) => id))],
    limit: SLOWEST,
  }).sort((a, b) => (b.durationMs ?? 0) - (a.durationMs ?? 0));
}
