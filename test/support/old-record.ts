/** Old records for tests: lines and rows as the old programs wrote them, and the import over them. */
import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { OldCall, OldSession } from '../../scripts/old-home/old-call.ts';
import type { OldFile } from '../../scripts/old-home/old-files.ts';
import { createOldPipeline, type OldPipeline } from '../../scripts/old-home/old-pipeline.ts';
import { fileOf, OLD_TABLES } from '../../scripts/old-home/write-old-home.ts';
import type { SqlValue } from '../../src-core/store/driver.ts';
import { imports } from '../../src-core/store/migrations/0004-import.ts';
import { createImporter, type Importer } from '../../src-main/import/importer.ts';
import type { EventCounts, ImportPlan } from '../../src-main/import/plan.ts';
import { hasImportTables } from '../../src-main/import/runs.ts';
import type { Home } from './home.ts';

/** A second in the old record's time. */
export const THEN_S = Date.UTC(2026, 0, 20, 9) / 1000;

/** A session of the old pipeline. */
export const SESSION: OldSession = {
  id: '0f6f1b0e-711f-4043-a0dd-c64620db6969',
  pwd: '/Users/dev/my-project',
  model: 'opus',
  startedS: THEN_S - 100,
  endedS: THEN_S + 10_000,
};

/** Calls a minute apart, each of which took two seconds. */
export function oldCalls(count: number, members: Partial<OldCall> = {}): readonly OldCall[] {
  return Array.from({ length: count }, (_, i) => ({
    beganS: THEN_S + i * 60,
    endedS: THEN_S + i * 60 + 2,
    tool: 'Read',
    filePath: '',
    command: '',
    session: SESSION,
    ...members,
  }));
}

/** Appends raw lines to one of the old files. */
export function addLines(
  { paths }: Home,
  file: OldFile,
  lines: readonly (string | Buffer)[],
): void {
  const path = fileOf(paths, file);
  mkdirSync(dirname(path), { recursive: true });
  for (const line of lines)
    appendFileSync(path, Buffer.concat([Buffer.from(line), Buffer.from('\n')]));
}

/** Appends what the old programs wrote into files, and their rows. */
export function addOldPipeline(home: Home, pipeline: OldPipeline): void {
  for (const [file, lines] of Object.entries(pipeline.lines))
    addLines(home, file as OldFile, lines);
  addRows(
    home,
    pipeline.rows.map(({ ts, tool, filePath, pwd, metadata }) => [
      ts,
      tool,
      filePath,
      pwd,
      metadata,
    ]),
  );
}

/** The old hook after so many calls, in its last form but one. */
export function hooked(count: number, tool = 'Read'): OldPipeline {
  const pipeline = createOldPipeline();
  for (const call of oldCalls(count, { tool })) pipeline.hook(call, 'dual', true);
  return pipeline;
}

/** Six calls of all kinds of traces, and their session. */
export function addSixCalls(home: Home): void {
  const pipeline = createOldPipeline();
  const calls = oldCalls(6, { tool: 'Bash', command: 'git status' });
  pipeline.session(SESSION, 'start', 'dual');
  for (const call of calls.slice(0, 2)) pipeline.hook(call, 'echo');
  for (const call of calls.slice(2, 4)) pipeline.hook(call, 'sqlite-only');
  for (const call of calls.slice(4)) pipeline.hook(call, 'dual', true);
  pipeline.bulkBackfill(calls.slice(4));
  addOldPipeline(home, pipeline);
}

/** Adds rows `ts, tool, file_path, session_pwd, metadata` to antigravity.db; makes it where there is none. */
export function addRows(home: Home, rows: readonly (readonly SqlValue[])[]): void {
  if (rows.length > 0)
    fill(
      home,
      home.paths.database,
      OLD_TABLES.usual,
      'tool_events (ts, tool, file_path, session_pwd, metadata)',
      rows,
    );
}

/** Adds rows to a table of a database of others, which is made by `schema` where there is none. */
export function fill(
  { open }: Home,
  path: string,
  schema: string,
  table: string,
  rows: readonly (readonly SqlValue[])[],
): void {
  const isNew = !existsSync(path);
  mkdirSync(dirname(path), { recursive: true });
  const db = open(path);
  try {
    if (isNew) db.exec(schema);
    db.exec('BEGIN');
    for (const row of rows)
      db.prepare(`INSERT INTO ${table} VALUES (${row.map(() => '?').join(', ')})`).run(...row);
    db.exec('COMMIT');
  } finally {
    db.close();
  }
}

/** Where the dashboard's database lies. */
export function claudeDb({ paths }: Home): string {
  return paths.dashboardDatabase;
}

/** The import over a home in which the hook is installed. */
export function importerOf(home: Home, options: { readonly busyMs?: number } = {}): Importer {
  home.pretendInstalled();
  home.withStore((db) => {
    if (!hasImportTables(db)) db.exec(imports.sql);
  });
  return createImporter({ ...home, waitMs: 0, ...options });
}

/** What an import would do, in a home in which nothing is installed. */
export function planOf(home: Home): ImportPlan {
  return createImporter({ ...home, waitMs: 0 }).plan();
}

/** The events that an import would bring, once every line of the record is accounted for. */
export function planned(home: Home): EventCounts {
  const plan = planOf(home);
  const left = unaccounted(plan);
  if (left.some((lines) => lines !== 0)) throw new Error(`lines not accounted for: ${left}`);
  return plan.events;
}

/** Lines of a file's account that are in none of its sums; 0 where the account adds up. */
export function unaccounted(plan: ImportPlan): readonly number[] {
  const sum = (counts: Readonly<Record<string, number>>): number =>
    Object.values(counts).reduce((total, count) => total + count, 0);
  return plan.files.map(
    ({ read, own, blank, asides, bad, variants }) =>
      read -
      own -
      blank -
      sum(asides) -
      sum(bad) -
      variants.reduce((total, { outcomes }) => total + sum(outcomes), 0),
  );
}
