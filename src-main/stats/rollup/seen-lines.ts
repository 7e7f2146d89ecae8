/** The lines of ours that stand in the files of recoveries and of flow, as they are read there. */
import type { Json } from '../../../src-core/base/json.ts';
import { recordAmendments } from '../../../src-core/journal/amendments.ts';
import type { Row, WritableDb } from '../../../src-core/store/driver.ts';

/** A file in which lines of ours stand beside those of other programs. */
export type LineFile = 'recovery' | 'flow';

/** What a line says happened: how an episode ended, or a score. */
export function stateOfLine(file: LineFile, row: Readonly<Record<string, unknown>>): string {
  return file === 'recovery' ? String(row.outcome) : Number(row.score).toFixed(3);
}

/** Id of the line that tells how the episode ended which that event began. */
export function recoveryLineId(eventId: string): string {
  return `rc_${eventId}`;
}

/** Id of the line that tells the score of a quarter. */
export function flowLineId(quarter: number): string {
  return `fl_${quarter}`;
}

/** What a line tells of: the event that began an episode, or a quarter. */
export function scopeOfLine(file: LineFile, id: string): string | number {
  const scope = id.slice(3);
  return file === 'recovery' ? scope : Number(scope);
}

/** Keeps in mind which lines were seen; a file that is read anew begins with none. */
export function createSeenLines(
  db: WritableDb,
  file: LineFile,
): { takeOwn(row: Json): void; forgetOwn(): void } {
  const see = db.prepare('INSERT OR REPLACE INTO hookline_line VALUES (?, ?, ?)');
  const forget = db.prepare('DELETE FROM hookline_line WHERE file = ?');
  const tell =
    file === 'recovery'
      ? db.prepare('UPDATE hookline_rollup_episode SET is_told = 1 WHERE event_id = ?')
      : db.prepare('UPDATE hookline_rollup_quarter SET is_told = 1 WHERE quarter = ?');
  const untell =
    file === 'recovery'
      ? db.prepare('UPDATE hookline_rollup_episode SET is_told = 0 WHERE is_told = 1')
      : db.prepare('UPDATE hookline_rollup_quarter SET is_told = 0 WHERE is_told = 1');
  return {
    takeOwn: (row) => {
      see.run(String(row.id), file, stateOfLine(file, row));
      tell.run(scopeOfLine(file, String(row.id)));
    },
    forgetOwn: () => {
      forget.run(file);
      untell.run();
    },
  };
}

/** The state of a line that tells of what never was, or is not over. */
const NOTHING = 'null';

/** Says by an amendment that a line tells of nothing, if it was written. Runs in a transaction. */
export function createTakeBack(db: WritableDb): (id: string, at: number) => void {
  const find = db.prepare('SELECT state FROM hookline_line WHERE id = ?');
  const set = db.prepare('UPDATE hookline_line SET state = ? WHERE id = ?');
  return (id, at) => {
    const line = find.get(id) as Row | undefined;
    if (line === undefined || line.state === NOTHING) return;
    recordAmendments(db, [
      { eventId: id, field: 'outcome', value: null, source: 'statistics', at },
    ]);
    set.run(NOTHING, id);
  };
}

/** Takes back all lines that tell of nothing, after a rebuild. Runs in a transaction. */
export function takeBackLines(db: WritableDb, at: number): void {
  const takeBack = createTakeBack(db);
  const lines = db
    .prepare(
      `SELECT id FROM hookline_line WHERE file = 'recovery' AND NOT EXISTS
         (SELECT 1 FROM hookline_rollup_episode WHERE event_id = substr(id, 4) AND ended_at_ms IS NOT NULL)
       UNION ALL SELECT id FROM hookline_line WHERE file = 'flow' AND NOT EXISTS
         (SELECT 1 FROM hookline_rollup_quarter WHERE quarter = CAST(substr(id, 4) AS INTEGER) AND score IS NOT NULL)`,
    )
    .all() as Row[];
  for (const { id } of lines) takeBack(String(id), at);
}
