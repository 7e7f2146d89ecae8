/**
 * What models used, as transcripts tell: one row for each answer, so that a line that comes late or
 * again corrects and never adds; and what a session's client itself says that it cost.
 *
 * `hookline_usage_quarter` adds answers up by quarters of an hour (UTC) and follows from the rows; the
 * triggers note the quarters that must be added up again. `hookline_link` has papers and repositories
 * that a search or a fetch brought up. Each row belongs to the backfill run that brought it. What was
 * taken of transcripts before this is taken once more: its usage was not.
 */
const NOTE = (row: 'OLD' | 'NEW') => `
  INSERT INTO hookline_usage_dirty SELECT ${row}.at_ms / 900000 WHERE NOT EXISTS (
    SELECT 1 FROM hookline_usage_dirty WHERE quarter = ${row}.at_ms / 900000);`;

const SUMS = `
  input INTEGER NOT NULL, output INTEGER NOT NULL, cache_read INTEGER NOT NULL,
  write_5m INTEGER NOT NULL, write_1h INTEGER NOT NULL`;

export const usage = {
  version: 7,
  name: 'usage',
  sql: `
    CREATE TABLE hookline_usage (
      message_id TEXT PRIMARY KEY,
      at_ms INTEGER NOT NULL,
      session_id TEXT, project TEXT, agent_id TEXT, agent_type TEXT, prompt_id TEXT,
      model TEXT NOT NULL,
      is_final INTEGER NOT NULL, is_fast INTEGER NOT NULL, is_us_only INTEGER NOT NULL,
      ${SUMS},
      web_searches INTEGER NOT NULL,
      run INTEGER NOT NULL
    );
    CREATE INDEX hookline_usage_at ON hookline_usage (at_ms);
    CREATE TABLE hookline_usage_dirty (quarter INTEGER PRIMARY KEY);
    CREATE TRIGGER hookline_usage_added AFTER INSERT ON hookline_usage
    BEGIN ${NOTE('NEW')} END;
    CREATE TRIGGER hookline_usage_changed AFTER UPDATE ON hookline_usage
    BEGIN ${NOTE('OLD')} ${NOTE('NEW')} END;
    CREATE TRIGGER hookline_usage_removed AFTER DELETE ON hookline_usage
    BEGIN ${NOTE('OLD')} END;
    CREATE TABLE hookline_usage_quarter (
      quarter INTEGER NOT NULL, session_id TEXT NOT NULL, project TEXT NOT NULL,
      agent_type TEXT NOT NULL, model TEXT NOT NULL,
      messages INTEGER NOT NULL,
      ${SUMS},
      web_searches INTEGER NOT NULL,
      nano_usd INTEGER NOT NULL, unpriced INTEGER NOT NULL, unpriced_tokens INTEGER NOT NULL,
      PRIMARY KEY (quarter, session_id, project, agent_type, model)
    ) WITHOUT ROWID;
    CREATE INDEX hookline_usage_quarter_session ON hookline_usage_quarter (session_id);
    CREATE TABLE hookline_cost_state (
      session_id TEXT PRIMARY KEY,
      nano_usd INTEGER NOT NULL, is_whole INTEGER NOT NULL,
      ${SUMS},
      run INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE hookline_link (
      link_id TEXT NOT NULL, call_id TEXT NOT NULL,
      kind TEXT NOT NULL, url TEXT NOT NULL, via TEXT NOT NULL, at_ms INTEGER NOT NULL,
      session_id TEXT, project TEXT,
      run INTEGER NOT NULL,
      PRIMARY KEY (link_id, call_id)
    ) WITHOUT ROWID;
    CREATE INDEX hookline_link_call ON hookline_link (call_id);
    UPDATE hookline_transcript SET taken = 0, again_at_ms = 0;
  `,
} as const;
