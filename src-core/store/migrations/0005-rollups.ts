/**
 * Sums that the statistics and the dashboard read instead of events. All of it follows from
 * `hookline_event` and is made again from there whenever a definition changes.
 *
 * Two scopes are kept: a quarter of an hour (UTC, its number since 1970) and a session. What is new
 * is a range of `seq`, so adding an event costs nothing here; the triggers note the scopes of an
 * event that is changed or taken away. A `scope` is a quarter's number or a session's id.
 *
 * `hookline_rollup_total` adds the scopes up under a name each, so that reading depends neither on
 * the number of events nor on that of quarters; `first_at` is NULL while it must be looked up again.
 * `hookline_line` has the lines that were seen in the files of recoveries and flow, and what they tell.
 */
const NOTE = (row: 'OLD' | 'NEW') => `
  INSERT OR IGNORE INTO hookline_dirty VALUES (CAST(${row}.at_ms / 900000 AS INTEGER));
  INSERT OR IGNORE INTO hookline_dirty SELECT ${row}.session_id WHERE ${row}.session_id IS NOT NULL;`;

export const rollups = {
  version: 5,
  name: 'rollups',
  sql: `
    CREATE TABLE hookline_dirty (scope PRIMARY KEY NOT NULL) WITHOUT ROWID;
    CREATE TRIGGER hookline_event_changed AFTER UPDATE OF
      kind, hook_event, at_ms, source, via, session_id, tool, file_path, command, project, model,
      outcome, exit_code, duration_ms, error_class, error, facts, content ON hookline_event
    BEGIN ${NOTE('OLD')} ${NOTE('NEW')} END;
    CREATE TRIGGER hookline_event_removed AFTER DELETE ON hookline_event
    BEGIN ${NOTE('OLD')} END;
    CREATE TABLE hookline_rollup_quarter (
      quarter INTEGER PRIMARY KEY,
      hook INTEGER NOT NULL, spool INTEGER NOT NULL, journal INTEGER NOT NULL,
      transcript INTEGER NOT NULL, old INTEGER NOT NULL,
      calls INTEGER NOT NULL, good INTEGER NOT NULL, bad INTEGER NOT NULL,
      filled_in INTEGER NOT NULL,
      starts INTEGER NOT NULL, first_start INTEGER,
      ends INTEGER NOT NULL, first_end INTEGER,
      first_at_ms INTEGER NOT NULL, last_at_ms INTEGER NOT NULL,
      active_ms INTEGER NOT NULL, link_ms INTEGER NOT NULL,
      flow_calls INTEGER NOT NULL, score INTEGER, tempo INTEGER, success INTEGER,
      focus INTEGER, unblocked INTEGER, steadiness INTEGER,
      is_told INTEGER NOT NULL
    );
    CREATE INDEX hookline_rollup_quarter_flow ON hookline_rollup_quarter (quarter, score)
      WHERE score IS NOT NULL;
    CREATE INDEX hookline_rollup_quarter_untold ON hookline_rollup_quarter (quarter)
      WHERE score IS NOT NULL AND is_told = 0;
    CREATE INDEX hookline_rollup_quarter_bad ON hookline_rollup_quarter (quarter) WHERE bad > 0;
    CREATE TABLE hookline_rollup_call (
      quarter INTEGER NOT NULL, tool TEXT NOT NULL, project TEXT NOT NULL, model TEXT NOT NULL,
      outcome TEXT NOT NULL, source TEXT NOT NULL,
      calls INTEGER NOT NULL, first_seq INTEGER NOT NULL,
      timed INTEGER NOT NULL, total_us INTEGER NOT NULL, max_us INTEGER NOT NULL,
      PRIMARY KEY (quarter, tool, project, model, outcome, source)
    ) WITHOUT ROWID;
    CREATE TABLE hookline_rollup_command (
      quarter INTEGER NOT NULL, program TEXT NOT NULL, subcommand TEXT NOT NULL,
      project TEXT NOT NULL, outcome TEXT NOT NULL,
      calls INTEGER NOT NULL, first_seq INTEGER NOT NULL, durations TEXT NOT NULL,
      PRIMARY KEY (quarter, program, subcommand, project, outcome)
    ) WITHOUT ROWID;
    CREATE TABLE hookline_rollup_error (
      quarter INTEGER NOT NULL, error_class TEXT NOT NULL, tool TEXT NOT NULL,
      project TEXT NOT NULL,
      errors INTEGER NOT NULL, first_at_ms INTEGER NOT NULL, last_at_ms INTEGER NOT NULL,
      PRIMARY KEY (quarter, error_class, tool, project)
    ) WITHOUT ROWID;
    CREATE INDEX hookline_rollup_error_class ON hookline_rollup_error (error_class, quarter);
    CREATE TABLE hookline_rollup_day (
      day INTEGER NOT NULL, tool TEXT NOT NULL, outcome TEXT NOT NULL, calls INTEGER NOT NULL,
      PRIMARY KEY (day, tool, outcome)
    ) WITHOUT ROWID;
    CREATE TABLE hookline_rollup_session (
      session_id TEXT PRIMARY KEY,
      first_at_ms INTEGER NOT NULL, last_at_ms INTEGER NOT NULL,
      captured_at_ms INTEGER, open INTEGER NOT NULL, is_silent INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX hookline_rollup_session_last ON hookline_rollup_session (last_at_ms, first_at_ms);
    CREATE INDEX hookline_rollup_session_first ON hookline_rollup_session (first_at_ms);
    CREATE INDEX hookline_rollup_session_open ON hookline_rollup_session (is_silent, captured_at_ms)
      WHERE open > 0;
    CREATE TABLE hookline_rollup_episode (
      event_id TEXT PRIMARY KEY,
      session_id TEXT NOT NULL, at_ms INTEGER NOT NULL, error_class TEXT NOT NULL,
      ending TEXT NOT NULL, ended_at_ms INTEGER,
      attempts INTEGER NOT NULL, edits INTEGER NOT NULL, other_commands INTEGER NOT NULL,
      is_told INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX hookline_rollup_episode_untold ON hookline_rollup_episode (ended_at_ms)
      WHERE ended_at_ms IS NOT NULL AND is_told = 0;
    CREATE INDEX hookline_rollup_episode_session ON hookline_rollup_episode (session_id);
    CREATE TABLE hookline_rollup_wait (
      session_id TEXT NOT NULL, quarter INTEGER NOT NULL, waited_ms INTEGER NOT NULL,
      PRIMARY KEY (session_id, quarter)
    ) WITHOUT ROWID;
    CREATE INDEX hookline_rollup_wait_quarter ON hookline_rollup_wait (quarter, waited_ms);
    CREATE TABLE hookline_rollup_total (
      dimension TEXT NOT NULL, name TEXT NOT NULL, part TEXT NOT NULL,
      count INTEGER NOT NULL, total INTEGER NOT NULL, first_at INTEGER,
      PRIMARY KEY (dimension, name, part)
    ) WITHOUT ROWID;
    CREATE TABLE hookline_line (
      id TEXT PRIMARY KEY, file TEXT NOT NULL, state TEXT NOT NULL
    ) WITHOUT ROWID;
  `,
} as const;
