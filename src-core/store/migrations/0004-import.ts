/**
 * What was imported from the old pipeline's record, run by run, so that a run can be taken back
 * exactly. The events of a run that was taken back stay listed: they do not come back by themselves.
 */
export const imports = {
  version: 4,
  name: 'imports',
  sql: `
    CREATE TABLE hookline_import_run (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      started_at_ms INTEGER NOT NULL,
      finished_at_ms INTEGER,
      undone_at_ms INTEGER,
      events INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE hookline_import_event (
      event_id TEXT PRIMARY KEY,
      run INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX hookline_import_event_run ON hookline_import_event (run);
  `,
} as const;
