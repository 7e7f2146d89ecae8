/** From when to when a session was open, its end inferred where nothing told it. */
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';

/** A stretch in which a session was open, epoch milliseconds. */
export interface SessionSpan {
  readonly sessionId: string;
  readonly fromAt: number;
  readonly toAt: number;
  /** `told` by a SessionEnd; `inferred` from its next start; null for the last thing heard of it. */
  readonly end: 'told' | 'inferred' | null;
}

/** A start after compaction goes on with what was open. */
const IS_START = `(hook_event = 'SessionStart' AND coalesce(json_extract(facts, '$.source'), '') <> 'compact')`;

/**
 * The stretches since a moment. A session that is resumed was not open in between: it had ended with
 * the last event before its next start, whether anything told so or not.
 */
export function sessionSpans(db: ReadableDb, fromAt: number): readonly SessionSpan[] {
  // The plus keeps SQLite from walking through all sessions there ever were to have them in order.
  const rows = db
    .prepare(
      `SELECT session_id, at_ms, hook_event, ${IS_START} AS is_start FROM hookline_event
       WHERE at_ms >= ? AND session_id IS NOT NULL ORDER BY +session_id, at_ms, seq`,
    )
    .iterate(fromAt) as IterableIterator<Row>;
  const spans: SessionSpan[] = [];
  let open: Open | null = null;
  for (const row of rows) {
    const [sessionId, at] = [String(row.session_id), Number(row.at_ms)];
    if (open !== null) {
      const isNext: boolean = row.is_start === 1 && open.sessionId === sessionId;
      if (isNext || open.sessionId !== sessionId) {
        spans.push(closed(open, isNext));
        open = null;
      }
    }
    open ??= { sessionId, fromAt: at, toAt: at, last: '' };
    open.toAt = at;
    open.last = String(row.hook_event);
  }
  return open === null ? spans : [...spans, closed(open, false)];
}

interface Open {
  readonly sessionId: string;
  readonly fromAt: number;
  toAt: number;
  /** The event that was heard last. */
  last: string;
}

function closed({ sessionId, fromAt, toAt, last }: Open, isNext: boolean): SessionSpan {
  const end = last === 'SessionEnd' ? 'told' : isNext ? 'inferred' : null;
  return { sessionId, fromAt, toAt, end };
}
