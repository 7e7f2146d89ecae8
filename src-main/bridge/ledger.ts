/**
 * The drift ledger: after each run what every stream held on either side. A row is added when
 * something changed, or after an hour, so that the ledger shows both the events and the watching.
 */
import { STREAMS } from '../../src-core/journal/streams.ts';
import {
  type ReadableDb,
  type Row,
  transaction,
  type WritableDb,
} from '../../src-core/store/driver.ts';
import type { SweepReport } from './sweep.ts';

const HOUR_MS = 3_600_000;

/** One stream after a run. */
export interface StreamEntry {
  readonly stream: string;
  readonly inSqlite: number;
  readonly inJsonl: number;
  readonly healedToSqlite: number;
  readonly healedToJsonl: number;
  readonly duplicates: number;
  readonly quarantined: number;
}

/** Adds the run to the ledger where it belongs there. */
export function writeLedger(db: WritableDb, entries: readonly StreamEntry[], now: number): void {
  const last = readLedger(db, now);
  const isDue = last === null || now - last.at >= HOUR_MS;
  if (!isDue && !hasChanged(last.entries, entries)) return;
  transaction(db, () => {
    const insert = db.prepare(
      'INSERT OR REPLACE INTO hookline_ledger (at_ms, stream, in_sqlite, in_jsonl, healed_to_sqlite, healed_to_jsonl, duplicates, quarantined) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    );
    for (const entry of entries) {
      insert.run(
        now,
        entry.stream,
        entry.inSqlite,
        entry.inJsonl,
        entry.healedToSqlite,
        entry.healedToJsonl,
        entry.duplicates,
        entry.quarantined,
      );
    }
  });
}

/**
 * Adds a full sweep: rows and lines that were verified, rows that a good line replaced, and under
 * quarantined the rows that are damaged and have none.
 */
export function writeSweep(db: WritableDb, swept: SweepReport, now: number): void {
  transaction(db, () => {
    db.prepare(
      "INSERT OR REPLACE INTO hookline_ledger (at_ms, stream, in_sqlite, in_jsonl, healed_to_sqlite, healed_to_jsonl, duplicates, quarantined) VALUES (?, 'sweep', ?, ?, ?, 0, 0, ?)",
    ).run(now, swept.rows, swept.lines, swept.replacedRows, swept.damagedRows);
  });
}

/** The last run in the ledger; null before the first. A run of the future is one under a wrong clock. */
export function readLedger(
  db: ReadableDb,
  now: number,
): { at: number; entries: readonly StreamEntry[] } | null {
  const last = db
    .prepare("SELECT max(at_ms) AS at FROM hookline_ledger WHERE at_ms <= ? AND stream <> 'sweep'")
    .get(now) as Row;
  if (last.at === null) return null;
  const rows = db
    .prepare('SELECT * FROM hookline_ledger WHERE at_ms = ?')
    .all(last.at ?? null) as Row[];
  const byName = new Map(rows.map((row) => [String(row.stream), row]));
  const names = [...STREAMS.map(({ name }) => name), 'amendments'];
  return {
    at: Number(last.at),
    entries: names.flatMap((name) => {
      const row = byName.get(name);
      return row === undefined ? [] : [entryOf(row)];
    }),
  };
}

function entryOf(row: Row): StreamEntry {
  return {
    stream: String(row.stream),
    inSqlite: Number(row.in_sqlite),
    inJsonl: Number(row.in_jsonl),
    healedToSqlite: Number(row.healed_to_sqlite),
    healedToJsonl: Number(row.healed_to_jsonl),
    duplicates: Number(row.duplicates),
    quarantined: Number(row.quarantined),
  };
}

function hasChanged(before: readonly StreamEntry[], now: readonly StreamEntry[]): boolean {
  return now.some((entry) => {
    const old = before.find(({ stream }) => stream === entry.stream);
    return (
      old === undefined ||
      entry.healedToSqlite > 0 ||
      entry.healedToJsonl > 0 ||
      old.inSqlite !== entry.inSqlite ||
      old.inJsonl !== entry.inJsonl ||
      old.duplicates !== entry.duplicates ||
      old.quarantined !== entry.quarantined
    );
  });
}
