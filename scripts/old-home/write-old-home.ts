/** Writes a made-up home of the old pipeline to the disk. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Paths } from '../../src-core/files/paths.ts';
import type { OpenSqlite, SqliteConnection } from '../../src-core/store/driver.ts';
import type { OldFile } from './old-files.ts';
import type { OldHome } from './old-home.ts';
import type { OldPipeline } from './old-pipeline.ts';

/** Shapes in which the old table was seen or recommended. */
export const OLD_TABLES = {
  usual:
    'CREATE TABLE tool_events (id INTEGER PRIMARY KEY AUTOINCREMENT, ts INTEGER, tool TEXT, file_path TEXT, session_pwd TEXT, metadata TEXT)',
  recommended:
    'CREATE TABLE tool_events (id INTEGER PRIMARY KEY, ts INTEGER NOT NULL, tool TEXT NOT NULL, file_path TEXT, session_pwd TEXT, metadata TEXT, UNIQUE(ts, tool, file_path))',
  bare: 'CREATE TABLE tool_events (ts INTEGER, tool TEXT)',
} as const;

const DASHBOARD = `
  CREATE TABLE tool_events (id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp INTEGER NOT NULL,
    tool_name TEXT NOT NULL, success INTEGER NOT NULL, duration_ms INTEGER, error_message TEXT, context TEXT);
  CREATE TABLE activity_events (id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp INTEGER NOT NULL,
    event_type TEXT NOT NULL, data TEXT, session_id TEXT);`;

/** Writes all files and databases of the home. */
export function writeOldHome(home: OldHome, paths: Paths, open: OpenSqlite): void {
  for (const file of Object.keys(home.pipeline.lines) as OldFile[]) {
    const path = fileOf(paths, file);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const lines = home.pipeline.lines[file].map((line) => Buffer.from(line));
    const end = Buffer.from('\n');
    writeFileSync(
      path,
      Buffer.concat([...lines, ...home.extra[file]].flatMap((line) => [line, end])),
    );
  }
  writeRows(home.pipeline, paths, open);
  writeDashboard(home.pipeline, paths, open);
}

/** Where a file of the old pipeline lies. */
export function fileOf({ journals }: Paths, file: OldFile): string {
  switch (file) {
    case 'tool-usage':
      return journals.toolUsage;
    case 'activity-events':
      return journals.activityEvents;
    case 'session-events':
      return journals.sessionEvents;
    case 'tool-success':
      return journals.toolSuccess;
    case 'command-usage':
      return journals.commandUsage;
  }
}

/** Writes antigravity.db with the rows, in the usual shape. */
export function writeRows({ rows }: OldPipeline, paths: Paths, open: OpenSqlite): void {
  fillNewDb(paths.database, open, `PRAGMA journal_mode = WAL; ${OLD_TABLES.usual}`, (db) => {
    const insert = db.prepare(
      'INSERT INTO tool_events (ts, tool, file_path, session_pwd, metadata) VALUES (?, ?, ?, ?, ?)',
    );
    for (const { ts, tool, filePath, pwd, metadata } of rows)
      insert.run(ts, tool, filePath, pwd, metadata);
  });
}

/** Writes claude.db. */
export function writeDashboard(
  { dashboard, activityRows }: OldPipeline,
  paths: Paths,
  open: OpenSqlite,
): void {
  fillNewDb(paths.dashboardDatabase, open, DASHBOARD, (db) => {
    const tool = db.prepare(
      'INSERT INTO tool_events (timestamp, tool_name, success, duration_ms, context) VALUES (?, ?, ?, ?, ?)',
    );
    for (const { ts, tool: name, success, durationMs, context } of dashboard)
      tool.run(ts, name, success, durationMs, context);
    const activity = db.prepare(
      'INSERT INTO activity_events (timestamp, event_type, data) VALUES (?, ?, ?)',
    );
    for (const { ts, type, data } of activityRows) activity.run(ts, type, data);
  });
}

function fillNewDb(
  path: string,
  open: OpenSqlite,
  schema: string,
  fill: (db: SqliteConnection) => void,
): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const db = open(path);
  try {
    db.exec(schema);
    db.exec('BEGIN');
    fill(db);
    db.exec('COMMIT');
  } finally {
    db.close();
  }
}
