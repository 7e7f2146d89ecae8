/** `hookline audit`: is each call that Claude's own transcripts tell of in the store, once? */
import type { Backfiller } from '../transcripts/backfiller.ts';
import { fail } from './consent.ts';
import { describeAudit } from './describe-backfill.ts';
import type { Terminal } from './terminal.ts';

/** What the verb works with. */
export interface AuditContext {
  readonly backfiller: Backfiller;
  readonly terminal: Terminal;
  /** Brings what is captured into the store. */
  readonly refresh: () => Promise<unknown>;
}

/** Runs the verb; returns its exit code. What does not add up is in the text. */
export async function audit(
  { backfiller, terminal, refresh }: AuditContext,
  json: boolean,
): Promise<number> {
  await refresh();
  const looked = await backfiller.look();
  if (looked.kind === 'refused') return fail(terminal, looked.reason, json);
  const report = backfiller.audit();
  terminal.print(json ? JSON.stringify(report) : describeAudit(report));
  return 0;
}
