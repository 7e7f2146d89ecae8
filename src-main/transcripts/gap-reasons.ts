/** Why a call that a transcript tells of may be missing in the store. */
import type { AuditReport } from '../../src-core/contract/views.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { readGaps } from '../../src-core/spool/gap.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import type { MissingCall } from './gaps.ts';

/** A missing call and why it may be missing. */
export type Gap = AuditReport['gaps'][number];

/** What the hooks told of, as far as it tells why something is missing. */
export interface Hooked {
  /** Sessions of which a hook told anything. */
  readonly sessions: ReadonlySet<string>;
  /** When a hook told something for the first time; null for never. */
  readonly firstAt: number | null;
}

/** Reads what hooks told of. */
export function readHooked(db: ReadableDb): Hooked {
  const rows = db
    .prepare(
      `SELECT session_id, min(at_ms) AS first FROM hookline_event
       WHERE source IN ('hook', 'spool') GROUP BY session_id`,
    )
    .all() as Row[];
  const firsts = rows.map(({ first }) => Number(first));
  return {
    sessions: new Set(rows.map(({ session_id: id }) => String(id))),
    // A spread of a million sessions would overflow the stack.
    firstAt: firsts.reduce<number | null>((a, b) => Math.min(a ?? b, b), null),
  };
}

/** Builds the gap of each missing call. */
export function createGapReasons(
  db: ReadableDb,
  paths: Paths,
  hooked: Hooked,
): (call: MissingCall) => Gap {
  const notKept = readGaps(paths);
  // Whatever was learnt or added of an event says that it was stored once.
  const wasStored = db.prepare(
    `SELECT 1 WHERE EXISTS (SELECT 1 FROM hookline_amendment WHERE event_id = ?)
       OR EXISTS (SELECT 1 FROM hookline_backfill_event WHERE event_id = ?)`,
  );
  const reason = (call: MissingCall): Gap['why'] => {
    const at = call.endedAt ?? call.at;
    if (wasStored.get(call.id, call.id) !== undefined) return 'lost';
    if (call.endedAt === null) return 'unanswered';
    if (notKept.some(({ fromAt, toAt }) => at >= fromAt && at <= toAt + 1)) return 'not-kept';
    if (hooked.firstAt === null || at < hooked.firstAt) return 'before-install';
    return hooked.sessions.has(call.sessionId) ? 'not-told' : 'no-hooks';
  };
  return (call) => {
    const { id, tool, sessionId, project, at, hasFile } = call;
    return { id, tool, sessionId, project, at, why: reason(call), canHeal: hasFile };
  };
}
