/**
 * Takes a backfill back: what one run added leaves the store and the ends of the files, what it
 * amended is as it was before. The run stays on record, so that it does not come back by itself.
 *
 * An event of which a hook told as well, later, stays: it is not the backfill's alone any more.
 */
import type { AmendableField } from '../../src-core/event/merge.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { type CutOptions, cutTail } from '../../src-core/journal/cut-tail.ts';
import { STREAMS } from '../../src-core/journal/streams.ts';
import {
  type ReadableDb,
  type Row,
  transaction,
  type WritableDb,
} from '../../src-core/store/driver.ts';
import { createEventWriter } from '../../src-core/store/events.ts';
import { addTombstones } from '../../src-core/store/tombstones.ts';
import { removeUsageOfRun, usageOfRun } from '../usage/usage-rows.ts';
import { restoreOldDoubles, WHOLE_EVENT } from './old-doubles.ts';
import { removeOldRows } from './old-rows.ts';
import { listRuns } from './runs.ts';

/** What taking back did. */
export type UndoResult =
  | {
      readonly kind: 'undone';
      readonly run: number;
      readonly events: number;
      /** Calls whose fields are again what they were. */
      readonly restored: number;
      /** Lines taken out of JSONL. */
      readonly lines: number;
      /** Lines that stay, because others were written behind them; they count for nothing. */
      readonly linesLeft: number;
    }
  | { readonly kind: 'refused'; readonly reason: string };

const BATCH = 200;

/** Takes the run back. Broken off anywhere, the same call again completes it. */
export function undoBackfill(db: WritableDb, paths: Paths, run: number, now: number): UndoResult {
  const present = listRuns(db).find(({ id }) => id === run);
  if (present === undefined) return { kind: 'refused', reason: `There is no backfill ${run}.` };
  transaction(db, () => keepConfirmed(db, run));
  const events = idsOf(db, EVENTS_LEFT, run);
  const amendments = idsOf(db, AMENDMENTS_LEFT, run);
  const usage = usageOfRun(db, run);
  const left = events.size + amendments.size + usage.length;
  if (present.undoneAt !== null && left === 0)
    return { kind: 'refused', reason: `Backfill ${run} was taken back already.` };
  // First, so that nobody takes a line of the run for an event that the store has lost.
  const epitaph = { reason: `backfill ${run} taken back`, at: now };
  addTombstones(paths, { ids: [...events, ...amendments, ...usage] }, epitaph);
  transaction(db, () => {
    db.prepare(
      'UPDATE hookline_backfill_run SET undone_at_ms = coalesce(undone_at_ms, ?) WHERE id = ?',
    ).run(now, run);
  });
  const cuts = [
    ...STREAMS.map((stream) => cutTail(stream.pathIn(paths), linesOf(events))),
    cutTail(paths.journals.amendments, linesOf(amendments)),
  ];
  const restored = restoreFields(db, run);
  removeEvents(db, run, events);
  restoreOldDoubles(db, { paths, run, now });
  removeUsageOfRun(db, run);
  const sum = (name: 'removed' | 'left'): number =>
    cuts.reduce((total, cut) => total + cut[name], 0);
  return {
    kind: 'undone',
    run,
    events: events.size,
    restored,
    lines: sum('removed'),
    linesLeft: sum('left'),
  };
}

const linesOf = (ids: ReadonlySet<string>): CutOptions => ({
  mark: '"sum"',
  isToGo: (id) => ids.has(id),
});

const EVENTS_LEFT = `SELECT id FROM hookline_backfill_event JOIN hookline_event ON id = event_id
  WHERE run = ?`;
const AMENDMENTS_LEFT = `SELECT DISTINCT a.id FROM hookline_amendment a
  JOIN hookline_backfill_change c ON c.event_id = a.event_id AND c.field = a.field
  WHERE a.source = 'transcript' AND c.run = ?`;

function idsOf(db: ReadableDb, sql: string, run: number): ReadonlySet<string> {
  return new Set((db.prepare(sql).all(run) as Row[]).map(({ id }) => String(id)));
}

/** What a hook told of as well is no longer of the run. */
function keepConfirmed(db: WritableDb, run: number): void {
  db.prepare(
    `DELETE FROM hookline_backfill_event WHERE run = ? AND event_id IN (
       SELECT event_id FROM hookline_amendment WHERE source <> 'transcript')`,
  ).run(run);
}

/** Batch by batch, so that other writers wait milliseconds. */
function restoreFields(db: WritableDb, run: number): number {
  const writer = createEventWriter(db);
  const select = db.prepare(
    `SELECT DISTINCT event_id FROM hookline_backfill_change
     WHERE run = ? AND event_id > ? AND field <> '${WHOLE_EVENT}' ORDER BY event_id LIMIT ${BATCH}`,
  );
  const changes = db.prepare(
    'SELECT field, before, after FROM hookline_backfill_change WHERE run = ? AND event_id = ?',
  );
  const forget = db.prepare(
    "DELETE FROM hookline_amendment WHERE event_id = ? AND field = ? AND source = 'transcript'",
  );
  let restored = 0;
  for (let last = ''; ; ) {
    const ids = (select.all(run, last) as Row[]).map((row) => String(row.event_id));
    if (ids.length === 0) return restored;
    transaction(db, () => {
      for (const id of ids) {
        const stored = writer.find(id);
        const rows = changes.all(run, id) as Row[];
        for (const { field } of rows) forget.run(id, String(field));
        if (stored === null) continue;
        // What somebody else has learnt since then stays.
        const own = rows.filter(
          ({ field, after }) => JSON.stringify(stored[field as AmendableField]) === after,
        );
        const fields = own.map(({ field, before }) => [field, JSON.parse(String(before))]);
        if (fields.length === 0) continue;
        writer.replace({ ...stored, ...Object.fromEntries(fields) });
        restored++;
      }
    });
    last = ids.at(-1) ?? '';
  }
}

function removeEvents(db: WritableDb, run: number, events: ReadonlySet<string>): void {
  const remove = db.prepare('DELETE FROM hookline_event WHERE id = ?');
  const forget = db.prepare('DELETE FROM hookline_amendment WHERE event_id = ?');
  removeOldRows(db, run);
  const ids = [...events];
  for (let i = 0; i < ids.length; i += BATCH) {
    transaction(db, () => {
      for (const id of ids.slice(i, i + BATCH)) {
        remove.run(id);
        forget.run(id);
      }
    });
  }
}
