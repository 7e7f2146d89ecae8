/**
 * Reads all rows of ours once: whether each is what was written, in which files its lines must stand,
 * and how many events each quarter of an hour has.
 */
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { expectedBits } from '../../src-core/journal/streams.ts';
import type { ReadableDb, Row, SqlValue } from '../../src-core/store/driver.ts';
import { EVENT_COLUMNS, OLD_ROW_BIT } from '../../src-core/store/events.ts';
import { isRowWhole } from '../bridge/sweep.ts';
import { createTally, type Tally } from './finding.ts';
import { createRowIndex, type RowFinder } from './row-index.ts';

const CHUNK_ROWS = 2000;
const QUARTER_MS = 900_000;

/** What the rows say. Arrays are by `seq`. */
export interface RowSurvey {
  readonly count: number;
  readonly lastSeq: number;
  /** Bits of the streams in which the event must have a line; 0 where there is no row, or a damaged one. */
  readonly expected: Uint8Array;
  readonly damaged: Tally;
  /** The damaged rows, and the ids that they carry. */
  readonly damagedRows: ReadonlyMap<number, { readonly id: string; readonly at: number | null }>;
  /** Rows whose bits are not those of their event. */
  readonly misjudged: Tally;
  /** Finds all of these rows by the ids that they carry. */
  readonly index: RowFinder;
  readonly perQuarter: ReadonlyMap<number, number>;
}

/** Reads them, giving way between chunks. */
export async function examineRows(
  db: ReadableDb,
  giveWay: () => Promise<void>,
): Promise<RowSurvey> {
  const { last, n } = db
    .prepare('SELECT max(seq) AS last, count(*) AS n FROM hookline_event')
    .get() as Row;
  const lastSeq = Number(last ?? 0);
  const expected = new Uint8Array(lastSeq + 1);
  // Others may add rows until they are read.
  const index = createRowIndex(Number(n) + CHUNK_ROWS, lastSeq);
  const [damaged, misjudged] = [createTally(), createTally()];
  const damagedRows = new Map<number, { id: string; at: number | null }>();
  const perQuarter = new Map<number, number>();
  let count = 0;
  const select = db.prepare(
    `SELECT seq, sum, lines, expected, ${EVENT_COLUMNS} FROM hookline_event
     WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ${CHUNK_ROWS}`,
  );
  let rows = select.all(0, lastSeq) as Row[];
  for (; rows.length > 0; rows = select.all(Number(rows.at(-1)?.seq), lastSeq) as Row[]) {
    for (const row of rows) {
      const seq = Number(row.seq);
      count++;
      index.add(seq, String(row.id), String(row.sum));
      const quarter = Math.floor(Number(row.at_ms) / QUARTER_MS);
      perQuarter.set(quarter, (perQuarter.get(quarter) ?? 0) + 1);
      if (!isRowWhole(row)) {
        damaged.add({ where: `row ${seq}`, what: `event ${String(row.id).slice(0, 60)}` });
        damagedRows.set(seq, { id: String(row.id), at: plausibleTime(row.at_ms) });
        continue;
      }
      const bits = rightBits(row);
      if (bits !== (Number(row.expected) & ~OLD_ROW_BIT))
        misjudged.add({ where: `row ${seq}`, what: `event ${String(row.id).slice(0, 60)}` });
      expected[seq] = bits;
    }
    await giveWay();
  }
  return { count, lastSeq, expected, damaged, damagedRows, misjudged, index, perQuarter };
}

/** Of a damaged row even the time may be anything. */
function plausibleTime(value: SqlValue | undefined): number | null {
  const at = Number(value);
  return at > Date.UTC(2020) && at < Date.UTC(2100) ? at : null;
}

/** The bits that the row's event has; what an import left out only the row itself knows. */
export function rightBits(row: Row): number {
  const { kind, command, outcome, source } = row;
  const event = { kind, command, outcome, source, hookEvent: row.hook_event } as unknown;
  const bits = expectedBits(event as CapturedEvent);
  return source === 'old' ? Number(row.expected) & bits : bits;
}
