/** Our own errors: calls that failed or timed out, and what the API answered instead of an answer. */
import type { ReadableDb, Row } from '../../../src-core/store/driver.ts';
import { readTotals } from '../rollup/totals.ts';
import { QUARTER_MS } from '../zone.ts';
import {
  classOf,
  FAILED_EVENT_COLUMNS,
  type FailedEvent,
  failedEventOf,
  IS_ERROR,
} from './class-of.ts';
import { type ErrorClass, isErrorClass, type Severity, severityOf } from './error-class.ts';

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

/**
 * All errors in groups, by the time of each group's first one; the last time is that of the newest
 * error of its class.
 */
export function readErrorGroups(db: ReadableDb): ErrorGroup[] {
  const last = db.prepare(
    `SELECT max(last_at_ms) AS at FROM hookline_rollup_error WHERE error_class = ?
     AND quarter = (SELECT max(quarter) FROM hookline_rollup_error WHERE error_class = ?)`,
  );
  const lasts = new Map<string, number>();
  const lastOf = (type: string): number => {
    const at = lasts.get(type) ?? Number((last.get(type, type) as Row).at);
    lasts.set(type, at);
    return at;
  };
  return readTotals(db, 'error')
    .toSorted((a, b) => a.first - b.first)
    .map(({ name, part, count, first }) => {
      const [tool, project] = JSON.parse(part) as [tool: string, project: string];
      return {
        type: name,
        severity: isErrorClass(name) ? severityOf(name) : 'unknown',
        tool: tool === '' ? null : tool,
        project: project === '' ? null : project,
        count,
        firstAt: first,
        lastAt: lastOf(name),
      };
    });
}

/** The newest errors, newest first; of those of one moment the one that was stored last. */
export function readNewestErrors(db: ReadableDb, count: number): ErrorEntry[] {
  const quarters = db
    .prepare('SELECT DISTINCT quarter FROM hookline_rollup_error ORDER BY quarter DESC LIMIT ?')
    .all(count) as Row[];
  // Where errors are rare, the whole record would have to be looked through.
  const from = Number(quarters.at(-1)?.quarter ?? 0) * QUARTER_MS;
  const rows = db
    .prepare(
      `SELECT at_ms, tool, ${FAILED_EVENT_COLUMNS} FROM hookline_event
       WHERE at_ms >= ? AND ${IS_ERROR} ORDER BY at_ms DESC, seq DESC LIMIT ?`,
    )
    .all(from, count) as Row[];
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
