/** The old pipeline's files and tables: where they are and how each of their traces is read. */
import { basename } from 'node:path';
import type { Json } from '../../src-core/base/json.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { readActivity } from './activity-line.ts';
import {
  CLAUDE_ACTIVITY_COLUMNS,
  CLAUDE_ACTIVITY_NEEDS,
  CLAUDE_TOOL_COLUMNS,
  CLAUDE_TOOL_NEEDS,
  readClaudeActivityRow,
  readClaudeToolRow,
} from './claude-row.ts';
import { readCommand } from './command-line.ts';
import type { Reading } from './observation.ts';
import { readSession } from './session-line.ts';
import { readSuccess } from './success-line.ts';
import type { ForeignRow, Wanted } from './table-rows.ts';
import { readToolEventRow, TOOL_EVENT_COLUMNS, TOOL_EVENT_NEEDS } from './tool-event-row.ts';
import { readToolUsage } from './tool-usage-line.ts';
import type { Witness } from './variants.ts';

/** A file of lines. */
export interface FileWitness {
  readonly kind: 'file';
  readonly witness: Witness;
  readonly path: string;
  readonly name: string;
  read(row: Json, isCompact: boolean): Reading;
}

/** A table of a database. */
export interface TableWitness {
  readonly kind: 'table';
  readonly witness: Witness;
  readonly path: string;
  readonly name: string;
  readonly table: string;
  readonly columns: Wanted;
  readonly needs: readonly string[];
  read(row: ForeignRow): Reading;
}

/** All of them, in a fixed order. */
export function witnessesOf(paths: Paths): readonly (FileWitness | TableWitness)[] {
  const { journals, database, dashboardDatabase } = paths;
  const file = (
    witness: Witness,
    path: string,
    name: string,
    read: FileWitness['read'],
  ): FileWitness => ({ kind: 'file', witness, path, name, read });
  return [
    {
      kind: 'table',
      witness: 'antigravity',
      path: database,
      name: `${basename(database)}: tool_events`,
      table: 'tool_events',
      columns: TOOL_EVENT_COLUMNS,
      needs: TOOL_EVENT_NEEDS,
      read: readToolEventRow,
    },
    file('tool-usage', journals.toolUsage, 'tool-usage.jsonl', readToolUsage),
    {
      kind: 'table',
      witness: 'claude-tools',
      path: dashboardDatabase,
      name: 'claude.db: tool_events',
      table: 'tool_events',
      columns: CLAUDE_TOOL_COLUMNS,
      needs: CLAUDE_TOOL_NEEDS,
      read: readClaudeToolRow,
    },
    file('activity', journals.activityEvents, 'activity-events.jsonl', readActivity),
    file('session-events', journals.sessionEvents, 'session-events.jsonl', readSession),
    file('command-usage', journals.commandUsage, 'command-usage.jsonl', readCommand),
    file('tool-success', journals.toolSuccess, 'tool-success.jsonl', readSuccess),
    {
      kind: 'table',
      witness: 'claude-activity',
      path: dashboardDatabase,
      name: 'claude.db: activity_events',
      table: 'activity_events',
      columns: CLAUDE_ACTIVITY_COLUMNS,
      needs: CLAUDE_ACTIVITY_NEEDS,
      read: readClaudeActivityRow,
    },
  ];
}
