/** Errors that other programs noted in `errors.jsonl`, in every variant that they wrote. */
import { type Json, textOf } from '../../../src-core/base/json.ts';
import { keylessRedactor, redactBeginning } from '../../../src-core/event/redact.ts';
import type { WritableDb } from '../../../src-core/store/driver.ts';
import { isEstimated, timeOf } from '../foreign.ts';
import { type ForeignFold, foldForeign } from '../rollup/foreign-fold.ts';
import type { Zone } from '../zone.ts';
import { classOfMessage, ERROR_RULES_VERSION } from './class-of.ts';
import { isErrorClass, severityOf } from './error-class.ts';
import type { ErrorEntry, ErrorGroup } from './own-errors.ts';

/** How many of the newest errors are listed. */
export const RECENT = 10;
/** Version of what is kept of the lines. */
const FOLD = 1;

/** What the lines of other programs add up to, and the newest of them, those of one moment last line first. */
interface ForeignErrors extends ForeignFold {
  readonly groups: ErrorGroup[];
  /** The same without what was made up afterwards. */
  readonly measured: ErrorGroup[];
  newest: ErrorEntry[];
}

/**
 * The errors of other programs.
 * @throws the system's error when the file cannot be read
 */
export function foldForeignErrors(db: WritableDb, path: string, zone: Zone): ForeignErrors {
  return foldForeign<ForeignErrors>(db, {
    path,
    name: 'errors',
    basis: `${FOLD} ${ERROR_RULES_VERSION} ${zone.name}`,
    empty: () => ({ rows: 0, bad: 0, groups: [], measured: [], newest: [] }),
    take: (fold, row) => {
      const entry = foreignEntry(row, zone);
      addToGroup(fold.groups, entry);
      if (!isEstimated(row)) addToGroup(fold.measured, entry);
      fold.newest = [entry, ...fold.newest].sort((a, b) => b.at - a.at).slice(0, RECENT);
    },
  });
}

function addToGroup(groups: ErrorGroup[], entry: ErrorEntry): void {
  const one = foreignGroup(entry);
  const at = groups.findIndex(
    ({ type, severity, tool }) =>
      type === one.type && severity === one.severity && tool === one.tool,
  );
  const known = groups[at];
  if (known === undefined) groups.push(one);
  else {
    groups[at] = {
      ...known,
      count: known.count + 1,
      firstAt: extreme(Math.min, known.firstAt, one.firstAt),
      lastAt: extreme(Math.max, known.lastAt, one.lastAt),
    };
  }
}

function extreme(
  choose: (a: number, b: number) => number,
  a: number | null,
  b: number | null,
): number | null {
  return a === null || b === null ? (a ?? b) : choose(a, b);
}

/** Longest message that is published, in characters, and longest name. */
const MAX_MESSAGE = 200;
const MAX_NAME = 64;

/**
 * The error of a line. Its own type and severity stand; where it has none they are told from what
 * it says. Time zero stands for a line that says none.
 */
function foreignEntry(row: Json, zone: Zone): ErrorEntry {
  const said = textOf(row.message) ?? textOf(row.line) ?? textOf(row.snippet) ?? '';
  const told = named(row.type) ?? named(row.category);
  const type = told ?? classOfMessage(said) ?? 'unknown';
  return {
    at: timeOf(row, zone) ?? 0,
    type,
    // Nobody has redacted the lines of others.
    message: redactBeginning(keylessRedactor, said, MAX_MESSAGE),
    severity:
      named(row.severity) ?? (told === null && isErrorClass(type) ? severityOf(type) : 'unknown'),
    tool: named(row.tool),
    source: 'other',
  };
}

function named(value: unknown): string | null {
  const text = textOf(value);
  return text === null ? null : redactBeginning(keylessRedactor, text, MAX_NAME);
}

/** The entry as a group of one; the lines of others name no project. */
function foreignGroup({ at, type, severity, tool }: ErrorEntry): ErrorGroup {
  const known = (['low', 'medium', 'high', 'critical'] as const).find((name) => name === severity);
  const time = at === 0 ? null : at;
  return {
    type,
    severity: known ?? 'unknown',
    tool,
    project: null,
    count: 1,
    firstAt: time,
    lastAt: time,
  };
}
