/**
 * Usage as rows of the store. What is told again is known by its id and changes nothing, unless the
 * later telling knows better.
 */
import {
  type ReadableDb,
  type Row,
  type Statement,
  transaction,
  type WritableDb,
} from '../../src-core/store/driver.ts';
import type { CostState } from '../../src-core/usage/cost-state.ts';
import type { UsageMessage } from '../../src-core/usage/message.ts';
import type { FoundLink } from './sightings.ts';

/** An answer's usage, and where it was asked for. */
export interface PlacedUsage {
  readonly message: UsageMessage;
  readonly project: string | null;
  readonly agentType: string | null;
  readonly promptId: string | null;
}

/** A link that a call brought up, with the call's time and place. */
export interface Sighting extends FoundLink {
  readonly at: number;
  readonly sessionId: string | null;
  readonly project: string | null;
}

/**
 * Writes usage; statements are prepared once for its lifetime. A row belongs to the run that brought
 * it first; `run` is asked for only where there is such a row. All of it runs in the caller's
 * transaction.
 */
export interface UsageWriter {
  putUsage(usage: PlacedUsage, run: () => number): void;
  putCostState(state: CostState, run: () => number): void;
  putSighting(sighting: Sighting, run: () => number): void;
}

/** For a row that is only ever updated, which leaves its run as it is. */
const NO_RUN = 0;

/** Prepares the statements. */
export function createUsageWriter(db: WritableDb): UsageWriter {
  const answer = db.prepare(
    `INSERT INTO hookline_usage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (message_id) DO UPDATE SET
       at_ms = excluded.at_ms, model = excluded.model, is_final = excluded.is_final,
       is_fast = excluded.is_fast, is_us_only = excluded.is_us_only,
       input = excluded.input, output = excluded.output, cache_read = excluded.cache_read,
       write_5m = excluded.write_5m, write_1h = excluded.write_1h,
       web_searches = excluded.web_searches
     WHERE (excluded.is_final, excluded.at_ms, excluded.output) >
       (hookline_usage.is_final, hookline_usage.at_ms, hookline_usage.output)`,
  );
  // The account of a session only grows.
  const account = db.prepare(
    `INSERT INTO hookline_cost_state VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (session_id) DO UPDATE SET
       nano_usd = excluded.nano_usd, is_whole = excluded.is_whole,
       input = excluded.input, output = excluded.output, cache_read = excluded.cache_read,
       write_5m = excluded.write_5m, write_1h = excluded.write_1h
     WHERE excluded.nano_usd > hookline_cost_state.nano_usd
       OR excluded.output > hookline_cost_state.output`,
  );
  const link = db.prepare('INSERT INTO hookline_link VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const hasAnswer = db.prepare('SELECT 1 FROM hookline_usage WHERE message_id = ?');
  const hasAccount = db.prepare('SELECT 1 FROM hookline_cost_state WHERE session_id = ?');
  const hasLink = db.prepare('SELECT 1 FROM hookline_link WHERE link_id = ? AND call_id = ?');
  let run: number | null = null;
  /** A row that is there keeps its own run, whatever is given; so it is looked for only until one has begun. */
  const runFor = (has: Statement, key: string, begin: () => number): number => {
    if (run === null && has.get(key) !== undefined) return NO_RUN;
    run ??= begin();
    return run;
  };
  return {
    putUsage: ({ message, project, agentType, promptId }, begin) => {
      const { id, at, sessionId, agentId, model, isFinal, isFast, isUsOnly } = message;
      const { input, output, cacheRead, write5m, write1h } = message.tokens;
      const who = [sessionId, project, agentId, agentType, promptId];
      const how = [Number(isFinal), Number(isFast), Number(isUsOnly)];
      const tokens = [input, output, cacheRead, write5m, write1h];
      const its = runFor(hasAnswer, id, begin);
      answer.run(id, at, ...who, model, ...how, ...tokens, message.webSearches, its);
    },
    putCostState: ({ sessionId, nanoUsd, isWhole, tokens }, begin) => {
      const { input, output, cacheRead, write5m, write1h } = tokens;
      const sums = [input, output, cacheRead, write5m, write1h];
      const its = runFor(hasAccount, sessionId, begin);
      account.run(sessionId, nanoUsd, Number(isWhole), ...sums, its);
    },
    putSighting: ({ link: { id, kind, url }, callId, via, at, sessionId, project }, begin) => {
      if (hasLink.get(id, callId) !== undefined) return;
      link.run(id, callId, kind, url, via, at, sessionId, project, begin());
    },
  };
}

/** Under these ids usage is forgotten, beside the ids of events. */
export const usageIds = {
  answer: (messageId: string): string => messageId,
  account: (sessionId: string): string => `account_${sessionId}`,
  links: (callId: string): string => `links_${callId}`,
} as const;

const TABLES: readonly {
  readonly table: string;
  readonly key: string;
  readonly idOf: (key: string) => string;
}[] = [
  { table: 'hookline_usage', key: 'message_id', idOf: usageIds.answer },
  { table: 'hookline_cost_state', key: 'session_id', idOf: usageIds.account },
  { table: 'hookline_link', key: 'call_id', idOf: usageIds.links },
];

/** The ids of all that a run brought. */
export function usageOfRun(db: ReadableDb, run: number): readonly string[] {
  return TABLES.flatMap(({ table, key, idOf }) => {
    const rows = db.prepare(`SELECT DISTINCT ${key} AS key FROM ${table} WHERE run = ?`).all(run);
    return (rows as Row[]).map((row) => idOf(String(row.key)));
  });
}

const BATCH = 500;

/** Takes away all that a run brought, batch by batch, so that other writers wait milliseconds. */
export function removeUsageOfRun(db: WritableDb, run: number): void {
  for (const { table, key } of TABLES) {
    const some = db.prepare(`SELECT DISTINCT ${key} AS key FROM ${table} WHERE run = ?`);
    const keys = (some.all(run) as Row[]).map((row) => String(row.key));
    const remove = db.prepare(`DELETE FROM ${table} WHERE ${key} = ? AND run = ?`);
    for (let i = 0; i < keys.length; i += BATCH) {
      transaction(db, () => {
        for (const each of keys.slice(i, i + BATCH)) remove.run(each, run);
      });
    }
  }
}
