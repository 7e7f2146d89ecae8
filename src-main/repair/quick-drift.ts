/** What the bridge's own notes say against the files, without reading them. */
import { basename } from 'node:path';
import type { RepairFinding } from '../../src-core/contract/repair.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import { compareFile } from '../bridge/cursor.ts';
import { readCursor } from '../bridge/scan.ts';
import { damagedIds } from '../bridge/sweep-state.ts';
import { sourcesOf } from './examine-journals.ts';
import { createTally, findingOf } from './finding.ts';
import { isFile } from './whole-file.ts';

/** Files that are not as they were left, lines that were found bad or twice, rows without their lines. */
export function quickDrift(db: ReadableDb, paths: Paths): RepairFinding[] {
  const names = ['lines-damaged', 'lines-repeated', 'lines-missing', 'rows-damaged'] as const;
  const tallies = Object.fromEntries(names.map((name) => [name, createTally()])) as Record<
    (typeof names)[number],
    ReturnType<typeof createTally>
  >;
  for (const { name, path } of sourcesOf(paths)) {
    const cursor = readCursor(db, name);
    if (cursor === null || cursor.inode === '') continue;
    const where = basename(path);
    const state = isFile(path) ? compareFile(path, cursor).kind : 'missing';
    if (state === 'missing' || state === 'replaced')
      tallies['lines-missing'].add({ where, what: `the file is ${state}` });
    for (let i = 0; i < cursor.damaged; i++)
      tallies['lines-damaged'].add({ where, what: 'found when it was read last' });
    for (let i = 0; i < cursor.duplicates; i++)
      tallies['lines-repeated'].add({ where, what: 'found when it was read last' });
  }
  const unwritten = db
    .prepare(
      'SELECT seq FROM hookline_event WHERE lines & expected & 127 <> expected & 127 LIMIT 1000',
    )
    .all() as Row[];
  for (const { seq } of unwritten)
    tallies['lines-missing'].add({ where: `row ${seq}`, what: 'its lines were not seen' });
  for (const id of damagedIds(db))
    tallies['rows-damaged'].add({ where: 'the last sweep', what: `event ${id}` });
  return names.flatMap((name) => findingOf(name, tallies[name]) ?? []);
}
