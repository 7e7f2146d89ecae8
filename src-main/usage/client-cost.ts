/** The client's own accounts of its sessions, beside what our count of the same sessions comes to. */
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import type { UsageSum } from '../../src-core/usage/fold.ts';
import type { Tokens } from '../../src-core/usage/message.ts';
import type { Span } from '../views/measures.ts';
import { usageBy } from './read-usage.ts';

/** A session of which both accounts are known. */
export interface ComparedSession {
  readonly sessionId: string;
  readonly ours: UsageSum;
  readonly client: Tokens & {
    /** Billionths of a dollar. */
    readonly nanoUsd: number;
    /** False when the client knew no price for some model. */
    readonly isWhole: boolean;
  };
}

/** Sessions with an account of their client that were at work in the span; whole sessions are compared. */
export function comparedSessions(db: ReadableDb, span: Span): readonly ComparedSession[] {
  const accounts = new Map(
    (db.prepare('SELECT * FROM hookline_cost_state').all() as Row[]).map((row) => [
      String(row.session_id),
      row,
    ]),
  );
  if (accounts.size === 0) return [];
  const inSpan = usageBy(db, span, 'sessionId');
  const whole = usageBy(db, { fromAt: 0, toAt: Number.MAX_SAFE_INTEGER }, 'sessionId');
  return [...inSpan.keys()].flatMap((sessionId) => {
    const row = accounts.get(sessionId);
    const ours = whole.get(sessionId);
    if (row === undefined || ours === undefined) return [];
    return [{ sessionId, ours, client: accountOf(row) }];
  });
}

function accountOf(row: Row): ComparedSession['client'] {
  return {
    nanoUsd: Number(row.nano_usd),
    isWhole: row.is_whole === 1,
    input: Number(row.input),
    output: Number(row.output),
    cacheRead: Number(row.cache_read),
    write5m: Number(row.write_5m),
    write1h: Number(row.write_1h),
  };
}
