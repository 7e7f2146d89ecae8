/**
 * The old pipeline at work on a disk: each program as far as it changes files and databases, with
 * its mistakes, beside whatever else writes there. Its lines are those of the made-up old homes.
 */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { OldCall, OldSession } from '../../../scripts/old-home/old-call.ts';
import type { OldFile } from '../../../scripts/old-home/old-files.ts';
import { createOldPipeline } from '../../../scripts/old-home/old-pipeline.ts';
import { fileOf, OLD_TABLES } from '../../../scripts/old-home/write-old-home.ts';
import type { Paths } from '../../../src-core/files/paths.ts';
import type { OpenSqlite, Row, SqliteConnection } from '../../../src-core/store/driver.ts';
import { writeOldStatistics } from './old-integrator.ts';

/** The old programs of one home. */
export interface OldMachine {
  /** `sqlite-hook.py` after a call. */
  hook(call: OldCall): void;
  /** `sqlite-hook.py` at a session's start or end. */
  session(session: OldSession, which: 'start' | 'end'): void;
  /** `sqlite-to-jsonl-sync.py`: exports all rows that are newer than the last, ours as well. */
  bridge(): void;
  /** `integrate-untracked-data.py`: writes the seven statistics over whatever stands there. */
  integrate(): void;
  /** `weekly-backfill.sh`: writes all calls of the transcripts again, and "compacts" all files. */
  weekly(calls: readonly OldCall[]): void;
}

/** Starts the programs on a home; `now` is their clock, epoch milliseconds. */
export function createOldMachine(paths: Paths, open: OpenSqlite, now: () => number): OldMachine {
  const pipeline = createOldPipeline();
  const stateFile = join(paths.data, 'sqlite-sync-state.json');
  const appendNewLines = (): void => {
    for (const file of Object.keys(pipeline.lines) as OldFile[]) {
      const lines = pipeline.lines[file].splice(0);
      mkdirSync(paths.data, { recursive: true });
      // One write a line and no lock, as Python's and the shell's appends are.
      for (const line of lines) appendFileSync(fileOf(paths, file), `${line}\n`);
    }
  };
  const addNewRows = (): void => {
    const rows = pipeline.rows.splice(0);
    withDatabase(paths, open, (db) => {
      const insert = db.prepare(
        'INSERT INTO tool_events (ts, tool, file_path, session_pwd, metadata) VALUES (?, ?, ?, ?, ?)',
      );
      for (const { ts, tool, filePath, pwd, metadata } of rows)
        insert.run(ts, tool, filePath, pwd, metadata);
    });
  };
  const note = (text: string): void => {
    const time = new Date(now()).toISOString().slice(11, 19);
    appendFileSync(paths.activityLog, `${time} ${text}\n`);
  };
  return {
    hook: (call) => {
      pipeline.hook(call, 'dual');
      addNewRows();
      appendNewLines();
      note(`${call.tool} ${call.filePath}`.trimEnd());
    },
    session: (session, which) => {
      pipeline.session(session, which, 'dual');
      addNewRows();
      appendNewLines();
    },
    bridge: () => {
      pipeline.setBridgeBack(readState(stateFile));
      pipeline.rows.push(...readRows(paths, open));
      const last = Math.max(0, ...pipeline.rows.map(({ ts }) => ts));
      pipeline.bridge('late');
      pipeline.rows.splice(0);
      appendNewLines();
      const last_sync_date = new Date(now()).toISOString().slice(0, 23);
      writeFileSync(stateFile, JSON.stringify({ last_sync_ts: last, last_sync_date }));
    },
    integrate: () => writeOldStatistics(paths),
    weekly: (calls) => {
      pipeline.weeklyBackfill(calls);
      appendNewLines();
      for (const name of readdirSync(paths.data))
        if (name.endsWith('.jsonl')) compact(join(paths.data, name));
    },
  };
}

function withDatabase<T>(paths: Paths, open: OpenSqlite, work: (db: SqliteConnection) => T): T {
  const isNew = !existsSync(paths.database);
  mkdirSync(dirname(paths.database), { recursive: true });
  const db = open(paths.database);
  try {
    db.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL');
    if (isNew) db.exec(OLD_TABLES.usual);
    return work(db);
  } finally {
    db.close();
  }
}

function readRows(paths: Paths, open: OpenSqlite) {
  return withDatabase(paths, open, (db) =>
    (db.prepare('SELECT * FROM tool_events ORDER BY ts').all() as Row[]).map((row) => ({
      ts: Number(row.ts),
      tool: String(row.tool),
      filePath: textOf(row.file_path),
      pwd: textOf(row.session_pwd),
      metadata: textOf(row.metadata),
    })),
  );
}

function textOf(value: Row[string] | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

function readState(path: string): number {
  if (!existsSync(path)) return 0;
  return Number((JSON.parse(readFileSync(path, 'utf8')) as { last_sync_ts: number }).last_sync_ts);
}

/** `clean-jsonl.py`: reads all, writes what is JSON in place; what is appended meanwhile is lost. */
function compact(path: string): void {
  const kept = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => isJson(line));
  writeFileSync(path, kept.map((line) => `${line}\n`).join(''));
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
