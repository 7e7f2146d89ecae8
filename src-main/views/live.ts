/** What the live page draws: the newest events and what is going on. */
import type { HealthLine, LiveSession, RecordSegment } from '../../src-core/contract/views.ts';
import type { InFlight, LiveView, ViewFilter } from '../../src-core/contract/work.ts';
import { folderName } from '../../src-core/event/record.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import type { Zone } from '../stats/zone.ts';
import { type Condition, conditionOf } from './filter.ts';
import { recordSegments } from './record.ts';
import { readRows, shownPath } from './rows.ts';
import { liveSessions } from './sessions.ts';

/** The pulse: ten minutes in steps of five seconds. */
const PULSE_MS = 600_000;
const STEP_MS = 5000;
const STEPS = PULSE_MS / STEP_MS;
/** A call of which no end was told is not taken for a running one for longer. */
const RUNNING_MS = 6 * 3_600_000;
const MOST_IN_FLIGHT = 12;

/** What the live page is drawn from. `db` is null before the first event. */
export interface LiveInput {
  readonly db: ReadableDb | null;
  readonly zone: Zone;
  readonly now: number;
  readonly health: HealthLine;
  readonly clients: ReadonlySet<string>;
  readonly breaks: readonly RecordSegment[];
}

/** The newest `limit` events that a filter lets through, whenever they happened. */
export function liveView(input: LiveInput, filter: ViewFilter, limit: number): LiveView {
  const { db, zone, now, health, clients } = input;
  // Steps stand still while time goes on, or every bar would change with every reading.
  const toAt = (Math.floor(now / STEP_MS) + 1) * STEP_MS;
  const pulse = { fromAt: toAt - PULSE_MS, toAt };
  const base = { now, timeZone: zone.name, health };
  const segments = recordSegments({ ...pulse, toAt: now + 1 }, input.breaks);
  if (db === null) {
    const ticks = Array.from({ length: STEPS }, () => 0);
    const nothing = { ...pulse, segments, ticks, lastMinute: 0, sessions: 0 };
    return { ...base, pulse: nothing, events: [], inFlight: [] };
  }
  const within = conditionOf(filter, pulse);
  const sessions = liveSessions(db, now, clients).filter(({ state }) => state !== 'ended');
  return {
    ...base,
    pulse: {
      ...pulse,
      segments,
      ticks: ticksOf(db, within, pulse.fromAt),
      lastMinute: countOf(db, conditionOf(filter, { fromAt: now - 60_000, toAt: now + 1 })),
      sessions: sessions.length,
    },
    events: readRows(db, {
      ...conditionOf(filter, { fromAt: 0, toAt: Number.MAX_SAFE_INTEGER }),
      limit,
    }),
    inFlight: inFlight(db, now, sessions),
  };
}

function countOf(db: ReadableDb, { where, values }: Condition): number {
  const row = db
    .prepare(`SELECT count(*) AS n FROM hookline_event WHERE ${where}`)
    .get(...values) as Row;
  return Number(row.n);
}

function ticksOf(db: ReadableDb, { where, values }: Condition, fromAt: number): number[] {
  const ticks = Array.from({ length: STEPS }, () => 0);
  const rows = db
    .prepare(
      `SELECT CAST((at_ms - ?) / ${STEP_MS} AS INTEGER) AS step, count(*) AS n
       FROM hookline_event WHERE ${where} GROUP BY 1`,
    )
    .all(fromAt, ...values) as Row[];
  for (const row of rows) ticks[Number(row.step)] = Number(row.n);
  return ticks;
}

/** Waiting sessions first, then the calls that began last; a session without a told call is its last one. */
function inFlight(db: ReadableDb, now: number, sessions: readonly LiveSession[]): InFlight[] {
  const waiting = sessions.filter(({ state }) => state === 'waiting').map(ofSession);
  const told = runningCalls(db, now, new Set(sessions.map(({ sessionId }) => sessionId)));
  return [...waiting, ...told].slice(0, MOST_IN_FLIGHT);
}

function ofSession(session: LiveSession): InFlight {
  const { sessionId, project, what, detail, sinceAt } = session;
  const key = `waiting ${sessionId}`;
  return { key, state: 'waiting', at: sinceAt, what, detail, project, sessionId };
}

function runningCalls(
  db: ReadableDb,
  now: number,
  sessions: ReadonlySet<string>,
): readonly InFlight[] {
  const rows = db
    .prepare(
      `SELECT tool_use_id, session_id, tool, detail, at_ms,
         (SELECT project FROM hookline_event AS event WHERE event.session_id = running.session_id
          ORDER BY at_ms DESC LIMIT 1) AS project
       FROM hookline_running AS running WHERE at_ms > ? ORDER BY at_ms DESC LIMIT 100`,
    )
    .all(now - RUNNING_MS) as Row[];
  return rows
    .filter((row) => sessions.has(String(row.session_id)))
    .map((row): InFlight => {
      const folder = row.project === null ? null : String(row.project);
      return {
        key: String(row.tool_use_id),
        state: 'running',
        at: Number(row.at_ms),
        what: String(row.tool),
        detail: shownPath(row.detail === null ? null : String(row.detail), folder),
        project: folder === null ? null : folderName(folder),
        sessionId: String(row.session_id),
      };
    });
}
