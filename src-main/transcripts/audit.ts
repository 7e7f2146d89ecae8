/**
 * The audit: is each call that Claude's own transcripts tell of in the store, once? Answered from
 * what passes over the transcripts have witnessed, so that no file is read for it.
 */
import type { AuditReport } from '../../src-core/contract/views.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { readSettings } from '../../src-core/settings/settings.ts';
import type { ReadableDb, Row } from '../../src-core/store/driver.ts';
import { createZone, machineZone } from '../stats/zone.ts';
import { runningClients } from '../views/clients.ts';
import { type AuditedCall, type AuditSums, createAuditSums, noSums } from './audit-sums.ts';
import { createExtraSearch, type Extra } from './extras.ts';
import { loadFileRows } from './file-rows.ts';
import { createGapReasons, type Gap, type Hooked, readHooked } from './gap-reasons.ts';
import { createLeftOut, type MissingCall, missingCalls } from './gaps.ts';
import { listNoWitness } from './no-witness.ts';
import { hasBackfillTables } from './runs.ts';
import { type SessionFiles, sessionFiles } from './whole.ts';

/** So long after its own time a call may still be on its way into the transcript, or into the store. */
export const GRACE_MS = 10 * 60_000;

/** What an audit needs. */
export interface AuditOptions {
  readonly paths: Paths;
  readonly now: number;
}

/** What the parts of an audit share. */
interface Audit extends AuditOptions {
  readonly db: ReadableDb;
  readonly files: ReadonlyMap<string, SessionFiles>;
  readonly hooked: Hooked;
  add(call: Omit<AuditedCall, 'day'> & { readonly at: number }): void;
}

/** Audits the store; nothing is witnessed where there is none. */
export function auditRecord(db: ReadableDb | null, options: AuditOptions): AuditReport {
  const sums = createAuditSums();
  const { paths, now } = options;
  if (db === null || !hasBackfillTables(db)) return describe(sums, { auditedAt: now });
  const { settings } = readSettings(paths.settings);
  const zone = createZone(settings.timeZone ?? machineZone());
  const audit: Audit = {
    ...options,
    db,
    files: sessionFiles(loadFileRows(db).values()),
    hooked: readHooked(db),
    add: ({ at, ...call }) => sums.add({ ...call, day: zone.day(at) }),
  };
  for (const call of storedCalls(audit)) audit.add({ ...call, mark: 'stored' });
  const gaps = findGaps(audit);
  const { extras, agentsGone } = findExtras(audit);
  return describe(sums, {
    auditedAt: now,
    sessions: describeSessions(audit, sums),
    gaps,
    extras,
    noWitness: listNoWitness(db, audit.files, agentsGone),
  });
}

function isWhole({ files }: Audit, sessionId: string): boolean {
  return files.get(sessionId)?.why === null;
}

/** The calls that both know. A call belongs to the session whose transcript tells of it. */
function* storedCalls(audit: Audit) {
  const rows = audit.db
    .prepare(
      `SELECT t.session_id, c.project, c.at_ms, e.source FROM hookline_transcript_call c
       JOIN hookline_transcript t ON t.id = c.file JOIN hookline_event e ON e.id = c.id
       ORDER BY c.at_ms`,
    )
    .iterate();
  for (const value of rows) {
    const row = value as Row;
    const sessionId = String(row.session_id);
    if (!isWhole(audit, sessionId)) continue;
    yield {
      sessionId,
      project: row.project === null ? null : String(row.project),
      at: Number(row.at_ms),
      isByTranscript: row.source === 'transcript',
    };
  }
}

function findGaps(audit: Audit): Gap[] {
  const { db, paths, hooked } = audit;
  const gapOf = createGapReasons(db, paths, hooked);
  const leftOut = createLeftOut(paths);
  const isPending = createPending(audit);
  const gaps: Gap[] = [];
  for (const call of missingCalls(db)) {
    const { sessionId, project, at, hasFile } = call;
    const mark = leftOut(call) !== null ? 'leftOut' : isPending(call) ? 'pending' : 'missing';
    const isWitnessed = isWhole(audit, sessionId);
    // One that cannot be healed any more is told of although its session has no witness left.
    if (mark === 'missing' && (isWitnessed || !hasFile)) gaps.push(gapOf(call));
    if (isWitnessed) audit.add({ sessionId, project, at, mark, isByTranscript: false });
  }
  return gaps;
}

/** True for a call that may still come: fresh, or without a result in a client that runs. */
function createPending({ paths, now }: AuditOptions): (call: MissingCall) => boolean {
  const running = runningClients(paths);
  return ({ at, endedAt, sessionId }) =>
    (endedAt ?? at) + GRACE_MS > now || (endedAt === null && running.has(sessionId));
}

interface FoundExtras {
  readonly extras: AuditReport['extras'];
  /** Calls of agents without a transcript, by session. */
  readonly agentsGone: ReadonlyMap<string, number>;
}

function findExtras(audit: Audit): FoundExtras {
  const { db, files, now } = audit;
  const search = createExtraSearch(db);
  const extras: Omit<Extra, 'project'>[] = [];
  const agentsGone = new Map<string, number>();
  for (const [sessionId, session] of files) {
    if (session.why !== null) continue;
    const found = search(sessionId, session.files);
    if (found.unwitnessed > 0) agentsGone.set(sessionId, found.unwitnessed);
    for (const { project, ...extra } of found.extras) {
      const isPending = extra.why === 'not-in-transcript' && extra.at + GRACE_MS > now;
      const mark = isPending ? 'pending' : 'extra';
      audit.add({ sessionId, project, at: extra.at, mark, isByTranscript: false });
      if (!isPending) extras.push(extra);
    }
  }
  return { extras, agentsGone };
}

function describeSessions({ files, hooked }: Audit, sums: AuditSums): AuditReport['sessions'] {
  const bySession = sums.bySession();
  return [...files].flatMap(([sessionId, session]) => {
    if (session.why !== null) return [];
    const counts = bySession.get(sessionId) ?? noSums();
    const times = session.files
      .flatMap(({ firstAt, lastAt }) => [firstAt, lastAt])
      .filter((at) => at !== null);
    const own = session.files.find(({ agentId }) => agentId === null);
    const isHooked = counts.seen === 0 || hooked.sessions.has(sessionId);
    return {
      sessionId,
      project: own?.project ?? null,
      fromAt: times.length === 0 ? null : Math.min(...times),
      toAt: times.length === 0 ? null : Math.max(...times),
      state: stateOf(counts, isHooked),
      ...counts,
    };
  });
}

function stateOf(
  { missing, extra, pending }: AuditReport['total'],
  isHooked: boolean,
): AuditReport['sessions'][number]['state'] {
  if (missing > 0 || extra > 0) return isHooked ? 'incomplete' : 'no-hooks';
  if (!isHooked) return 'no-hooks';
  return pending > 0 ? 'pending' : 'complete';
}

const NOTHING_FOUND = {
  sessions: [],
  gaps: [],
  extras: [],
  noWitness: { calls: 0, sessions: [] },
};

function describe(
  sums: AuditSums,
  found: Partial<AuditReport> & Pick<AuditReport, 'auditedAt'>,
): AuditReport {
  const days = [...sums.byDay()].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    ...NOTHING_FOUND,
    total: sums.total(),
    projects: [...sums.byProject()].map(([project, counts]) => ({ project, ...counts })),
    days: days.map(([day, counts]) => ({ day, ...counts })),
    ...found,
  };
}
