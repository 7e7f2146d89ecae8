/**
 * What Hookline recorded itself in the time that the old record covers. While both hooks run, each
 * call leaves old traces too; those are shadows of ours and never count.
 */
import type { EventKind } from '../../src-core/event/event.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import { type Columns, makeColumns } from './columns.ts';
import { hashText } from './hash.ts';
import { shownNumber } from './old-texts.ts';
import type { Traces } from './traces.ts';

const KINDS = {
  subject: 'number',
  /** When the call had begun at the earliest; for other events when they happened. */
  startS: 'number',
  atS: 'number',
  shown: 'number',
  /** First eight characters of the session's id. */
  session: 'number',
} as const;

/** Events of ours, in the order of their time. */
export interface OwnEvents {
  readonly columns: Columns<keyof typeof KINDS>;
  /** Sessions of which anything was recorded. */
  readonly sessions: ReadonlySet<number>;
  count(): number;
}

/** A call whose duration nobody told may have run as long as the client lets one run. */
export const LONGEST_CALL_S = 600;
/** Beyond the old record's ends on both sides: what may belong to its first and last traces. */
const MARGIN_S = LONGEST_CALL_S + 60;

/** Reads the events of ours that old traces may be shadows of; none where there is no store. */
export function readOwnEvents(db: ReadableDb | null, traces: Traces): OwnEvents {
  const columns = makeColumns(KINDS);
  const sessions = new Set<number>();
  const own = { columns, sessions, count: () => columns.atS.length };
  const span = spanOf(traces);
  if (db === null || span === null) return own;
  const rows = db
    .prepare(
      `SELECT kind, hook_event, at_ms, session_id, tool, file_path, command, cwd, duration_ms
       FROM hookline_event
       WHERE at_ms BETWEEN ? AND ? AND source <> 'old'
         AND (kind IN ('tool', 'session') OR hook_event = 'UserPromptSubmit')
       ORDER BY at_ms`,
    )
    .iterate((span.fromS - MARGIN_S) * 1000, (span.toS + MARGIN_S) * 1000);
  for (const value of rows) {
    const row = value as Row;
    const kind = row.kind as EventKind;
    const atS = Math.floor(Number(row.at_ms) / 1000);
    const session = row.session_id === null ? 0 : hashText(String(row.session_id).slice(0, 8));
    if (session !== 0) sessions.add(session);
    columns.subject.push(hashText(subjectOf(kind, row)));
    columns.atS.push(atS);
    columns.startS.push(atS - (kind === 'tool' ? durationS(row) : 0));
    columns.shown.push(kind === 'other' ? 0 : shownNumber(targetOf(kind, row)));
    columns.session.push(session);
  }
  return own;
}

function spanOf({ columns }: Traces): { fromS: number; toS: number } | null {
  let fromS = Number.POSITIVE_INFINITY;
  let toS = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < columns.atS.length; i++) {
    fromS = Math.min(fromS, columns.atS.at(i));
    toS = Math.max(toS, columns.atS.at(i));
  }
  return fromS <= toS ? { fromS, toS } : null;
}

function subjectOf(kind: EventKind, row: Row): string {
  if (kind === 'tool') return `call:${row.tool}`;
  if (kind === 'other') return 'prompt';
  return row.hook_event === 'SessionStart' ? 'session_start' : 'session_end';
}

function durationS({ duration_ms: durationMs }: Row): number {
  return durationMs === null ? LONGEST_CALL_S : Math.ceil(Number(durationMs) / 1000);
}

function targetOf(kind: EventKind, row: Row): Parameters<typeof shownNumber>[0] {
  const text = (name: string): string | null => (row[name] === null ? null : String(row[name]));
  return { kind, filePath: text('file_path'), command: text('command'), cwd: text('cwd') };
}
