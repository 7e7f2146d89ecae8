/** The lines of recoveries and of flow: old members first, with their old types, then ours. */
import { type JsonRecord, secondsOf } from '../../src-core/event/record.ts';
import { sha256 } from '../../src-core/journal/sum.ts';
import type { Row } from '../../src-core/store/driver.ts';
import { IN_FLOW, SCORE_UNIT } from './rollup/quarter-row.ts';
import { flowLineId, recoveryLineId } from './rollup/seen-lines.ts';
import { betweenOf } from './rollup/shares.ts';
import { QUARTER_MS } from './zone.ts';

/** Line of `recovery-outcomes.jsonl` for an episode that has ended. */
export function recoveryLine(row: Row): JsonRecord {
  const [at, endedAt] = [Number(row.at_ms), Number(row.ended_at_ms)];
  const eventId = String(row.event_id);
  const attempts = Number(row.attempts);
  return {
    ts: secondsOf(endedAt),
    category: String(row.error_class),
    action: betweenOf(row),
    auto: false,
    success: row.ending === 'recovered',
    error_hash: sha256(eventId).slice(0, 8),
    details: `${row.ending} after ${attempts} attempt${attempts === 1 ? '' : 's'}`,
    id: recoveryLineId(eventId),
    at: endedAt,
    outcome: String(row.ending),
    error_id: eventId,
    error_at: at,
    session_id: String(row.session_id),
    attempts,
    edits: Number(row.edits),
    other_commands: Number(row.other_commands),
  };
}

/** Line of `flow-history.jsonl` for a quarter of an hour that is over. */
export function flowLine(row: Row): JsonRecord {
  const at = Number(row.quarter) * QUARTER_MS;
  const share = (value: Row[string] | undefined): number | null =>
    value === null || value === undefined ? null : round(Number(value) / SCORE_UNIT);
  const score = share(row.score);
  return {
    timestamp: new Date(at).toISOString(),
    score,
    state: (score ?? 0) > IN_FLOW ? 'flow' : 'working',
    session_id: '',
    messages: 0,
    tools: Number(row.flow_calls),
    ts: secondsOf(at),
    flow_score: score,
    id: flowLineId(Number(row.quarter)),
    at,
    tempo: share(row.tempo),
    success: share(row.success),
    focus: share(row.focus),
    unblocked: share(row.unblocked),
    steadiness: share(row.steadiness),
  };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
