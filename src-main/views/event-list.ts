/** Pages of events, newest first, of all of them or of those behind a number. */
import type { EventRow } from '../../src-core/contract/views.ts';
import type { EventPick, EventScope } from '../../src-core/contract/work.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import {
  classOf,
  FAILED_EVENT_COLUMNS,
  failedEventOf,
  IS_ERROR,
} from '../stats/errors/class-of.ts';
import { subjectOf } from '../stats/shell/subject.ts';
import type { Zone } from '../stats/zone.ts';
import { both, type Condition, conditionOf, spanOfFilter } from './filter.ts';
import { readRows } from './rows.ts';

/** More events than one millisecond ever held. */
const MOST_AT_ONCE = 1000;
const EVERYTHING: Condition = { where: 'at_ms >= ?', values: [0] };

/** Which page of which list. */
export interface EventPage {
  readonly limit: number;
  /** Events older than this; the newest ones where it is null. */
  readonly beforeAt: number | null;
  readonly scope: EventScope | null;
}

/**
 * The newest `limit` events before a moment, and with the last of them all of its millisecond: the
 * next page begins before that.
 */
export function readEventPage(
  { db, zone, now }: { readonly db: ReadableDb; readonly zone: Zone; readonly now: number },
  { limit, beforeAt, scope }: EventPage,
): EventRow[] {
  const wanted =
    scope === null
      ? EVERYTHING
      : both(
          conditionOf(
            scope.filter,
            scope.pick.span ?? spanOfFilter(scope.filter, { db, zone, now }),
          ),
          conditionOfPick(scope.pick),
        );
  const before = beforeAt ?? Number.MAX_SAFE_INTEGER;
  const older = both(wanted, { where: 'at_ms < ?', values: [before] });
  const judged = judgedPick(db, scope?.pick ?? {}, older, limit);
  const page = readRows(db, { ...(judged ?? older), limit });
  const last = page.at(-1);
  if (last === undefined || page.length < limit) return page;
  const sameMoment = both(wanted, { where: 'at_ms = ?', values: [last.at] });
  const known = page.filter(({ at }) => at === last.at).length;
  const rest = readRows(db, {
    ...(judgedPick(db, scope?.pick ?? {}, sameMoment, MOST_AT_ONCE) ?? sameMoment),
    limit: MOST_AT_ONCE,
  });
  return [...page, ...rest.slice(known)];
}

function conditionOfPick({ sessionId, tool, errorClass, program, outcome }: EventPick): Condition {
  const parts = ['1 = 1'];
  const values: string[] = [];
  const equal = (column: string, value: string | undefined): void => {
    if (value === undefined) return;
    parts.push(`${column} = ?`);
    values.push(value);
  };
  equal('session_id', sessionId);
  equal('tool', tool);
  equal('outcome', outcome);
  if (errorClass !== undefined) parts.push(IS_ERROR);
  if (program !== undefined) parts.push("command IS NOT NULL AND kind = 'tool'");
  return { where: parts.join(' AND '), values };
}

/**
 * A class or a program is told by rules and stands in no column: events are judged, newest first,
 * until there are enough. Null where nothing of that kind is asked for.
 */
function judgedPick(
  db: ReadableDb,
  { errorClass, program }: EventPick,
  { where, values }: Condition,
  limit: number,
): Condition | null {
  if (errorClass === undefined && program === undefined) return null;
  const rows = db
    .prepare(
      `SELECT seq, ${FAILED_EVENT_COLUMNS} FROM hookline_event WHERE ${where} ORDER BY at_ms DESC, seq DESC`,
    )
    .iterate(...values) as IterableIterator<Row>;
  const found: number[] = [];
  for (const row of rows) {
    if (errorClass !== undefined && classOf(failedEventOf(row)) !== errorClass) continue;
    if (program !== undefined && subjectOf(String(row.command)).program !== program) continue;
    found.push(Number(row.seq));
    if (found.length === limit) break;
  }
  return { where: 'seq IN (SELECT value FROM json_each(?))', values: [JSON.stringify(found)] };
}
