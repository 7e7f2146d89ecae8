/** Writes the lines that JSONL lacks. What was written is believed only when it is read back. */
import type { CapturedEvent } from '../../src-core/event/event.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { amendmentOfRecord, amendmentRecord } from '../../src-core/journal/amendments.ts';
import { appendLines } from '../../src-core/journal/append.ts';
import { STREAMS, type Stream } from '../../src-core/journal/streams.ts';
import { lineOf } from '../../src-core/journal/sum.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import { EVENT_COLUMNS, eventOfRow } from '../../src-core/store/events.ts';
import { isRowWhole } from './sweep.ts';

const CHUNK_ROWS = 1000;

/** What healing did. */
export interface Heal {
  /** Lines written, by stream. */
  readonly written: ReadonlyMap<string, number>;
  readonly problems: readonly { readonly store: string; readonly reason: string }[];
}

/** Appends the missing lines of all streams. A stream that cannot be written is reported and left. */
export function healJournals(db: ReadableDb, paths: Paths): Heal {
  const written = new Map<string, number>();
  const problems: { store: string; reason: string }[] = [];
  const broken = new Set<string>();
  const append = (store: string, path: string, lines: readonly string[]): void => {
    if (lines.length === 0 || broken.has(store)) return;
    try {
      appendLines(path, lines);
      written.set(store, (written.get(store) ?? 0) + lines.length);
    } catch (error) {
      broken.add(store);
      problems.push({ store, reason: (error as Error).message });
    }
  };
  for (const rows of unwrittenRows(db)) {
    // A line of such a row would be right by its sum and wrong by what it says.
    const unwritten = rows.filter(isRowWhole).map(unwrittenOf);
    for (const stream of STREAMS)
      append(stream.name, stream.pathIn(paths), missingLines(unwritten, stream));
  }
  append('amendments', paths.journals.amendments, unwrittenAmendments(db));
  return { written, problems };
}

/** Events that lack a line in some stream, after the last scan. */
export function countUnwritten(db: ReadableDb): number {
  const row = db
    .prepare('SELECT count(*) AS n FROM hookline_event WHERE lines & expected <> expected')
    .get() as Row;
  return Number(row.n);
}

function* unwrittenRows(db: ReadableDb): Generator<readonly Row[]> {
  const select = db.prepare(
    `SELECT seq, sum, lines, expected, ${EVENT_COLUMNS} FROM hookline_event
     WHERE lines & expected <> expected AND seq > ? ORDER BY seq LIMIT ${CHUNK_ROWS}`,
  );
  let rows = select.all(0) as Row[];
  while (rows.length > 0) {
    yield rows;
    rows = select.all(Number(rows[rows.length - 1]?.seq)) as Row[];
  }
}

/** An event, and the streams in which it has no line yet. */
interface Unwritten {
  readonly event: CapturedEvent;
  readonly missing: number;
}

function unwrittenOf(row: Row): Unwritten {
  return { event: eventOfRow(row), missing: Number(row.expected) & ~Number(row.lines) };
}

function missingLines(unwritten: readonly Unwritten[], stream: Stream): string[] {
  return unwritten.flatMap(({ event, missing }) => {
    const record = (missing & stream.bit) === 0 ? null : stream.lineFor(event);
    return record === null ? [] : [lineOf(record)];
  });
}

function unwrittenAmendments(db: ReadableDb): string[] {
  return db
    .prepare(
      'SELECT event_id, field, value, source, at_ms AS at FROM hookline_amendment WHERE is_written = 0 ORDER BY at_ms',
    )
    .all()
    .flatMap((value) => {
      const row = value as Row;
      const amendment = amendmentOfRecord({
        ...row,
        value: JSON.parse(String(row.value)),
        at: Number(row.at),
      });
      return amendment === null ? [] : [lineOf(amendmentRecord(amendment))];
    });
}
