/** Reads the events that an export takes, oldest first, page by page. */
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { createExclusion } from '../../src-core/settings/exclusion.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import { EVENT_COLUMNS, eventOfRow } from '../../src-core/store/events.ts';

/** Which events; a member that is not given excludes nothing. */
export interface EventFilter {
  /** Epoch milliseconds, included. */
  readonly fromAt?: number;
  /** Epoch milliseconds, not included. */
  readonly toAt?: number;
  /** A folder, with all below it. */
  readonly project?: string;
  readonly tool?: string;
}

const PAGE_ROWS = 1000;

/** The events. What is stored meanwhile may be among them or not; none comes twice. */
export function* readEvents(db: ReadableDb, filter: EventFilter = {}): Generator<CapturedEvent> {
  const {
    fromAt = Number.MIN_SAFE_INTEGER,
    toAt = Number.MAX_SAFE_INTEGER,
    project,
    tool,
  } = filter;
  const isInside = project === undefined ? () => true : createExclusion([project]);
  const select = db.prepare(
    `SELECT seq, ${EVENT_COLUMNS} FROM hookline_event
     WHERE at_ms < ? AND (at_ms, seq) > (?, ?) ORDER BY at_ms, seq LIMIT ${PAGE_ROWS}`,
  );
  let rows = select.all(toAt, fromAt, -1) as Row[];
  while (rows.length > 0) {
    for (const row of rows) {
      const event = eventOfRow(row);
      if (tool !== undefined && event.tool !== tool) continue;
      if (isInside(event.project, event.cwd)) yield event;
    }
    const last = rows.at(-1);
    rows = select.all(toAt, Number(last?.at_ms), Number(last?.seq)) as Row[];
  }
}
