/**
 * Imports again what the user had let be imported and the store has lost. Nothing is asked anew, and
 * nothing comes that came into the old record after that consent. What has lines of its own in JSONL
 * the bridge brought back already; it is only listed again, so that it can be taken back.
 */
import type { Redactor } from '../../src-core/event/redact.ts';
import { type Row, transaction, type WritableDb } from '../../src-core/store/driver.ts';
import { importEvents, wantedEvents } from './apply.ts';
import { type Consent, readConsents } from './consent.ts';
import { finishRun, listRuns, restoreRun } from './runs.ts';
import { type Survey, surveyOldRecord } from './survey.ts';
import type { TraceReaderOptions } from './trace-reader.ts';

/** What restoring needs. */
export interface RestoreOptions extends TraceReaderOptions {
  readonly redactor: Redactor;
  readonly now: number;
}

/**
 * Restores; returns how many events came. Costs one look at a small file where nothing is missing.
 * The caller holds the lock, and the bridge has run.
 * @throws ChangedMeanwhile when somebody rewrote the old record; the next call goes on
 */
export function restoreImports(db: WritableDb, options: RestoreOptions): number {
  const lost = lostConsents(db, readConsents(options.paths));
  if (lost.length === 0) return 0;
  const survey = surveyOldRecord(db, options);
  // Half of the record would be paired wrongly; the next run sees it whole.
  if (survey.record.problems.some(({ kind }) => kind === 'busy')) return 0;
  let restored = 0;
  let from = Number.NEGATIVE_INFINITY;
  for (const consent of lost) {
    restored += restoreOne(db, survey, { consent, from }, options);
    if (consent.undoneAt === null) from = consent.at;
  }
  return restored;
}

/** Those whose run the store does not know, or has not finished. */
function lostConsents(db: WritableDb, consents: readonly Consent[]): readonly Consent[] {
  if (consents.length === 0) return [];
  const done = new Set(
    listRuns(db)
      .filter(({ finishedAt, undoneAt }) => finishedAt !== null || undoneAt !== null)
      .map(({ id }) => id),
  );
  return consents.filter(({ run }) => !done.has(run));
}

function restoreOne(
  db: WritableDb,
  survey: Survey,
  { consent, from }: { readonly consent: Consent; readonly from: number },
  options: RestoreOptions,
): number {
  const { run, undoneAt } = consent;
  transaction(db, () => restoreRun(db, consent));
  if (undoneAt !== null) return 0;
  const isMeant = (at: number): boolean => at > from && at <= consent.at;
  listKnown(db, survey, { run, isMeant });
  const wanted = wantedEvents(survey, false).filter(({ at }) => isMeant(at));
  importEvents(db, survey, { run, wanted }, options);
  transaction(db, () => finishRun(db, run, options.now));
  return wanted.length;
}

/** Lists under the run what is in the store and under no run. */
function listKnown(
  db: WritableDb,
  { union, verdicts }: Survey,
  { run, isMeant }: { readonly run: number; readonly isMeant: (at: number) => boolean },
): void {
  const note = db.prepare('INSERT OR IGNORE INTO hookline_import_event VALUES (?, ?)');
  transaction(db, () => {
    for (const [event, id] of verdicts.identities())
      if (verdicts.of(event) === 'known' && isMeant(union.events.columns.atS.at(event) * 1000))
        note.run(id, run);
    const { n } = db
      .prepare('SELECT count(*) AS n FROM hookline_import_event WHERE run = ?')
      .get(run) as Row;
    db.prepare('UPDATE hookline_import_run SET events = ? WHERE id = ?').run(n ?? 0, run);
  });
}
