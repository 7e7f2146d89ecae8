/**
 * Whether the statistics files are those that were published, and the kept sums those of the events.
 * Nothing is told where new events wait for the next run: that is no damage.
 */
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { isObject } from '../../src-core/base/json.ts';
import type { RepairFinding } from '../../src-core/contract/repair.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import { loadCursor, statFile } from '../bridge/cursor.ts';
import { isUpToDate } from '../stats/rollup/renew.ts';
import { readRollupState } from '../stats/rollup/state.ts';
import { hasWrongTotals, SUMMED } from '../stats/rollup/sums.ts';
import type { RowSurvey } from './examine-rows.ts';
import { createTally, findingOf } from './finding.ts';

/** Looks at files and sums. */
export function examineStatistics(
  db: ReadableDb,
  paths: Paths,
  rows: RowSurvey | null,
): RepairFinding[] {
  return [
    ...[findingOf('statistics-damaged', checkFiles(db, paths)) ?? []].flat(),
    ...[(rows === null ? null : findingOf('rollups-wrong', checkSums(db, rows))) ?? []].flat(),
  ];
}

function checkFiles(db: ReadableDb, paths: Paths) {
  const tally = createTally();
  const published = publishedFiles(db);
  if (published === null) return tally;
  for (const [i, path] of Object.values(paths.stats).entries()) {
    const wrong = wrongWith(path, published[i]);
    if (wrong !== null) tally.add({ where: basename(path), what: wrong });
  }
  return tally;
}

/** How the files stood when they were published last; null before that. */
function publishedFiles(db: ReadableDb): readonly unknown[] | null {
  try {
    const stamp: unknown = JSON.parse(loadCursor<string>(db, 'stats') ?? 'null');
    return Array.isArray(stamp) ? stamp.slice(1) : null;
  } catch {
    // Whatever it says, the next run publishes anew.
    return null;
  }
}

function wrongWith(path: string, published: unknown): string | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 'missing';
  if (!stat.isFile()) return 'no file';
  try {
    if (!isObject(JSON.parse(readFileSync(path, 'utf8')))) return 'not a JSON object';
  } catch {
    return 'not JSON';
  }
  return JSON.stringify(statFile(path)) === JSON.stringify(published)
    ? null
    : 'written over since it was published';
}

function checkSums(db: ReadableDb, { lastSeq, perQuarter }: RowSurvey) {
  const tally = createTally();
  const state = readRollupState(db);
  if (state === null || state.seq !== lastSeq || !isUpToDate(db, state)) return tally;
  const kept = db
    .prepare(
      'SELECT quarter, hook + spool + journal + transcript + old AS events FROM hookline_rollup_quarter',
    )
    .all() as Row[];
  const left = new Map(perQuarter);
  for (const { quarter, events } of kept) {
    const counted = left.get(Number(quarter)) ?? 0;
    left.delete(Number(quarter));
    if (counted !== Number(events))
      tally.add({ where: `quarter ${quarter}`, what: `${events} kept, ${counted} counted` });
  }
  for (const [quarter, counted] of left)
    tally.add({ where: `quarter ${quarter}`, what: `none kept, ${counted} counted` });
  for (const dimension of SUMMED)
    if (hasWrongTotals(db, dimension))
      tally.add({ where: `totals ${dimension}`, what: 'no sum of its rows' });
  return tally;
}
