/** Of which sessions the transcript is whole, so that it can bear witness. */
import type { AuditReport } from '../../src-core/contract/views.ts';
import type { FileRow } from './file-rows.ts';

/** Why a session has no witness. */
export type NoWitness = AuditReport['noWitness']['sessions'][number]['why'];

/** The transcripts of a session. */
export interface SessionFiles {
  readonly files: readonly FileRow[];
  /** Null when they are whole. */
  readonly why: NoWitness | null;
}

/** All sessions of which there are, or were, transcripts. */
export function sessionFiles(rows: Iterable<FileRow>): ReadonlyMap<string, SessionFiles> {
  const bySession = new Map<string, FileRow[]>();
  for (const row of rows) {
    const files = bySession.get(row.sessionId) ?? [];
    files.push(row);
    bySession.set(row.sessionId, files);
  }
  return new Map([...bySession].map(([id, files]) => [id, { files, why: whyNot(files) }]));
}

function whyNot(files: readonly FileRow[]): NoWitness | null {
  const own = files.filter(({ agentId }) => agentId === null);
  const present = own.filter(({ goneAt }) => goneAt === null);
  if (present.length === 0) return own.length === 0 ? 'no-transcript' : 'transcript-gone';
  if (files.some(({ agentId, goneAt }) => agentId !== null && goneAt !== null)) return 'agent-gone';
  // A session that moved to another folder has a file in each; one that went may have held more.
  if (present.length < own.length) return 'transcript-gone';
  if (files.some(({ damaged }) => damaged > 0)) return 'damaged';
  return files.some(({ readTo, size }) => readTo < size || size < 0) ? 'unfinished' : null;
}
