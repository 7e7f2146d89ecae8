/**
 * recovery-stats.json: what became of errors, as our events show it, and what other programs noted.
 * Of their rows the made-up ones count, but have no part in the rate.
 */
import { textOf } from '../../src-core/base/json.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import { countNames, median, percent } from './figures.ts';
import { isEstimated, readForeign } from './foreign.ts';
import type { StatsInput } from './frame.ts';
import { type OldJson, roundLikePython } from './old-json.ts';
import {
  type Episode,
  episodesOf,
  foldRecovery,
  newRecoveryFold,
  RECOVERY_DEFINITION,
  type SessionStep,
} from './recovery-fold.ts';

/** How many patterns or classes are listed. */
const LISTED = 10;

/** recovery-stats.json. */
export function recovery({ db, recoveries }: StatsInput): Record<string, OldJson> {
  const episodes = readEpisodes(db);
  const final = episodes.filter(({ ending }) => ending !== 'open');
  const recovered = final.filter(({ ending }) => ending === 'recovered');
  const { rows, bad } = readForeign(recoveries);
  const measured = rows.filter((row) => !isEstimated(row));
  const good = measured.filter((row) => row.success === true || row.success === 1).length;
  const patterns = countNames([
    ...final.map(({ errorClass }) => errorClass),
    ...rows.map((row) => textOf(row.pattern) ?? textOf(row.category) ?? 'unknown'),
  ]);
  return {
    total_recoveries: final.length + rows.length,
    success_rate: percent(recovered.length + good, final.length + measured.length),
    by_pattern: new Map(patterns.slice(0, LISTED)),
    measured: final.length + measured.length,
    estimated: rows.length - measured.length,
    from_other_programs: rows.length,
    bad_lines: bad,
    definition: RECOVERY_DEFINITION,
    ...endings(episodes),
    attempts: attemptsOf(recovered),
    between: betweenOf(recovered),
    by_class: byClass(episodes),
  };
}

function endings(episodes: readonly Episode[]): Record<string, OldJson> {
  const of = (ending: Episode['ending']) => episodes.filter((episode) => episode.ending === ending);
  const recovered = of('recovered');
  const times = recovered.map(({ at, endedAt }) => (endedAt ?? at) - at);
  const middle = median(times);
  return {
    recovered: recovered.length,
    abandoned: of('abandoned').length,
    open: of('open').length,
    median_ms_to_recover: middle === null ? null : roundLikePython(middle, 0),
  };
}

/** How many were recovered at the first attempt, the second, the third, or later. */
function attemptsOf(recovered: readonly Episode[]): OldJson {
  const counts = new Map(['1', '2', '3', '4+'].map((name) => [name, 0]));
  for (const { attempts } of recovered) {
    const name = attempts < 4 ? `${attempts}` : '4+';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** How many were recovered after an edit, after another command, after both, or after neither. */
function betweenOf(recovered: readonly Episode[]): OldJson {
  const counts = { edit: 0, command: 0, both: 0, neither: 0 };
  for (const { edits, otherCommands } of recovered) {
    if (edits > 0) counts[otherCommands > 0 ? 'both' : 'edit']++;
    else counts[otherCommands > 0 ? 'command' : 'neither']++;
  }
  return counts;
}

function byClass(episodes: readonly Episode[]): OldJson {
  const classes = countNames(episodes.map(({ errorClass }) => errorClass)).slice(0, LISTED);
  return new Map(
    classes.map(([name]) => [
      name,
      endings(episodes.filter(({ errorClass }) => errorClass === name)),
    ]),
  );
}

/** The episodes of all sessions by their time; rows of old record have no session to be joined by. */
function readEpisodes(db: ReadableDb): Episode[] {
  const { newest } = db.prepare('SELECT max(at_ms) AS newest FROM hookline_event').get() as Row;
  const rows = db
    .prepare(
      `SELECT session_id, at_ms, kind, hook_event, tool, file_path, command, outcome, error_class
       FROM hookline_event WHERE session_id IS NOT NULL AND source <> 'old'
       ORDER BY session_id, at_ms, seq`,
    )
    .iterate() as IterableIterator<Row>;
  const episodes: Episode[] = [];
  let session: Row[string] | undefined;
  let fold = newRecoveryFold();
  for (const row of rows) {
    if (row.session_id !== session) {
      episodes.push(...episodesOf(fold, Number(newest)));
      session = row.session_id;
      fold = newRecoveryFold();
    }
    foldRecovery(fold, [stepOf(row)]);
  }
  episodes.push(...episodesOf(fold, Number(newest)));
  return episodes.sort((a, b) => a.at - b.at);
}

function stepOf(row: Row): SessionStep {
  const text = (name: string): string | null => (row[name] === null ? null : String(row[name]));
  return {
    at: Number(row.at_ms),
    kind: String(row.kind),
    hookEvent: String(row.hook_event),
    tool: text('tool'),
    filePath: text('file_path'),
    command: text('command'),
    outcome: text('outcome'),
    errorClass: text('error_class'),
  };
}
