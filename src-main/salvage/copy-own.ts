/**
 * Carries our own rows over. An event whose sum does not fit its row is left behind: its line in
 * JSONL knows it right. What the files know is not carried either; the bridge reads it from them.
 */
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { recordOf } from '../../src-core/event/record.ts';
import { amendmentOfRecord, recordAmendments } from '../../src-core/journal/amendments.ts';
import { expectedBits } from '../../src-core/journal/streams.ts';
import { sumOf } from '../../src-core/journal/sum.ts';
import { type Row, transaction, type WritableDb } from '../../src-core/store/driver.ts';
import { EVENT_COLUMNS, eventOfRow, OLD_ROW_BIT } from '../../src-core/store/events.ts';
import { copyTable, DAMAGED_SCHEMA } from './copy-table.ts';
import { attempt, isDamaged, walkRows } from './walk-rows.ts';

/** What came of our rows. */
export interface CopiedOwn {
  /** Events whose row was right. */
  readonly events: number;
  /** Events whose row could be read and was wrong. */
  readonly wrongEvents: number;
  readonly amendments: number;
  /** False where rows could not be read; JSONL holds their events. */
  readonly isWhole: boolean;
}

/** Tables that hold what no file does; the others are made anew from events and files. */
const CARRIED = ['hookline_running', 'hookline_cost', 'hookline_ledger'] as const;
const CARRIED_LATER = [
  'hookline_import_run',
  'hookline_import_event',
  'hookline_backfill_run',
  'hookline_backfill_event',
  'hookline_backfill_change',
  'hookline_usage',
  'hookline_cost_state',
  'hookline_link',
] as const;

/**
 * Copies our rows from the attached database. Where rows of the old table are missing, the bridge
 * is told to bring those of our events back.
 */
export function copyOwn(
  db: WritableDb,
  { areOldRowsWhole }: { readonly areOldRowsWhole: boolean },
): CopiedOwn {
  const present = new Set(
    (db.prepare(`SELECT name FROM ${DAMAGED_SCHEMA}.sqlite_master`).all() as Row[]).map((row) =>
      String(row.name),
    ),
  );
  let isWhole = true;
  for (const name of [...CARRIED, ...CARRIED_LATER])
    if (present.has(name)) isWhole = copyTable(db, name).isWhole && isWhole;
  const events = present.has('hookline_event') ? copyEvents(db) : NOTHING;
  if (!areOldRowsWhole)
    db.exec(`UPDATE hookline_event SET expected = expected | ${OLD_ROW_BIT} WHERE kind <> 'other'`);
  const amendments = present.has('hookline_amendment') ? copyAmendments(db) : 0;
  return { ...events, amendments, isWhole: isWhole && events.isWhole };
}

const NOTHING = { events: 0, wrongEvents: 0, isWhole: true };

function copyEvents(db: WritableDb): typeof NOTHING {
  const select = db.prepare(
    `SELECT seq, via, sum, expected, ${presentColumns(db)} FROM ${DAMAGED_SCHEMA}.hookline_event
     WHERE seq BETWEEN ? AND ? ORDER BY seq`,
  );
  const names = EVENT_COLUMNS.split(', ');
  const insert = db.prepare(
    `INSERT OR IGNORE INTO main.hookline_event (seq, via, sum, expected, ${EVENT_COLUMNS})
     VALUES (?, ?, ?, ?, ${names.map(() => '?').join(', ')})`,
  );
  let wrongEvents = 0;
  const table = { from: `${DAMAGED_SCHEMA}.hookline_event`, rowid: 'seq' };
  const isWhole = walkRows(db, table, (first, last) => {
    // Read before the transaction: SQLite undoes one in which it met damage.
    const rows = select.all(first, last) as Row[];
    transaction(db, () => {
      for (const row of rows) {
        const event = rightEvent(row);
        if (event === null) {
          wrongEvents++;
          continue;
        }
        const values = [row.seq, row.via, row.sum, expectedOf(row, event)];
        insert.run(...[...values, ...names.map((name) => row[name])].map((value) => value ?? null));
      }
    });
  });
  const { n } = db.prepare('SELECT count(*) AS n FROM main.hookline_event').get() as Row;
  return { events: Number(n), wrongEvents, isWhole };
}

/** A store of an earlier version lacks columns. */
function presentColumns(db: WritableDb): string {
  const present = new Set(
    (db.prepare(`PRAGMA ${DAMAGED_SCHEMA}.table_info(hookline_event)`).all() as Row[]).map((row) =>
      String(row.name),
    ),
  );
  return EVENT_COLUMNS.split(', ')
    .map((name) => (present.has(name) ? name : `NULL AS ${name}`))
    .join(', ');
}

function rightEvent(row: Row): CapturedEvent | null {
  try {
    const event = eventOfRow(row);
    return sumOf(recordOf(event)) === row.sum ? event : null;
  } catch {
    // A member that was JSON is none any more.
    return null;
  }
}

/** Of an imported event only the store knows whether its old line stands for it. */
function expectedOf(row: Row, event: CapturedEvent): number {
  const bits = expectedBits(event);
  return event.source === 'old' ? Number(row.expected) & bits : bits;
}

/** Each is the id of what it says, so that a wrong one is told from a right one. */
function copyAmendments(db: WritableDb): number {
  const rows = attempt(() =>
    db
      .prepare(
        `SELECT event_id, field, value, source, at_ms AS at FROM ${DAMAGED_SCHEMA}.hookline_amendment`,
      )
      .all(),
  );
  if (isDamaged(rows)) return 0;
  const amendments = (rows as Row[]).flatMap((row) => amendmentOf(row) ?? []);
  transaction(db, () => recordAmendments(db, amendments));
  return amendments.length;
}

function amendmentOf(row: Row) {
  try {
    return amendmentOfRecord({ ...row, value: JSON.parse(String(row.value)), at: Number(row.at) });
  } catch {
    return null;
  }
}
