/** What must hold of a record after kills: each event once in both stores, nothing half. */
import { readFileSync } from 'node:fs';
import type { Paths } from '../../src-core/files/paths.ts';
import { hasRightSum } from '../../src-core/journal/sum.ts';
import { betterSqlite } from '../../src-core/store/better-sqlite.ts';
import type { Row } from '../../src-core/store/driver.ts';

/** What was given to the launchers. */
export interface Given {
  /** Calls whose launcher ended by itself: these must be there. */
  readonly sure: ReadonlySet<string>;
  /** Calls whose launcher was killed: these may be there, but not half. */
  readonly unsure: ReadonlySet<string>;
}

/** The streams in which each call of a soak has a line. */
const STREAMS = ['toolUsage', 'activityEvents', 'toolSuccess', 'commandUsage'] as const;

/** All that is wrong, one sentence each. */
export function faultsOf(paths: Paths, given: Given): readonly string[] {
  return [
    ...faultsIn('SQLite', storedIds(paths), given),
    ...STREAMS.flatMap((name) => {
      const { ids, faults } = idsIn(paths.journals[name]);
      return [...faults.map((fault) => `${name}: ${fault}`), ...faultsIn(name, ids, given)];
    }),
  ];
}

function faultsIn(place: string, ids: readonly string[], { sure, unsure }: Given): string[] {
  const seen = new Set<string>();
  const faults: string[] = [];
  for (const id of ids) {
    if (seen.has(id)) faults.push(`${place}: ${id} stands twice`);
    if (!sure.has(id) && !unsure.has(id)) faults.push(`${place}: ${id} was never given`);
    seen.add(id);
  }
  for (const id of sure) if (!seen.has(id)) faults.push(`${place}: ${id} is lost`);
  return faults;
}

function storedIds({ database }: Paths): readonly string[] {
  const db = betterSqlite()?.(database, { readonly: true });
  if (db === undefined) throw new Error('this Node loads no better-sqlite3');
  try {
    return (db.prepare('SELECT id FROM hookline_event').all() as Row[]).map(({ id }) => String(id));
  } finally {
    db.close();
  }
}

function idsIn(path: string): { ids: readonly string[]; faults: readonly string[] } {
  const ids: string[] = [];
  const faults: string[] = [];
  const text = readFileSync(path, 'utf8');
  if (text !== '' && !text.endsWith('\n')) faults.push('the last line is torn');
  for (const line of text.split('\n').filter((it) => it !== '')) {
    try {
      const record = JSON.parse(line);
      if (!hasRightSum(record)) faults.push(`a wrong sum: ${line.slice(0, 80)}`);
      ids.push(String(record.id));
    } catch {
      faults.push(`a torn line: ${line.slice(0, 80)}`);
    }
  }
  return { ids, faults };
}
