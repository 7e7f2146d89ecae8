/** Adds up what an audit finds: in all, by session, by project, by day. */
import type { AuditReport } from '../../src-core/contract/views.ts';

type Sums = AuditReport['total'];
/** What becomes of one call in an audit. */
export type AuditMark = 'stored' | 'missing' | 'extra' | 'pending' | 'leftOut';

/** One call that was looked at. */
export interface AuditedCall {
  readonly sessionId: string;
  readonly project: string | null;
  readonly day: string;
  readonly mark: AuditMark;
  readonly isByTranscript: boolean;
}

/** Sums under a name each, in the order of their first call. */
export interface AuditSums {
  add(call: AuditedCall): void;
  total(): Sums;
  bySession(): ReadonlyMap<string, Sums>;
  byProject(): ReadonlyMap<string | null, Sums>;
  byDay(): ReadonlyMap<string, Sums>;
}

type Counts = { -readonly [N in keyof Sums]: Sums[N] };

/** Begins to add up. */
export function createAuditSums(): AuditSums {
  const total = noSums();
  const sessions = new Map<string, Counts>();
  const projects = new Map<string | null, Counts>();
  const days = new Map<string, Counts>();
  return {
    add: (call) => {
      const all = [
        total,
        under(sessions, call.sessionId),
        under(projects, call.project),
        under(days, call.day),
      ];
      for (const sums of all) count(sums, call);
    },
    total: () => total,
    bySession: () => sessions,
    byProject: () => projects,
    byDay: () => days,
  };
}

function count(sums: Counts, { mark, isByTranscript }: AuditedCall): void {
  sums[mark]++;
  if (mark === 'stored' || mark === 'missing') sums.seen++;
  if (mark === 'stored' && isByTranscript) sums.byTranscript++;
}

/** Sums of nothing. */
export function noSums(): Counts {
  return { seen: 0, stored: 0, missing: 0, extra: 0, pending: 0, leftOut: 0, byTranscript: 0 };
}

function under<K>(map: Map<K, Counts>, key: K): Counts {
  const present = map.get(key) ?? noSums();
  map.set(key, present);
  return present;
}
