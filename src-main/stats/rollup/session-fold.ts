/** What one session adds up to: its span, its episodes of recovery, and where it waited for a permission. */
import type { Row } from '../../../src-core/store/driver.ts';
import { classOf, FAILED_EVENT_COLUMNS, failedEventOf } from '../errors/class-of.ts';
import { foldFlow, newFlowFold, waitsOf } from '../flow-fold.ts';
import {
  type Episode,
  episodesOf,
  foldRecovery,
  newRecoveryFold,
  type SessionStep,
  SILENCE_MS,
} from '../recovery-fold.ts';
import { isError } from './quarter-row.ts';
import type { Columns } from './rows.ts';

/** Columns of an event that the fold reads. */
export const SESSION_COLUMNS = `seq, id, at_ms, kind, source, tool, file_path, ${FAILED_EVENT_COLUMNS},
  hook_event = 'PermissionRequest' OR (hook_event = 'Notification' AND facts ->> 'notification_type' = 'permission_prompt') AS asks`;

/** The rows of a session, by table. */
export interface SessionRows {
  /** Null for a session without events. */
  readonly session: Columns | null;
  readonly episodes: readonly Columns[];
  readonly waits: readonly Columns[];
}

/**
 * Sums of one session over its events, given in their order, as they stand when the newest event of
 * the whole record happened at `newestAt`.
 */
export function foldSession(events: readonly Row[], newestAt: number): SessionRows {
  // Of calls of the old record nobody knows their order.
  const captured = events.filter(({ source }) => source !== 'old');
  const capturedAt = captured.length === 0 ? null : Number(captured.at(-1)?.at_ms);
  const fold = foldRecovery(newRecoveryFold(), captured.map(stepOf));
  const isSilent = capturedAt !== null && newestAt - capturedAt > SILENCE_MS;
  return {
    session:
      events.length === 0
        ? null
        : {
            first_at_ms: Number(events[0]?.at_ms),
            last_at_ms: Number(events.at(-1)?.at_ms),
            captured_at_ms: capturedAt,
            open: fold.open.size,
            // Of a session with nothing open it makes no difference.
            is_silent: isSilent && fold.open.size > 0 ? 1 : 0,
          },
    episodes: episodesOf(fold, newestAt).map(episodeRow),
    waits: waitRows(captured),
  };
}

function stepOf(row: Row): SessionStep {
  const text = (name: string): string | null => (row[name] === null ? null : String(row[name]));
  return {
    id: String(row.id),
    at: Number(row.at_ms),
    kind: String(row.kind),
    hookEvent: String(row.hook_event),
    tool: text('tool'),
    filePath: text('file_path'),
    command: text('command'),
    outcome: text('outcome'),
    errorClass: isError(row) ? classOf(failedEventOf(row)) : null,
  };
}

function episodeRow(episode: Episode): Columns {
  return {
    event_id: episode.id ?? '',
    at_ms: episode.at,
    error_class: episode.errorClass,
    ending: episode.ending,
    ended_at_ms: episode.endedAt,
    attempts: episode.attempts,
    edits: episode.edits,
    other_commands: episode.otherCommands,
  };
}

function waitRows(events: readonly Row[]): Columns[] {
  if (!events.some(({ asks }) => asks === 1)) return [];
  const steps = events.map((row) => ({
    at: Number(row.at_ms),
    // Its calls are counted by their quarters.
    kind: 'other',
    sessionId: '',
    project: null,
    outcome: null,
    asksPermission: row.asks === 1,
  }));
  return [...waitsOf(foldFlow(newFlowFold(), steps))].map(([quarter, waitedMs]) => ({
    quarter,
    waited_ms: waitedMs,
  }));
}
