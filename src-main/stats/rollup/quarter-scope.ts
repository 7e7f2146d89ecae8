/** Brings the rows of one quarter of an hour up to date, and the totals that they are part of. */
import type { Row, WritableDb } from '../../../src-core/store/driver.ts';
import { QUARTER_MS, type Zone } from '../zone.ts';
import { ERROR_COLUMNS, foldQuarter, QUARTER_COLUMNS } from './quarter-fold.ts';
import { isError, linkOf, SCORE_UNIT } from './quarter-row.ts';
import { type Columns, createScopeTable } from './rows.ts';
import { createTakeBack, flowLineId } from './seen-lines.ts';
import { tells } from './session-scope.ts';
import { callShares, commandShares, errorShares, isInFlow, quarterShares } from './shares.ts';
import type { Changes } from './totals.ts';

const QUARTERS_A_DAY = 96;

/** Works on quarters. Runs in the caller's transactions. */
export interface QuarterScope {
  /** Folds quarters that follow each other anew; returns how many events they have. */
  renew(fromQuarter: number, toQuarter: number): number;
  /** True when some quarter began or ceased to count as flow. */
  readonly hasFlowChanged: () => boolean;
}

/** Prepares it. Days and hours are those of the zone. */
export function createQuarterScope(db: WritableDb, changes: Changes, zone: Zone): QuarterScope {
  const events = db.prepare(
    `SELECT ${QUARTER_COLUMNS} FROM hookline_event WHERE at_ms >= ? AND at_ms < ? ORDER BY at_ms, seq`,
  );
  const error = db.prepare(`SELECT ${ERROR_COLUMNS} FROM hookline_event WHERE seq = ?`);
  const before = db.prepare(
    'SELECT at_ms FROM hookline_event WHERE at_ms < ? ORDER BY at_ms DESC LIMIT 1',
  );
  const waited = db.prepare(
    'SELECT sum(waited_ms) AS ms FROM hookline_rollup_wait WHERE quarter = ?',
  );
  const line = db.prepare('SELECT state FROM hookline_line WHERE id = ?');
  const following = db.prepare('SELECT first_at_ms FROM hookline_rollup_quarter WHERE quarter = ?');
  const link = db.prepare('UPDATE hookline_rollup_quarter SET link_ms = ? WHERE quarter = ?');
  const takeBack = createTakeBack(db);
  const tables = createTables(db);
  let hasFlowChanged = false;

  const renewOne = (quarter: number, rows: readonly Row[]): void => {
    const from = quarter * QUARTER_MS;
    const beforeAt = (before.get(from) as Row | undefined)?.at_ms ?? null;
    const now = foldQuarter(rows, {
      quarter,
      waitedMs: Number((waited.get(quarter) as Row).ms ?? 0),
      errors: rows.filter(isError).map(({ seq = null }) => error.get(seq) as Row),
      beforeAt: beforeAt === null ? null : Number(beforeAt),
    });
    const row =
      now.quarter === null
        ? []
        : [{ ...now.quarter, is_told: isTold(line.get(flowLineId(quarter)), now.quarter) }];
    const own = tables.quarter.replace(quarter, row);
    const calls = tables.calls.replace(quarter, now.calls);
    const commands = tables.commands.replace(quarter, now.commands);
    const errors = tables.errors.replace(quarter, now.errors);
    hasFlowChanged ||= own.taken.some(isInFlow) !== own.brought.some(isInFlow);
    if (own.taken.some(hasScore) && !own.brought.some(hasScore))
      takeBack(flowLineId(quarter), from + QUARTER_MS);
    changes.move(own, (row) => quarterShares(row, quarter, zone));
    changes.move(calls, callShares);
    changes.move(commands, commandShares);
    changes.move(errors, errorShares);
    changes.moveDay(Math.floor(quarter / QUARTERS_A_DAY), calls);
    linkNext(quarter, rows.length === 0 ? beforeAt : rows.at(-1)?.at_ms);
  };
  /** The first event of the next quarter may now follow another one. */
  const linkNext = (quarter: number, lastAt: Row[string] | undefined): void => {
    const next = following.get(quarter + 1) as Row | undefined;
    if (next === undefined) return;
    const at = lastAt === null || lastAt === undefined ? null : Number(lastAt);
    link.run(linkOf(at, Number(next.first_at_ms)), quarter + 1);
  };
  return {
    renew: (fromQuarter, toQuarter) => {
      const rows = events.all(fromQuarter * QUARTER_MS, toQuarter * QUARTER_MS) as Row[];
      let begin = 0;
      for (let quarter = fromQuarter; quarter < toQuarter; quarter++) {
        const border = (quarter + 1) * QUARTER_MS;
        let end = begin;
        while (end < rows.length && Number(rows[end]?.at_ms) < border) end++;
        renewOne(quarter, rows.slice(begin, end));
        begin = end;
      }
      return rows.length;
    },
    hasFlowChanged: () => hasFlowChanged,
  };
}

/** The score as its line tells it. */
export function toldScore(row: Columns): string {
  return (Number(row.score) / SCORE_UNIT).toFixed(3);
}

function hasScore({ score }: Columns): boolean {
  return score !== null;
}

function isTold(line: unknown, row: Columns): number {
  return row.score !== null && tells(line, toldScore(row)) ? 1 : 0;
}

function createTables(db: WritableDb) {
  const scope = 'quarter';
  const quarterColumns =
    'hook spool journal transcript old calls good bad filled_in starts first_start ends first_end first_at_ms last_at_ms active_ms link_ms flow_calls score tempo success focus unblocked steadiness is_told';
  return {
    quarter: createScopeTable(db, {
      table: 'hookline_rollup_quarter',
      scope,
      keys: [],
      values: quarterColumns.split(' '),
    }),
    calls: createScopeTable(db, {
      table: 'hookline_rollup_call',
      scope,
      keys: ['tool', 'project', 'model', 'outcome', 'source'],
      values: ['calls', 'first_seq', 'timed', 'total_us', 'max_us'],
    }),
    commands: createScopeTable(db, {
      table: 'hookline_rollup_command',
      scope,
      keys: ['program', 'subcommand', 'project', 'outcome'],
      values: ['calls', 'first_seq', 'durations'],
    }),
    errors: createScopeTable(db, {
      table: 'hookline_rollup_error',
      scope,
      keys: ['error_class', 'tool', 'project'],
      values: ['errors', 'first_at_ms', 'last_at_ms'],
    }),
  };
}
