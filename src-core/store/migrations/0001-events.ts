/**
 * The first tables of ours. The file is shared with other programs: every name begins with
 * `hookline_`, and `user_version` is not ours to use.
 *
 * `seq` only grows, so that "what is new" is a range. `lines` has a bit for each JSONL stream in
 * which the bridge has seen the event's line, `expected` for each in which it must stand; the
 * partial index holds just the rows where the two differ.
 */
export const events = {
  version: 1,
  name: 'events',
  sql: `
    CREATE TABLE hookline_event (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      hook_event TEXT NOT NULL,
      at_ms INTEGER NOT NULL,
      source TEXT NOT NULL,
      via TEXT NOT NULL,
      session_id TEXT,
      tool_use_id TEXT,
      prompt_id TEXT,
      tool TEXT,
      file_path TEXT,
      command TEXT,
      project TEXT,
      cwd TEXT,
      agent_id TEXT,
      agent_type TEXT,
      permission_mode TEXT,
      model TEXT,
      outcome TEXT,
      exit_code INTEGER,
      duration_ms REAL,
      error_class TEXT,
      error TEXT,
      input_bytes INTEGER,
      output_bytes INTEGER,
      facts TEXT,
      payload_sum TEXT,
      sum TEXT NOT NULL,
      expected INTEGER NOT NULL,
      lines INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX hookline_event_at ON hookline_event (at_ms);
    CREATE INDEX hookline_event_session ON hookline_event (session_id, at_ms);
    CREATE INDEX hookline_event_unwritten ON hookline_event (seq) WHERE lines & expected <> expected;
    CREATE TABLE hookline_amendment (
      id TEXT PRIMARY KEY,
      event_id TEXT NOT NULL,
      field TEXT NOT NULL,
      value TEXT,
      source TEXT NOT NULL,
      at_ms INTEGER NOT NULL,
      is_written INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID;
    CREATE INDEX hookline_amendment_event ON hookline_amendment (event_id);
    CREATE TABLE hookline_running (
      tool_use_id TEXT PRIMARY KEY,
      session_id TEXT,
      tool TEXT NOT NULL,
      detail TEXT,
      at_ms INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE hookline_cursor (
      stream TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE hookline_ledger (
      at_ms INTEGER NOT NULL,
      stream TEXT NOT NULL,
      in_sqlite INTEGER NOT NULL,
      in_jsonl INTEGER NOT NULL,
      healed_to_sqlite INTEGER NOT NULL,
      healed_to_jsonl INTEGER NOT NULL,
      duplicates INTEGER NOT NULL,
      quarantined INTEGER NOT NULL,
      PRIMARY KEY (at_ms, stream)
    ) WITHOUT ROWID;
  `,
} as const;
