/** Four of the seven statistics: the old keys with right numbers, ours beside them. */
import { type Json, textOf } from '../../src-core/base/json.ts';
import type { Row } from '../../src-core/store/driver.ts';
import { countNames, percent } from './figures.ts';
import { readForeign, timeOf } from './foreign.ts';
import { ranked, type StatsInput } from './frame.ts';
import type { OldJson } from './old-json.ts';
import { QUARTER_MS, type Zone } from './zone.ts';

type Content = Record<string, OldJson>;

/** tool-usage-stats.json: calls by tool and by model. */
export function toolUsage({ db }: StatsInput): Content {
  const by = (column: string, order: string): Row[] =>
    db
      .prepare(
        `SELECT ${column} AS name, count(*) AS n FROM hookline_event WHERE kind = 'tool' GROUP BY 1 ORDER BY ${order}`,
      )
      .all() as Row[];
  const tools = by('tool', 'n DESC, min(seq)');
  // The old file lists models in the order in which they were first used.
  const models = by("coalesce(model, 'unknown')", 'min(seq)');
  return {
    total_calls: tools.reduce((sum, row) => sum + Number(row.n), 0),
    top_tools: ranked(tools, 20),
    by_model: ranked(models),
    tools: tools.length,
  };
}

/** activity-stats.json: what happened, by type and by local day. */
export function activity({ db, zone }: StatsInput): Content {
  const types = db
    .prepare(
      `SELECT CASE kind WHEN 'tool' THEN 'tool_use' ELSE CASE hook_event WHEN 'SessionStart' THEN 'session_start' ELSE 'session_end' END END AS name,
              count(*) AS n
       FROM hookline_event WHERE kind IN ('tool', 'session') GROUP BY 1 ORDER BY n DESC, min(seq)`,
    )
    .all() as Row[];
  const quarters = db
    .prepare(
      `SELECT at_ms / ${QUARTER_MS} AS quarter, count(*) AS n FROM hookline_event
       WHERE kind IN ('tool', 'session') GROUP BY 1`,
    )
    .all() as Row[];
  const days = new Map<string, number>();
  for (const row of quarters) {
    const day = zone.day(Number(row.quarter) * QUARTER_MS);
    days.set(day, (days.get(day) ?? 0) + Number(row.n));
  }
  const newest = [...days].sort(([a], [b]) => (a < b ? 1 : -1)).slice(0, 30);
  return {
    total_events: types.reduce((sum, row) => sum + Number(row.n), 0),
    by_type: ranked(types, 10),
    daily_activity: new Map(newest),
    active_days: days.size,
  };
}

/** tool-success-stats.json: rates over calls whose end is known to be one or the other. */
export function toolSuccess({ db }: StatsInput): Content {
  const rows = db
    .prepare(
      `SELECT tool, sum(outcome IN ('succeeded', 'expected')) AS good,
              sum(outcome IN ('succeeded', 'expected', 'failed', 'timed_out')) AS sample
       FROM hookline_event WHERE kind = 'tool' GROUP BY tool ORDER BY sample DESC, min(seq)`,
    )
    .all() as Row[];
  const outcomes = db
    .prepare(
      "SELECT coalesce(outcome, 'unknown') AS name, count(*) AS n FROM hookline_event WHERE kind = 'tool' GROUP BY 1 ORDER BY n DESC, min(seq)",
    )
    .all() as Row[];
  const good = rows.reduce((sum, row) => sum + Number(row.good), 0);
  const sample = rows.reduce((sum, row) => sum + Number(row.sample), 0);
  const byTool = rows
    .filter((row) => Number(row.sample) > 0)
    .slice(0, 20)
    .map((row): [string, OldJson] => [
      String(row.tool),
      { rate: percent(Number(row.good), Number(row.sample)), total: Number(row.sample) },
    ]);
  return {
    overall_success_rate: percent(good, sample),
    by_tool: new Map(byTool),
    sample,
    outcomes: ranked(outcomes),
  };
}

/** error-stats.json: failed and timed out calls, and the errors that other programs noted. */
export function errors({ db, errors: path, zone }: StatsInput): Content {
  const own = db
    .prepare(
      `SELECT at_ms, error_class, error, outcome FROM hookline_event
       WHERE kind = 'tool' AND outcome IN ('failed', 'timed_out') ORDER BY at_ms`,
    )
    .all() as Row[];
  const foreign = readForeign(path);
  const all = [...own.map(ownError), ...foreign.rows.map((row) => foreignError(row, zone))];
  // Of two at the same moment the later line is the newer one.
  const recent = all
    .toReversed()
    .toSorted((a, b) => b.at - a.at)
    .slice(0, 10)
    .map(({ type, message, at, severity }) => ({
      type,
      message,
      ts: Math.floor(at / 1000),
      severity,
    }));
  return {
    total_errors: all.length,
    by_type: new Map(countNames(all.map(({ type }) => type)).slice(0, 10)),
    recent_errors: recent,
    from_other_programs: foreign.rows.length,
    bad_lines: foreign.bad,
  };
}

/** The first hundred characters, counted as the old readers count: a pair of surrogates is one. */
function cutMessage(message: string): string {
  return [...message.slice(0, 200)].slice(0, 100).join('');
}

interface ErrorEntry {
  readonly at: number;
  readonly type: string;
  readonly message: string;
  readonly severity: string;
}

function ownError(row: Row): ErrorEntry {
  return {
    at: Number(row.at_ms),
    type: String(row.error_class ?? 'other'),
    message: cutMessage(String(row.error ?? '')),
    severity: row.outcome === 'timed_out' ? 'medium' : 'low',
  };
}

function foreignError(row: Json, zone: Zone): ErrorEntry {
  const message = textOf(row.message) ?? textOf(row.line) ?? textOf(row.snippet) ?? '';
  return {
    at: timeOf(row, zone) ?? 0,
    type: textOf(row.type) ?? textOf(row.category) ?? 'unknown',
    message: cutMessage(message),
    severity: textOf(row.severity) ?? 'unknown',
  };
}
