/** Our own errors: calls that failed or timed out, and what the API answered instead of an answer. */
import type { ReadableDb, Row } from '../../../src-core/store/driver.ts';
import {
  classOf,
  FAILED_EVENT_COLUMNS,
  type FailedEvent,
  failedEventOf,
  IS_ERROR,
} from './class-of.ts';
import { type ErrorClass, type Severity, severityOf } from './error-class.ts';

/** What errors of the API stand under where others have their tool. */
export const API = 'API';

/** Errors of one class, tool and project. Times are epoch milliseconds. */
export interface ErrorGroup {
  readonly type: string;
  readonly severity: Severity | 'unknown';
  readonly tool: string | null;
  readonly project: string | null;
  readonly count: number;
  /** Null where no time was noted. */
  readonly firstAt: number | null;
  readonly lastAt: number | null;
}

/** One error as it is listed. */
export interface ErrorEntry {
  readonly at: number;
  readonly type: string;
  readonly message: string;
  readonly severity: string;
  readonly tool: string | null;
  readonly source: 'hookline' | 'other';
}

/** All errors in groups, by the time of each group's first one. */
export function readErrorGroups(db: ReadableDb): ErrorGroup[] {
  const rows = db
    .prepare(
      `SELECT at_ms, tool, project, ${FAILED_EVENT_COLUMNS} FROM hookline_event
       WHERE ${IS_ERROR} ORDER BY at_ms, seq`,
    )
    .iterate() as IterableIterator<Row>;
  const groups = new Map<string, { -readonly [K in keyof ErrorGroup]: ErrorGroup[K] }>();
  for (const row of rows) {
    const type = classOf(failedEventOf(row));
    const [tool, project] = [toolOf(row), row.project === null ? null : String(row.project)];
    const at = Number(row.at_ms);
    const key = JSON.stringify([type, tool, project]);
    const group = groups.get(key);
    if (group === undefined) {
      const times = { firstAt: at, lastAt: at };
      groups.set(key, { type, severity: severityOf(type), tool, project, count: 1, ...times });
    } else {
      group.count++;
      group.lastAt = at;
    }
  }
  return [...groups.values()];
}

/** The newest errors, newest first; of those of one moment the one that was stored last. */
export function readNewestErrors(db: ReadableDb, count: number): ErrorEntry[] {
  const rows = db
    .prepare(
      `SELECT at_ms, tool, ${FAILED_EVENT_COLUMNS} FROM hookline_event
       WHERE ${IS_ERROR} ORDER BY at_ms DESC, seq DESC LIMIT ?`,
    )
    .all(count) as Row[];
  return rows.map(entryOf);
}

function entryOf(row: Row): ErrorEntry {
  const event = failedEventOf(row);
  const type: ErrorClass = classOf(event);
  return {
    at: Number(row.at_ms),
    type,
    message: messageOf(event),
    severity: severityOf(type),
    tool: toolOf(row),
    source: 'hookline',
  };
}

function messageOf({ hookEvent, error }: FailedEvent): string {
  return hookEvent === 'StopFailure' ? `API error: ${error ?? 'unknown'}` : (error ?? '');
}

function toolOf(row: Row): string | null {
  if (row.hook_event === 'StopFailure') return API;
  return row.tool === null ? null : String(row.tool);
}
