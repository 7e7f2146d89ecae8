/**
 * Stores what transcripts tell, by the same writer as capture: the bridge then writes the lines that
 * the row says are expected. All of it runs in the caller's transaction.
 */
import { applyAmendments } from '../../src-core/event/merge.ts';
import { recordAmendments } from '../../src-core/journal/amendments.ts';
import type { WritableDb } from '../../src-core/store/driver.ts';
import { createEventWriter } from '../../src-core/store/events.ts';
import type { Verdict } from './judge.ts';
import type { Telling } from './telling.ts';

/** Writes into the store. */
export interface Keeper {
  /** Notes that a file tells of a call; the file that told it first keeps it. */
  witness(telling: Telling, file: number): void;
  /** Stores what the verdict asks for under the run. */
  keep(telling: Telling, verdict: Verdict, run: number): void;
}

/** Prepares the statements. */
export function createKeeper(db: WritableDb): Keeper {
  const writer = createEventWriter(db);
  const witness = db.prepare(
    `INSERT INTO hookline_transcript_call VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET ended_at_ms = excluded.ended_at_ms
     WHERE hookline_transcript_call.ended_at_ms IS NULL AND excluded.ended_at_ms IS NOT NULL`,
  );
  const note = db.prepare('INSERT OR REPLACE INTO hookline_backfill_event VALUES (?, ?)');
  const change = db.prepare(
    `INSERT INTO hookline_backfill_change VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (event_id, field) DO UPDATE SET run = excluded.run, after = excluded.after`,
  );
  const countEvent = db.prepare(
    'UPDATE hookline_backfill_run SET events = events + 1 WHERE id = ?',
  );
  const countAmended = db.prepare(
    'UPDATE hookline_backfill_run SET amended = amended + 1 WHERE id = ?',
  );
  return {
    witness: ({ event, call }, file) => {
      if (call === null) return;
      const { id, sessionId, agentId, project } = event;
      witness.run(id, file, sessionId, agentId, project, call.tool, call.at, call.endedAt);
    },
    keep: ({ event, call }, verdict, run) => {
      if (verdict.kind === 'new') {
        writer.insert(event, 'direct');
        if (call?.endedAt != null) writer.clearRunning(event.id);
        note.run(event.id, run);
        countEvent.run(run);
      } else if (verdict.kind === 'amends') {
        const { stored, amendments } = verdict;
        for (const { field, value } of amendments) {
          change.run(stored.id, field, run, JSON.stringify(stored[field]), JSON.stringify(value));
        }
        recordAmendments(db, amendments);
        writer.replace(applyAmendments(stored, amendments));
        countAmended.run(run);
      }
    },
  };
}
