/**
 * `integrate-untracked-data.py`: counts lines, whoever wrote them and however often, and writes the
 * seven statistics in place. A file whose input is missing is left as it is.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Paths } from '../../../src-core/files/paths.ts';

type OldLine = Readonly<Record<string, unknown>>;

/** Writes them. */
export function writeOldStatistics({ journals, stats }: Paths): void {
  integrate(journals.errors, stats.errors, (lines) => ({
    total_errors: lines.length,
    by_type: countBy(lines, ({ type, category }) => type ?? category),
    recent_errors: lines.slice(0, 10),
  }));
  integrate(journals.toolUsage, stats.toolUsage, (lines) => ({
    total_calls: lines.length,
    top_tools: countBy(lines, ({ tool }) => tool),
    by_model: countBy(lines, ({ model }) => model),
  }));
  integrate(journals.activityEvents, stats.activity, (lines) => ({
    total_events: lines.length,
    by_type: countBy(lines, ({ type }) => type),
    daily_activity: {},
  }));
  integrate(journals.recoveryOutcomes, stats.recovery, (lines) => ({
    total_recoveries: lines.length,
    success_rate: 0,
    by_pattern: {},
  }));
  integrate(journals.flowHistory, stats.flow, (lines) => ({
    total_measurements: lines.length,
    average_flow_score: 0,
    peak_flow_hours: {},
  }));
  integrate(journals.commandUsage, stats.commands, (lines) => ({
    total_commands: lines.length,
    top_commands: countBy(lines, ({ command }) => command),
  }));
  integrate(journals.toolSuccess, stats.toolSuccess, (lines) => ({
    overall_success_rate: (lines.filter(({ success }) => success).length / lines.length) * 100,
    by_tool: {},
  }));
}

function integrate(
  input: string,
  output: string,
  compute: (lines: readonly OldLine[]) => object,
): void {
  if (!existsSync(input)) return;
  const lines = readFileSync(input, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as OldLine);
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, JSON.stringify(compute(lines), null, 2));
}

function countBy(
  lines: readonly OldLine[],
  pick: (line: OldLine) => unknown,
): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const line of lines) {
    const name = String(pick(line) ?? 'unknown');
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
