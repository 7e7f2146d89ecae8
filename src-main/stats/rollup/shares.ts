/** What a row of a scope adds to the totals: pure functions of that row. */
import type { Row } from '../../../src-core/store/driver.ts';
import { QUARTER_MS, type Zone } from '../zone.ts';
import { binOf, microseconds, readHistogram } from './durations.ts';
import { IN_FLOW, SCORE_UNIT } from './quarter-row.ts';
import type { Columns } from './rows.ts';
import type { Share } from './totals.ts';

/** True for a quarter whose score counts as flow. */
export function isInFlow({ score }: Columns): boolean {
  return score !== null && Number(score) > IN_FLOW * SCORE_UNIT;
}

/** What a quarter adds to the totals of the local calendar. */
export function calendarShares(row: Columns, quarter: number, zone: Zone): Share[] {
  const at = quarter * QUARTER_MS;
  const events = Number(row.calls) + Number(row.starts) + Number(row.ends);
  const day: Share[] =
    events === 0 ? [] : [{ dimension: 'day', name: zone.day(at), count: events }];
  if (!isInFlow(row)) return day;
  return [...day, { dimension: 'peak', name: `${zone.hour(at)}`, count: 1, first: quarter }];
}

/** What a quarter adds to the totals. */
export function quarterShares(row: Columns, quarter: number, zone: Zone): Share[] {
  const shares = calendarShares(row, quarter, zone);
  const type = (name: string, count: unknown, first: unknown): void => {
    if (Number(count) > 0)
      shares.push({ dimension: 'type', name, count: Number(count), first: Number(first) });
  };
  type('session_start', row.starts, row.first_start);
  type('session_end', row.ends, row.first_end);
  for (const name of ['score', 'tempo', 'success', 'focus', 'unblocked', 'steadiness']) {
    const value = row[name];
    if (value !== null && value !== undefined)
      shares.push({ dimension: 'flow', name, count: 1, total: Number(value) });
  }
  return shares;
}

/** What a row of calls adds to the totals. */
export function callShares(row: Columns): Share[] {
  const [count, first] = [Number(row.calls), Number(row.first_seq)];
  return [
    { dimension: 'tool', name: String(row.tool), part: String(row.outcome), count, first },
    { dimension: 'model', name: String(row.model), count, first },
    { dimension: 'source', name: String(row.source), count },
    { dimension: 'type', name: 'tool_use', count, first },
  ];
}

/** What a row of commands adds to the totals. */
export function commandShares(row: Columns): Share[] {
  const [name, count, first] = [String(row.program), Number(row.calls), Number(row.first_seq)];
  const shares: Share[] = [{ dimension: 'program', name, part: String(row.outcome), count, first }];
  if (row.subcommand !== '')
    shares.push({ dimension: 'subcommand', name, part: String(row.subcommand), count, first });
  if (row.project !== '')
    shares.push({ dimension: 'folder', name, part: String(row.project), count, first });
  return [...shares, ...durationShares(row)];
}

/** What the durations of a row of commands add to the totals. */
export function durationShares(row: Columns): Share[] {
  const name = String(row.program);
  return [...readHistogram(String(row.durations))].map(([bin, { count, totalUs: total }]) => ({
    dimension: 'duration',
    name,
    part: `${bin}`,
    count,
    total,
  }));
}

/** What a row of errors adds to the totals. */
export function errorShares(row: Columns): Share[] {
  const [count, first] = [Number(row.errors), Number(row.first_at_ms)];
  const part = JSON.stringify([row.tool, row.project]);
  return [{ dimension: 'error', name: String(row.error_class), part, count, first }];
}

/** What an episode adds to the totals. */
export function episodeShares(row: Columns): Share[] {
  const name = String(row.error_class);
  const at = Number(row.at_ms);
  const ending: Share = {
    dimension: 'ending',
    name,
    part: String(row.ending),
    count: 1,
    first: at,
  };
  if (row.ending !== 'recovered') return [ending];
  const us = microseconds(Number(row.ended_at_ms) - at);
  const attempts = Number(row.attempts);
  return [
    ending,
    { dimension: 'attempts', name: attempts < 4 ? `${attempts}` : '4+', count: 1 },
    { dimension: 'between', name: betweenOf(row), count: 1 },
    { dimension: 'recovery', name, part: `${binOf(us)}`, count: 1, total: us },
  ];
}

/** What came between an error and its recovery. */
export function betweenOf({ edits, other_commands: commands }: Row): string {
  if (Number(edits) > 0) return Number(commands) > 0 ? 'both' : 'edit';
  return Number(commands) > 0 ? 'command' : 'neither';
}
