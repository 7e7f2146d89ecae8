/** Keeps the sums of usage by quarters of an hour in step with the answers that they add up. */
import {
  type ReadableDb,
  type Row,
  transaction,
  type WritableDb,
} from '../../src-core/store/driver.ts';
import { addUsage, NO_USAGE, sumOf, type UsageSum } from '../../src-core/usage/fold.ts';
import type { UsageMessage } from '../../src-core/usage/message.ts';
import { PRICES_AS_OF } from '../../src-core/usage/prices.ts';
import { loadCursor, saveCursor } from '../bridge/cursor.ts';
import { QUARTER_MS } from '../stats/zone.ts';

/** All that decides what the same answers add up to; raised with the program, so that costs follow new prices. */
const DEFINITION = `1/${PRICES_AS_OF}`;
const STATE = 'usage';
/** So many quarters at a time, lest other writers wait. */
const BATCH = 40;

/** What a quarter adds up to, for one session, project, kind of agent and model. */
export interface UsageScope extends UsageSum {
  readonly quarter: number;
  readonly sessionId: string;
  readonly project: string;
  /** Empty for the session itself. */
  readonly agentType: string;
  readonly model: string;
}

/**
 * Adds up anew some of the quarters that changed; returns false when none was left. Called until then,
 * each time in a transaction of its own, it lets other writers have their turn.
 */
export function renewSomeUsage(db: WritableDb): boolean {
  const quarters = [...dirtyQuarters(db, BATCH), ...outdatedQuarters(db)];
  if (quarters.length === 0) return false;
  const fold = createQuarterFold(db);
  const forget = db.prepare('DELETE FROM hookline_usage_quarter WHERE quarter = ?');
  const insert = db.prepare(
    `INSERT INTO hookline_usage_quarter
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const done = db.prepare('DELETE FROM hookline_usage_dirty WHERE quarter = ?');
  for (const quarter of quarters) {
    forget.run(quarter);
    for (const { sessionId, project, agentType, model, ...sum } of fold(quarter)) {
      const { messages, webSearches, nanoUsd, unpriced, unpricedTokens } = sum;
      const key = [quarter, sessionId, project, agentType, model];
      const tokens = [sum.input, sum.output, sum.cacheRead, sum.write5m, sum.write1h];
      insert.run(...key, messages, ...tokens, webSearches, nanoUsd, unpriced, unpricedTokens);
    }
    done.run(quarter);
  }
  return true;
}

/** So many times in one run of the bridge; the next one goes on. */
const TURNS_IN_A_RUN = 25;

/** Brings sums up to date that somebody changed beside a pass, as forgetting does; a few queries where nobody did. */
export function renewUsageInRun(db: WritableDb): void {
  for (let turn = 0; turn < TURNS_IN_A_RUN; turn++) {
    if (!transaction(db, () => renewSomeUsage(db))) return;
  }
}

/** How far the sums follow the present definition. */
interface RollupState {
  readonly definition: string;
  /** Sums of quarters behind this one follow an earlier definition; null where none does. */
  readonly walkedTo: number | null;
}

/** The next quarters whose sums follow an earlier definition; notes that they are renewed. */
function outdatedQuarters(db: WritableDb): readonly number[] {
  const state = loadCursor<RollupState>(db, STATE);
  if (state?.definition === DEFINITION && state.walkedTo === null) return [];
  const from = state?.definition === DEFINITION ? (state.walkedTo ?? 0) : 0;
  const rows = db
    .prepare(
      'SELECT DISTINCT quarter FROM hookline_usage_quarter WHERE quarter > ? ORDER BY 1 LIMIT ?',
    )
    .all(from, BATCH) as Row[];
  const quarters = rows.map(({ quarter }) => Number(quarter));
  saveCursor(db, STATE, { definition: DEFINITION, walkedTo: quarters.at(-1) ?? null });
  return quarters;
}

/** Quarters that are not added up as their answers are now. */
export function dirtyQuarters(db: ReadableDb, most = -1): readonly number[] {
  const rows = db
    .prepare('SELECT quarter FROM hookline_usage_dirty ORDER BY quarter LIMIT ?')
    .all(most) as Row[];
  return rows.map(({ quarter }) => Number(quarter));
}

/** Adds up the answers of a quarter. */
export function createQuarterFold(db: ReadableDb): (quarter: number) => readonly UsageScope[] {
  const answers = db.prepare('SELECT * FROM hookline_usage WHERE at_ms >= ? AND at_ms < ?');
  return (quarter) => {
    const scopes = new Map<string, UsageScope>();
    const from = quarter * QUARTER_MS;
    for (const row of answers.all(from, from + QUARTER_MS) as Row[]) {
      const scope = {
        quarter,
        sessionId: String(row.session_id ?? ''),
        project: String(row.project ?? ''),
        agentType: agentOf(row),
        model: String(row.model),
      };
      const key = Object.values(scope).join('\0');
      const sum = addUsage(scopes.get(key) ?? NO_USAGE, sumOf(messageOf(row)));
      scopes.set(key, { ...scope, ...sum });
    }
    return [...scopes.values()];
  };
}

/** An agent whose kind nobody wrote down is one all the same. */
function agentOf({ agent_id: id, agent_type: type }: Row): string {
  return String(type ?? (id === null ? '' : 'agent'));
}

function messageOf(row: Row): UsageMessage {
  return {
    id: String(row.message_id),
    at: Number(row.at_ms),
    model: String(row.model),
    tokens: {
      input: Number(row.input),
      output: Number(row.output),
      cacheRead: Number(row.cache_read),
      write5m: Number(row.write_5m),
      write1h: Number(row.write_1h),
    },
    webSearches: Number(row.web_searches),
    isFinal: row.is_final === 1,
    isFast: row.is_fast === 1,
    isUsOnly: row.is_us_only === 1,
    sessionId: row.session_id === null ? null : String(row.session_id),
    agentId: row.agent_id === null ? null : String(row.agent_id),
  };
}
