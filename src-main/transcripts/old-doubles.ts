/**
 * Calls that were imported from the old record before their transcript was read are there twice: as
 * an old event without a client's id, and as the call itself. The old one gives way, by the import's
 * own rule (tool, target where known, five seconds, as many pairs as there can be), and is kept with
 * the run that replaced it, so that taking the run back brings it back.
 */
import type { Paths } from '../../src-core/files/paths.ts';
import {
  type ReadableDb,
  type Row,
  type SqlValue,
  transaction,
  type WritableDb,
} from '../../src-core/store/driver.ts';
import { addTombstones, liftTombstones } from '../../src-core/store/tombstones.ts';
import { NEARBY_S, pairNearby } from '../import/nearby.ts';

/** What was found of doubles. */
export interface Replaced {
  readonly replaced: number;
  /** Pairs for which another old event would have served as well. */
  readonly ambiguous: number;
}

/** Stands in place of a field where a whole old event was replaced. */
export const WHOLE_EVENT = '*';

const BATCH = 100;
/** A call whose asking nobody noted may have run as long as the client lets one run. */
const LONGEST_CALL_MS = 600_000;
/** As much of a command as both records agree on, whatever each of them cut. */
const AGREED = 150;

/** Replaces the old doubles of a run's calls. The caller holds the lock. */
export function replaceOldDoubles(
  db: WritableDb,
  { paths, run, now }: { readonly paths: Paths; readonly run: number; readonly now: number },
): Replaced {
  const calls = hasOldEvents(db) ? callsOfRun(db, run) : [];
  const { pairs, ambiguous } = pairDoubles(calls, oldEventsNear(db, calls));
  // First, so that no file of the old record brings back what gives way.
  if (pairs.size > 0)
    addTombstones(paths, { ids: [...pairs.keys()] }, { reason: 'told by a transcript', at: now });
  replaceAll(db, [...pairs], run);
  return { replaced: pairs.size, ambiguous };
}

function hasOldEvents(db: ReadableDb): boolean {
  return db.prepare('SELECT 1 FROM hookline_import_event LIMIT 1').get() !== undefined;
}

/** The calls that a run added and that have replaced nothing yet. */
function callsOfRun(db: ReadableDb, run: number): readonly Row[] {
  const done = new Set(
    (
      db
        .prepare('SELECT after FROM hookline_backfill_change WHERE field = ?')
        .all(WHOLE_EVENT) as Row[]
    ).map(({ after }) => after),
  );
  const rows = db
    .prepare(
      `SELECT e.id, e.tool, e.file_path, e.command, e.at_ms AS to_ms,
         coalesce(c.at_ms, e.at_ms - ${LONGEST_CALL_MS}) AS from_ms
       FROM hookline_backfill_event b JOIN hookline_event e ON e.id = b.event_id
       LEFT JOIN hookline_transcript_call c ON c.id = e.id
       WHERE b.run = ? AND e.kind = 'tool' ORDER BY e.at_ms`,
    )
    .all(run) as Row[];
  return rows.filter(({ id }) => !done.has(id ?? null));
}

function oldEventsNear(db: ReadableDb, calls: readonly Row[]): readonly Row[] {
  const last = calls.at(-1);
  if (last === undefined) return [];
  const first = calls.reduce((least, { from_ms: at }) => Math.min(least, Number(at)), Infinity);
  return db
    .prepare(
      `SELECT id, tool, file_path, command, at_ms FROM hookline_event
       WHERE at_ms BETWEEN ? AND ? AND source = 'old' AND kind = 'tool' ORDER BY at_ms, id`,
    )
    .all(first - NEARBY_S * 1000, Number(last.to_ms) + NEARBY_S * 1000) as Row[];
}

/** Calls by the id of the old event that tells of the same. */
function pairDoubles(calls: readonly Row[], olds: readonly Row[]) {
  const pairs = new Map<string, string>();
  let ambiguous = 0;
  for (const tool of new Set(olds.map((row) => row.tool))) {
    const spans = calls.flatMap((call, name) =>
      call.tool === tool
        ? { name, fromS: secondsOf(call.from_ms) - NEARBY_S, toS: secondsOf(call.to_ms) + NEARBY_S }
        : [],
    );
    const moments = olds.flatMap((old, name) =>
      old.tool === tool ? { name, atS: secondsOf(old.at_ms) } : [],
    );
    const found = pairNearby(spans, moments, (span, moment) =>
      haveOneTarget(calls[span] as Row, olds[moment] as Row),
    );
    ambiguous += found.ambiguous;
    for (const [span, moment] of found.pairs)
      pairs.set(String(olds[moment]?.id), String(calls[span]?.id));
  }
  return { pairs, ambiguous };
}

function secondsOf(ms: SqlValue | undefined): number {
  return Math.floor(Number(ms) / 1000);
}

function haveOneTarget(call: Row, old: Row): boolean {
  return (['file_path', 'command'] as const).every((name) => {
    const [a, b] = [call[name], old[name]];
    if (typeof a !== 'string' || typeof b !== 'string') return true;
    return a.slice(0, AGREED) === b.slice(0, AGREED);
  });
}

function replaceAll(
  db: WritableDb,
  pairs: readonly (readonly [string, string])[],
  run: number,
): void {
  const find = db.prepare('SELECT * FROM hookline_event WHERE id = ?');
  const remove = db.prepare('DELETE FROM hookline_event WHERE id = ?');
  const note = db.prepare('INSERT OR REPLACE INTO hookline_backfill_change VALUES (?, ?, ?, ?, ?)');
  for (let i = 0; i < pairs.length; i += BATCH) {
    transaction(db, () => {
      for (const [old, call] of pairs.slice(i, i + BATCH)) {
        note.run(old, WHOLE_EVENT, run, JSON.stringify(find.get(old)), call);
        remove.run(old);
      }
    });
  }
}

/** Brings the old events back that a run replaced. The caller holds the lock. */
export function restoreOldDoubles(
  db: WritableDb,
  { paths, run, now }: { readonly paths: Paths; readonly run: number; readonly now: number },
): void {
  const rows = db
    .prepare('SELECT event_id, before FROM hookline_backfill_change WHERE run = ? AND field = ?')
    .all(run, WHOLE_EVENT) as Row[];
  if (rows.length === 0) return;
  const ids = rows.map(({ event_id: id }) => String(id));
  liftTombstones(paths, ids, { reason: `backfill ${run} taken back`, at: now });
  const forget = db.prepare(
    'DELETE FROM hookline_backfill_change WHERE event_id = ? AND field = ?',
  );
  for (let i = 0; i < rows.length; i += BATCH) {
    transaction(db, () => {
      for (const { event_id: id, before } of rows.slice(i, i + BATCH)) {
        const row = JSON.parse(String(before)) as Row;
        const names = Object.keys(row);
        db.prepare(
          `INSERT OR IGNORE INTO hookline_event (${names.join(', ')})
           VALUES (${names.map(() => '?').join(', ')})`,
        ).run(...names.map((name) => row[name] ?? null));
        forget.run(String(id), WHOLE_EVENT);
      }
    });
  }
}
