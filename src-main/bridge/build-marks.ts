/**
 * Marks for a store that is built from nothing in one transaction: which event has been seen in which
 * stream is kept in memory, and every row begins as if it stood in all of its streams. So a row is
 * written once and not once for each stream; only the rows that turn out to lack a line are changed.
 */
import type { CapturedEvent } from '../../src-core/event/event.ts';
import { expectedBits } from '../../src-core/journal/streams.ts';
import type { Row, WritableDb } from '../../src-core/store/driver.ts';
import type { MarkedRow, RowMarks } from './row-marks.ts';

/** Marks of all streams of one building. */
export interface BuildMarks {
  /** The marks for the stream of that bit. */
  forStream(bit: number): RowMarks;
  /** Corrects the rows that lack a line. Runs in the caller's transaction, after all files were read. */
  finish(): void;
}

/** Streams in the bits of a number: those that an event must stand in, then those in which it was seen. */
const SEEN_SHIFT = 8;
const EXPECTED = (1 << SEEN_SHIFT) - 1;

/** Begins to build into an empty store. */
export function createBuildMarks(db: WritableDb): BuildMarks {
  const bits = new Map<string, number>();
  const findRow = db.prepare('SELECT seq, sum FROM hookline_event WHERE id = ?');
  const correct = db.prepare('UPDATE hookline_event SET lines = ? WHERE id = ?');
  const see = (id: string, bit: number): void => {
    bits.set(id, (bits.get(id) ?? 0) | (bit << SEEN_SHIFT));
  };
  return {
    forStream: (bit) => ({
      find: (id) => {
        const known = bits.get(id);
        if (known === undefined) return undefined;
        const { seq, sum } = findRow.get(id) as Row;
        const isExpected = (known & bit) !== 0;
        return { id, seq: Number(seq), sum: String(sum), isExpected, lines: known >> SEEN_SHIFT };
      },
      markById: (id) => {
        const known = bits.get(id);
        if (known === undefined) return undefined;
        if (((known >> SEEN_SHIFT) & bit) !== 0) return false;
        see(id, bit);
        return true;
      },
      add: (event: CapturedEvent) => {
        const expected = expectedBits(event);
        bits.set(event.id, expected | (bit << SEEN_SHIFT));
        return expected;
      },
      mark: (row: MarkedRow) => {
        if ((row.lines & bit) !== 0) return false;
        see(row.id, bit);
        return true;
      },
      // No row has been marked but by this building.
      forget: () => {},
      flush: () => {},
      reset: () => {},
    }),
    finish: () => {
      for (const [id, known] of bits) {
        const seen = known >> SEEN_SHIFT;
        if (seen !== (known & EXPECTED)) correct.run(seen, id);
      }
    },
  };
}
