/**
 * What Hookline recorded itself in the time that the old record covers. While both hooks run, each
 * call leaves old traces too; those are shadows of ours and never count.
 */
import type { CapturedEvent, EventKind } from '../../src-core/event/event.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import { type Columns, makeColumns } from './columns.ts';
import { hashText } from './hash.ts';
import { shownNumber } from './old-texts.ts';
import type { Traces } from './traces.ts';

const KINDS = {
  subject: 'number',
  /** When the call had begun at the earliest; for other events when they happened. */
  startS: 'number',
  atS: 'number',
  shown: 'number',
  /** First eight characters of the session's id. */
  session: 'number',
} as const;

/** Events of ours, in the order of their time. */
export interface OwnEvents {
  readonly columns: Columns<keyof typeof KINDS>;
  /** Sessions of which anything was recorded. */
  readonly sessions: ReadonlySet<number>;
  count(): number;
}

/** A call whose duration nobody told may have run as long as the client lets one run. */
export const LONGEST_CALL_S = 600;
/** Beyond the old record's ends on both sides: what may belong to its first and last traces. */
const MARGIN_S = LONGEST_CALL_S + 60;

/** One event of ours, as far as it matters here. */
export type OwnEvent = Pick<
  CapturedEvent,
  'kind' | 'hookEvent' | 'at' | 'sessionId' | 'tool' | 'filePath' | 'command' | 'cwd' | 'durationMs'
>;

/** Takes the events down as numbers; they must come in the order of their time. */
export function takeOwnEvents(events: Iterable<OwnEvent>): OwnEvents {
  const columns = makeColumns(KINDS);
  const sessions = new Set<number>();
  for (const event of events) {
    const { kind, at, sessionId } = event;
    const atS = Math.floor(at / 1000);
    const session = sessionId === null ? 0 : hashText(sessionId.slice(0, 8));
    if (session !== 0) sessions.add(session);
    columns.subject.push(hashText(subjectOf(event)));
    columns.atS.push(atS);
    columns.startS.push(atS - (kind === 'tool' ? durationS(event) : 0));
    columns.shown.push(kind === 'other' ? 0 : shownNumber(event));
    columns.session.push(session);
  }
  return { columns, sessions, count: () => columns.atS.length };
}

/** Reads the events of ours that old traces may be shadows of; none where there is no store. */
export function readOwnEvents(db: ReadableDb | null, traces: Traces): OwnEvents {
  const span = spanOf(traces);
  if (db === null || span === null) return takeOwnEvents([]);
  const rows = db
    .prepare(
      `SELECT kind, hook_event, at_ms, session_id, tool, file_path, command, cwd, duration_ms
       FROM hookline_event
       WHERE at_ms BETWEEN ? AND ? AND source <> 'old'
         AND (kind IN ('tool', 'session') OR hook_event = 'UserPromptSubmit')
       ORDER BY at_ms`,
    )
    .iterate((span.fromS - MARGIN_S) * 1000, (span.toS + MARGIN_S) * 1000);
  return takeOwnEvents(eventsOf(rows));
}

function* eventsOf(rows: Iterable<unknown>): Generator<OwnEvent> {
  for (const value of rows) {
    const row = value as Row;
    const text = (name: string): string | null => (row[name] === null ? null : String(row[name]));
    yield {
      kind: row.kind as EventKind,
      hookEvent: String(row.hook_event),
      at: Number(row.at_ms),
      sessionId: text('session_id'),
      tool: text('tool'),
      filePath: text('file_path'),
      command: text('command'),
      cwd: text('cwd'),
      durationMs: row.duration_ms === null ? null : Number(row.duration_ms),
    };
  }
}

function spanOf({ columns }: Traces): { fromS: number; toS: number } | null {
  let fromS = Number.POSITIVE_INFINITY;
  let toS = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < columns.atS.length; i++) {
    fromS = Math.min(fromS, columns.atS.at(i));
    toS = Math.max(toS, columns.atS.at(i));
  }
  return fromS <= toS ? { fromS, toS } : null;
}

/** Name under which an event of our record can be the same as an old one. */
export function subjectOf({
  kind,
  hookEvent,
  tool,
}: Pick<CapturedEvent, 'kind' | 'hookEvent' | 'tool'>): string {
  if (kind === 'tool') return `call:${tool}`;
  if (kind === 'other') return 'prompt';
  return hookEvent === 'SessionStart' ? 'session_start' : 'session_end';
}

function durationS({ durationMs }: OwnEvent): number {
  return durationMs === null ? LONGEST_CALL_S : Math.ceil(durationMs / 1000);
}
