/** error-stats.json: what went wrong, by class, severity, tool and project. */
import { ERROR_RULES_VERSION } from './errors/class-of.ts';
import { isErrorClass, severityOf } from './errors/error-class.ts';
import { foldForeignErrors, RECENT } from './errors/foreign-errors.ts';
import {
  API,
  type ErrorEntry,
  type ErrorGroup,
  readErrorGroups,
  readNewestErrors,
} from './errors/own-errors.ts';
import { mostFirst } from './figures.ts';
import type { StatsInput } from './frame.ts';
import type { OldJson } from './old-json.ts';
import { rank, readTotals } from './rollup/totals.ts';

/** How many classes the old key lists. */
const LISTED = 10;
/** How many classes, tools and projects ours list. */
const LISTED_OF_OURS = 50;
const LISTED_OF_EACH = 5;

/** error-stats.json: our errors, and those that other programs noted. */
export function errors({ db, errors: path, zone }: StatsInput): Record<string, OldJson> {
  const foreign = foldForeignErrors(db, path, zone);
  const own = readErrorGroups(db);
  const all = [...own, ...foreign.groups];
  const measured = [...own, ...foreign.measured];
  return {
    total_errors: sum(all),
    by_type: new Map(countBy(all, ({ type }) => type).slice(0, LISTED)),
    recent_errors: recentOf([...readNewestErrors(db, RECENT), ...foreign.newest]),
    from_other_programs: foreign.rows,
    estimated: foreign.rows - sum(foreign.measured),
    bad_lines: foreign.bad,
    rules_version: ERROR_RULES_VERSION,
    api_errors: sum(own.filter(({ tool }) => tool === API)),
    by_severity: severitiesOf(measured),
    by_tool: listed(measured, ({ tool }) => tool ?? 'unknown'),
    by_project: listed(measured, ({ project }) => project),
    classes: classesOf(measured),
    stopped: stoppedOf(db),
  };
}

function sum(groups: readonly ErrorGroup[]): number {
  return groups.reduce((total, { count }) => total + count, 0);
}

/** Counts by name, most first; equal ones in the order in which they come: ours by time, then the lines. */
function countBy(
  groups: readonly ErrorGroup[],
  name: (group: ErrorGroup) => string | null,
): [string, number][] {
  const counts = new Map<string, number>();
  for (const group of groups) {
    const key = name(group);
    if (key !== null) counts.set(key, (counts.get(key) ?? 0) + group.count);
  }
  return mostFirst(counts);
}

function listed(
  groups: readonly ErrorGroup[],
  name: (group: ErrorGroup) => string | null,
): OldJson {
  return new Map(countBy(groups, name).slice(0, LISTED_OF_OURS));
}

function severitiesOf(groups: readonly ErrorGroup[]): OldJson {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 };
  for (const { severity, count } of groups) counts[severity] += count;
  return counts;
}

function classesOf(groups: readonly ErrorGroup[]): OldJson {
  const classes = countBy(groups, ({ type }) => type).slice(0, LISTED_OF_OURS);
  return new Map(
    classes.map(([type, count]) => {
      const own = groups.filter((group) => group.type === type);
      const times = (part: 'firstAt' | 'lastAt') =>
        own.map((group) => group[part]).filter((at) => at !== null);
      return [
        type,
        {
          count,
          severity: isErrorClass(type) ? severityOf(type) : (own.at(-1)?.severity ?? 'unknown'),
          first_seen: isoOf(times('firstAt').reduce((a, b) => Math.min(a, b), Infinity)),
          last_seen: isoOf(times('lastAt').reduce((a, b) => Math.max(a, b), -Infinity)),
          tools: new Map(countBy(own, ({ tool }) => tool ?? 'unknown').slice(0, LISTED_OF_EACH)),
          projects: new Map(countBy(own, ({ project }) => project).slice(0, LISTED_OF_EACH)),
        },
      ];
    }),
  );
}

function isoOf(at: number): string | null {
  return Number.isFinite(at) && Math.abs(at) <= LAST_DATE ? new Date(at).toISOString() : null;
}

/** No date is further from 1970, in milliseconds. */
const LAST_DATE = 8.64e15;

/** Calls that somebody stopped: they are in no other number of this file. */
function stoppedOf(db: StatsInput['db']): OldJson {
  const outcomes = rank(readTotals(db, 'tool'), 'part');
  const count = (name: string): number =>
    outcomes.find((outcome) => outcome.name === name)?.count ?? 0;
  return {
    denied: count('denied'),
    rejected: count('rejected'),
    interrupted: count('interrupted'),
  };
}

function recentOf(entries: readonly ErrorEntry[]): OldJson {
  return entries
    .toSorted((a, b) => b.at - a.at)
    .slice(0, RECENT)
    .map(({ type, message, at, severity, tool, source }) => ({
      type,
      message: cutMessage(message),
      ts: Math.floor(at / 1000),
      severity,
      tool: tool ?? 'unknown',
      source,
    }));
}

/** The first hundred characters, counted as the old readers count: a pair of surrogates is one. */
function cutMessage(message: string): string {
  return [...message.slice(0, 200)].slice(0, 100).join('');
}
