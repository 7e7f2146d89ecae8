/** The lines of ours that stand in the files of recoveries and of flow, as they are read there. */
import type { Json } from '../../../src-core/base/json.ts';
import type { WritableDb } from '../../../src-core/store/driver.ts';

/** A file in which lines of ours stand beside those of other programs. */
export type LineFile = 'recovery' | 'flow';

/** What a line says happened: how an episode ended, or a score. */
export function stateOfLine(file: LineFile, row: Json): string {
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

function scopeOfLine(file: LineFile, id: string): string | number {
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
