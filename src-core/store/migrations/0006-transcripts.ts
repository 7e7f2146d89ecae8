/**
 * Transcripts as the third witness: how far each file was read, and which calls the files tell of,
 * so that missing ones are found without reading all files again. And what a backfill added or
 * amended, run by run, so that a run can be taken back exactly.
 *
 * Of a file, `read_to` is behind the last complete line that was read, `pin` where reading goes on
 * (a call that waits for its result holds it back), `taken` where the backfill goes on.
 */
export const transcripts = {
  version: 6,
  name: 'transcripts',
  sql: `
    CREATE TABLE hookline_transcript (
      id INTEGER PRIMARY KEY,
      path TEXT NOT NULL UNIQUE,
      session_id TEXT NOT NULL,
      agent_id TEXT,
      project TEXT,
      inode TEXT NOT NULL,
      size INTEGER NOT NULL,
      modified_ms REAL NOT NULL,
      tail TEXT NOT NULL,
      read_to INTEGER NOT NULL,
      pin INTEGER NOT NULL,
      taken INTEGER NOT NULL,
      prompt_id TEXT,
      again_at_ms INTEGER,
      first_at_ms INTEGER,
      last_at_ms INTEGER,
      damaged INTEGER NOT NULL,
      unknown TEXT,
      gone_at_ms INTEGER
    );
    CREATE INDEX hookline_transcript_session ON hookline_transcript (session_id);
    CREATE TABLE hookline_transcript_call (
      id TEXT PRIMARY KEY,
      file INTEGER NOT NULL,
      session_id TEXT,
      agent_id TEXT,
      project TEXT,
      tool TEXT NOT NULL,
      at_ms INTEGER NOT NULL,
      ended_at_ms INTEGER
    ) WITHOUT ROWID;
    CREATE INDEX hookline_transcript_call_file ON hookline_transcript_call (file);
    CREATE TABLE hookline_backfill_run (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      origin TEXT NOT NULL,
      started_at_ms INTEGER NOT NULL,
      finished_at_ms INTEGER,
      undone_at_ms INTEGER,
      events INTEGER NOT NULL DEFAULT 0,
      amended INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE hookline_backfill_event (
      event_id TEXT PRIMARY KEY,
      run INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX hookline_backfill_event_run ON hookline_backfill_event (run);
    CREATE TABLE hookline_backfill_change (
      event_id TEXT NOT NULL,
      field TEXT NOT NULL,
      run INTEGER NOT NULL,
      before TEXT NOT NULL,
      after TEXT NOT NULL,
      PRIMARY KEY (event_id, field)
    ) WITHOUT ROWID;
    CREATE INDEX hookline_backfill_change_run ON hookline_backfill_change (run);
  `,
} as const;
