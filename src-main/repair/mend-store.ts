/** What a repair does inside the store: damaged rows go out, rescued records come in. */
import { applyAmendments } from '../../src-core/event/merge.ts';
import { eventOfRecord } from '../../src-core/event/record.ts';
import type { Redactor } from '../../src-core/event/redact.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import {
  amendmentId,
  amendmentOfRecord,
  recordAmendments,
} from '../../src-core/journal/amendments.ts';
import {
  quarantine,
  quarantinedIds,
  type Rejected,
  rejectedId,
} from '../../src-core/journal/quarantine.ts';
import { type Row, transaction, type WritableDb } from '../../src-core/store/driver.ts';
import { createEventWriter, EVENT_COLUMNS, OLD_ROW_BIT } from '../../src-core/store/events.ts';
import { createOldRowFinder } from '../../src-core/store/old-rows.ts';
import { openTombstones } from '../../src-core/store/tombstones.ts';
import type { OwnLine } from '../bridge/line.ts';
import { createAmendmentReader } from '../bridge/sinks.ts';
import { isRowWhole } from '../bridge/sweep.ts';
import { rightBits } from './examine-rows.ts';

/** What the mending works on. */
export interface MendOptions {
  readonly db: WritableDb;
  readonly paths: Paths;
  readonly redactor: Redactor;
  readonly now: number;
}

const CHUNK_ROWS = 1000;

/**
 * Takes rows out that are not what was written and that no line could mend, each after it was copied
 * to quarantine, and corrects which lines a row expects. Returns how many of each.
 */
export function mendRows(options: MendOptions): {
  readonly removed: number;
  readonly judged: number;
} {
  const { db } = options;
  const select = db.prepare(
    `SELECT seq, sum, lines, expected, ${EVENT_COLUMNS} FROM hookline_event WHERE seq > ? ORDER BY seq LIMIT ${CHUNK_ROWS}`,
  );
  const remove = db.prepare('DELETE FROM hookline_event WHERE seq = ?');
  const judge = db.prepare('UPDATE hookline_event SET expected = ? WHERE seq = ?');
  const total = { removed: 0, judged: 0 };
  let rows = select.all(0) as Row[];
  for (; rows.length > 0; rows = select.all(Number(rows.at(-1)?.seq)) as Row[]) {
    const damaged = rows.filter((row) => !isRowWhole(row));
    keepRejected(
      options,
      damaged.map((row) => rejectedRow(row, options.now)),
    );
    const misjudged = rows.filter((row) => !damaged.includes(row) && hasWrongBits(row));
    if (damaged.length + misjudged.length === 0) continue;
    transaction(db, () => {
      for (const { seq } of damaged) remove.run(seq ?? null);
      for (const row of misjudged)
        judge.run(rightBits(row) | (Number(row.expected) & OLD_ROW_BIT), row.seq ?? null);
    });
    total.removed += damaged.length;
    total.judged += misjudged.length;
  }
  return total;
}

function hasWrongBits(row: Row): boolean {
  return rightBits(row) !== (Number(row.expected) & ~OLD_ROW_BIT);
}

function rejectedRow(row: Row, at: number): Rejected {
  return {
    at,
    from: 'hookline_event',
    offset: null,
    reason: 'its sum does not fit',
    bytes: Buffer.from(JSON.stringify(row)),
  };
}

/**
 * Puts into quarantine what is not there yet.
 * @throws the system's error; the caller must leave the original where it is then
 */
export function keepRejected(
  { paths, redactor }: Pick<MendOptions, 'paths' | 'redactor'>,
  rejected: readonly Rejected[],
): void {
  if (rejected.length === 0) return;
  const known = quarantinedIds(paths);
  quarantine(
    paths,
    redactor,
    rejected.filter((entry) => !known.has(rejectedId(entry))),
  );
}

/** Brings records back that stood where no line of theirs belongs. */
export interface Rescuer {
  /** True where the store lacked what the record tells. */
  take(line: OwnLine): boolean;
}

/** Prepares it; `take` runs in the caller's transaction. */
export function createRescuer({ db, paths }: MendOptions): Rescuer {
  const findOldRow = createOldRowFinder(db);
  const writer = createEventWriter(db, (event) => findOldRow(event) !== null);
  const amendmentsOf = createAmendmentReader(db);
  const findAmendment = db.prepare('SELECT 1 FROM hookline_amendment WHERE id = ?');
  const tombstones = openTombstones(paths);
  const takeAmendment = (line: OwnLine): boolean => {
    const amendment = amendmentOfRecord(line.record());
    if (amendment === null || amendmentId(amendment) !== line.id) return false;
    if (findAmendment.get(line.id) !== undefined || tombstones.coversId(line.id)) return false;
    recordAmendments(db, [amendment]);
    const event = writer.find(amendment.eventId);
    if (event !== null) writer.replace(applyAmendments(event, amendmentsOf(event.id)));
    return true;
  };
  return {
    take: (line) => {
      const event = eventOfRecord(line.record());
      if (event === null) return takeAmendment(line);
      if (writer.find(event.id) !== null || tombstones.covers(event)) return false;
      writer.insert(applyAmendments(event, amendmentsOf(event.id)), 'journal');
      writer.clearRunning(event.id);
      return true;
    },
  };
}
