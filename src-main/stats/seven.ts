/** Three of the seven statistics: the old keys with right numbers, ours beside them. */
import type { Row } from '../../src-core/store/driver.ts';
import { percent } from './figures.ts';
import { ranked, type StatsInput } from './frame.ts';
import type { OldJson } from './old-json.ts';
import { QUARTER_MS } from './zone.ts';

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
