/**
 * Takes an import back: exactly the events of one run leave the store, and the lines that the bridge
 * wrote for them leave the files where nothing was written behind them. The run stays on record, so
 * that its events do not come back by themselves.
 */
import type { Paths } from '../../src-core/files/paths.ts';
import { cutTail } from '../../src-core/journal/cut-tail.ts';
import { STREAMS } from '../../src-core/journal/streams.ts';
import {
  type ReadableDb,
  type Row,
  transaction,
  type WritableDb,
} from '../../src-core/store/driver.ts';
import { addTombstones } from '../../src-core/store/tombstones.ts';
import { noteConsent } from './consent.ts';
import { findRun } from './runs.ts';

/** What taking back did. */
export type UndoResult =
  | {
      readonly kind: 'undone';
      readonly run: number;
      readonly events: number;
      /** Lines taken out of JSONL. */
      readonly lines: number;
      /** Lines that stay, because others were written behind them; they count for nothing. */
      readonly linesLeft: number;
    }
  | { readonly kind: 'refused'; readonly reason: string };

const BATCH_EVENTS = 200;

/** Takes the run back. Broken off anywhere, the same call again completes it. */
export function undoImport(db: WritableDb, paths: Paths, run: number, now: number): UndoResult {
  const present = findRun(db, run);
  if (present === null) return { kind: 'refused', reason: `There is no import ${run}.` };
  const hadUndone = present.undoneAt !== null;
  if (hadUndone && countStored(db, run) === 0)
    return { kind: 'refused', reason: `Import ${run} was taken back already.` };
  // First, so that nobody takes a line of the run for an event that the store has lost.
  addTombstones(
    paths,
    { ids: listEvents(db, run) },
    { reason: `import ${run} taken back`, at: now },
  );
  noteConsent(paths, run, 'taken back', now);
  transaction(db, () => {
    db.prepare(
      'UPDATE hookline_import_run SET undone_at_ms = coalesce(undone_at_ms, ?) WHERE id = ?',
    ).run(now, run);
  });
  // Every id that an import gives begins so.
  const lines = { mark: '"old_', isToGo: createMembership(db, run) };
  const cuts = STREAMS.filter(({ isPrimary }) => isPrimary).map((stream) =>
    cutTail(stream.pathIn(paths), lines),
  );
  const events = removeEvents(db, run);
  const sum = (name: 'removed' | 'left'): number =>
    cuts.reduce((total, cut) => total + cut[name], 0);
  return { kind: 'undone', run, events, lines: sum('removed'), linesLeft: sum('left') };
}

function listEvents(db: ReadableDb, run: number): string[] {
  return (
    db
      .prepare('SELECT event_id FROM hookline_import_event WHERE run = ? ORDER BY event_id')
      .all(run) as Row[]
  ).map((row) => String(row.event_id));
}

function countStored(db: ReadableDb, run: number): number {
  const row = db
    .prepare(
      `SELECT count(*) AS n FROM hookline_import_event JOIN hookline_event ON id = event_id
       WHERE run = ?`,
    )
    .get(run) as Row;
  return Number(row.n);
}

function createMembership(db: ReadableDb, run: number): (id: string) => boolean {
  const find = db.prepare('SELECT 1 FROM hookline_import_event WHERE event_id = ? AND run = ?');
  return (id) => find.get(id, run) !== undefined;
}

/** Batch by batch, so that other writers wait milliseconds. */
function removeEvents(db: WritableDb, run: number): number {
  const select = db.prepare(
    `SELECT event_id FROM hookline_import_event WHERE run = ? AND event_id > ?
     ORDER BY event_id LIMIT ${BATCH_EVENTS}`,
  );
  const remove = db.prepare('DELETE FROM hookline_event WHERE id = ?');
  let removed = 0;
  for (let last = ''; ; ) {
    const ids = (select.all(run, last) as Row[]).map((row) => String(row.event_id));
    if (ids.length === 0) return removed;
    transaction(db, () => {
      for (const id of ids) removed += Number(remove.run(id).changes);
    });
    last = ids.at(-1) ?? '';
  }
}
