/** The old pipeline's files and rows, in memory. */

/** Files of lines by their name in `~/.claude/data`. */
export type OldFile =
  | 'tool-usage'
  | 'activity-events'
  | 'session-events'
  | 'tool-success'
  | 'command-usage';

/** A row of antigravity.db's `tool_events`. */
export interface OldRow {
  readonly ts: number;
  readonly tool: string;
  readonly filePath: string | null;
  readonly pwd: string | null;
  readonly metadata: string | null;
}

/** A row of claude.db's `tool_events`. */
export interface DashboardRow {
  readonly ts: number;
  readonly tool: string;
  readonly success: number;
  readonly durationMs: number | null;
  readonly context: string | null;
}

/** A row of claude.db's `activity_events`. */
export interface ActivityRow {
  readonly ts: number | string;
  readonly type: string;
  readonly data: string | null;
}
