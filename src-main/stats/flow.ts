/**
 * flow-stats.json: the scores of our windows, together with the measurements that other programs
 * noted. A row without a score is counted but has no part in the average.
 */
import { type Json, numberOf } from '../../src-core/base/json.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import { countNames } from './figures.ts';
import {
  FLOW_DEFINITION,
  type FlowStep,
  type FlowWindow,
  foldFlow,
  newFlowFold,
  windowsOf,
} from './flow-fold.ts';
import { isEstimated, readForeign, timeOf } from './foreign.ts';
import type { StatsInput } from './frame.ts';
import { type OldJson, Rate, roundLikePython } from './old-json.ts';
import { QUARTER_MS, type Zone } from './zone.ts';

/** Above this score a window counts as flow. */
const IN_FLOW = 0.7;
/** How many peak hours are listed. */
const LISTED_HOURS = 5;
/** How many windows are listed, newest first: two hours of work. */
const LISTED_WINDOWS = 8;

/** flow-stats.json. */
export function flow({ db, flow: path, zone }: StatsInput): Record<string, OldJson> {
  const windows = windowsOf(foldFlow(newFlowFold(), readSteps(db)));
  const { rows, bad } = readForeign(path);
  const scored = [
    ...windows.map(({ score, from }) => ({ score, at: from })),
    ...rows.filter((row) => !isEstimated(row)).flatMap((row) => measurement(row, zone)),
  ];
  const hours = scored.flatMap(({ score, at }) =>
    score > IN_FLOW && at !== null ? [String(zone.hour(at))] : [],
  );
  return {
    total_measurements: windows.length + rows.length,
    average_flow_score: mean(scored.map(({ score }) => score)),
    peak_flow_hours: new Map(countNames(hours).slice(0, LISTED_HOURS)),
    scored: scored.length,
    from_other_programs: rows.length,
    bad_lines: bad,
    definition: FLOW_DEFINITION,
    windows: windows.length,
    average_of_windows: mean(windows.map(({ score }) => score)),
    longest_flow_minutes: longestFlow(windows) * (QUARTER_MS / 60_000),
    components: {
      tempo: mean(windows.map(({ components }) => components.tempo)),
      success: mean(windows.flatMap(({ components }) => components.success ?? [])),
      focus: mean(windows.map(({ components }) => components.focus)),
      unblocked: mean(windows.map(({ components }) => components.unblocked)),
      steadiness: mean(windows.map(({ components }) => components.steadiness)),
    },
    recent_windows: windows
      .slice(-LISTED_WINDOWS)
      .toReversed()
      .map(({ from, calls, score }) => ({
        from: new Date(from).toISOString(),
        calls,
        score: new Rate(roundLikePython(score, 3)),
      })),
  };
}

function measurement(row: Json, zone: Zone): { score: number; at: number | null }[] {
  const score = numberOf(row.flow_score) ?? numberOf(row.score);
  return score === null ? [] : [{ score, at: timeOf(row, zone) }];
}

/** The mean with three decimals, the way the old file gives it; 0 of none. */
function mean(values: readonly number[]): OldJson {
  if (values.length === 0) return 0;
  const sum = values.reduce((total, value) => total + value, 0);
  return new Rate(roundLikePython(sum / values.length, 3));
}

/** How many windows in flow the longest unbroken row of them has. */
function longestFlow(windows: readonly FlowWindow[]): number {
  let longest = 0;
  let length = 0;
  let next = 0;
  for (const { from, score } of windows) {
    if (score <= IN_FLOW) length = 0;
    else length = from === next ? length + 1 : 1;
    next = from + QUARTER_MS;
    longest = Math.max(longest, length);
  }
  return longest;
}

/** All events of ours by their time; of calls of the old record nobody knows the sessions. */
function* readSteps(db: ReadableDb): Generator<FlowStep> {
  const rows = db
    .prepare(
      `SELECT at_ms, kind, session_id, project, outcome,
              hook_event = 'PermissionRequest' OR (hook_event = 'Notification' AND facts ->> 'notification_type' = 'permission_prompt') AS asks
       FROM hookline_event WHERE source <> 'old' ORDER BY at_ms, seq`,
    )
    .iterate() as IterableIterator<Row>;
  for (const row of rows) {
    yield {
      at: Number(row.at_ms),
      kind: String(row.kind),
      sessionId: row.session_id === null ? null : String(row.session_id),
      project: row.project === null ? null : String(row.project),
      outcome: row.outcome === null ? null : String(row.outcome),
      asksPermission: row.asks === 1,
    };
  }
}
