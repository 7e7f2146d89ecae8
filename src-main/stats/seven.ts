/** Three of the seven statistics: the old keys with right numbers, ours beside them. */
import { percent } from './figures.ts';
import { counts, type StatsInput } from './frame.ts';
import type { OldJson } from './old-json.ts';
import { oldDays, oldModels, oldTypes, withOld } from './old-part.ts';
import { rank, readTotals, type Sum, type Total } from './rollup/totals.ts';

type Content = Record<string, OldJson>;

/** tool-usage-stats.json: calls by tool and by model. */
export function toolUsage({ db, old = null }: StatsInput): Content {
  const tools = withOld(rank(readTotals(db, 'tool')), old?.tools ?? []);
  // The old file lists models in the order in which they were first used.
  const models = withOld(rank(readTotals(db, 'model')), old === null ? [] : oldModels(old)).sort(
    (a, b) => a.first - b.first,
  );
  return {
    total_calls: sum(tools),
    top_tools: counts(tools, 20),
    by_model: counts(models),
    tools: tools.length,
  };
}

/** activity-stats.json: what happened, by type and by local day. */
export function activity({ db, zone, old = null }: StatsInput): Content {
  const types = withOld(rank(readTotals(db, 'type')), old === null ? [] : oldTypes(old));
  const days = withOld(rank(readTotals(db, 'day')), old === null ? [] : oldDays(old, zone));
  const newest = days.sort((a, b) => (a.name < b.name ? 1 : -1)).slice(0, 30);
  return {
    total_events: sum(types),
    by_type: counts(types, 10),
    daily_activity: new Map(newest.map(({ name, count }) => [name, count])),
    active_days: days.length,
  };
}

/** tool-success-stats.json: rates over calls whose end is known to be one or the other. */
export function toolSuccess({ db }: StatsInput): Content {
  const totals = readTotals(db, 'tool');
  const known = totals.filter((total) => isGood(total) || isBad(total));
  const good = new Map(rank(known.filter(isGood)).map(({ name, count }) => [name, count]));
  // Tools with samples of one size are in the order of their first call, whatever became of it.
  const firsts = new Map(rank(totals).map(({ name, first }) => [name, first]));
  const samples = rank(known).sort(
    (a, b) => b.count - a.count || (firsts.get(a.name) ?? 0) - (firsts.get(b.name) ?? 0),
  );
  const byTool = samples
    .slice(0, 20)
    .map(({ name, count }): [string, OldJson] => [
      name,
      { rate: percent(good.get(name) ?? 0, count), total: count },
    ]);
  return {
    overall_success_rate: percent(
      [...good.values()].reduce((total, count) => total + count, 0),
      sum(samples),
    ),
    by_tool: new Map(byTool),
    sample: sum(samples),
    outcomes: counts(rank(totals, 'part')),
  };
}

function sum(sums: readonly Sum[]): number {
  return sums.reduce((total, { count }) => total + count, 0);
}

function isGood({ part }: Total): boolean {
  return part === 'succeeded' || part === 'expected';
}

function isBad({ part }: Total): boolean {
  return part === 'failed' || part === 'timed_out';
}
