/** Events as rows of a list. */
import type { EventRow, Source } from '../../src-core/contract/views.ts';
import { folderName } from '../../src-core/event/record.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import { EVENT_COLUMNS, eventOfRow } from '../../src-core/store/events.ts';

/** Which events, newest first. */
export interface RowQuery {
  /** SQL condition over `hookline_event`, with its values. */
  readonly where: string;
  readonly values: readonly (string | number)[];
  readonly limit: number;
}

/** Reads events as rows, newest first. */
export function readRows(db: ReadableDb, { where, values, limit }: RowQuery): EventRow[] {
  return db
    .prepare(
      `SELECT via, ${EVENT_COLUMNS} FROM hookline_event WHERE ${where} ORDER BY at_ms DESC, seq DESC LIMIT ?`,
    )
    .all(...values, limit)
    .map((row) => rowOf(row as Row));
}

function rowOf(row: Row): EventRow {
  const event = eventOfRow(row);
  return {
    id: event.id,
    at: event.at,
    kind: event.kind,
    name: event.tool ?? event.hookEvent,
    detail: event.command ?? shownPath(event.filePath, event.project) ?? factDetail(event.facts),
    outcome: event.outcome,
    error: event.error,
    project: event.project === null ? null : folderName(event.project),
    sessionId: event.sessionId,
    agentType: event.agentType,
    durationMs: event.durationMs,
    source: sourceOf(row),
  };
}

/** A path as it is said in its project: without the project's folder. */
export function shownPath(path: string | null, project: string | null): string | null {
  const root = project === null ? null : `${project.replace(/\/+$/, '')}/`;
  return path !== null && root !== null && path.startsWith(root) ? path.slice(root.length) : path;
}

/** How an event came into the record, as the views tell it. */
export function sourceOf(row: Row): Source {
  return row.via === 'journal' ? 'journal' : (row.source as Source);
}

/** The one fact that tells most of an event that is no tool call. */
const TELLING = [
  'reason',
  'source',
  'notification_type',
  'tool_name',
  'trigger',
  'error',
  'command_name',
  'file_path',
];

function factDetail(facts: Readonly<Record<string, unknown>> | null): string | null {
  const name = TELLING.find((fact) => facts?.[fact] !== undefined);
  return name === undefined ? null : String(facts?.[name]);
}
