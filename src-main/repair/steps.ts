/** The steps of a repair, in their order. Each does nothing where there is nothing to do any more. */
import { chmodSync } from 'node:fs';
import type { RefreshReport } from '../../src-core/contract/views.ts';
import { createRedactor } from '../../src-core/event/redact.ts';
import { readOrMakeKey } from '../../src-core/files/redaction-key.ts';
import { keyedHash } from '../../src-core/journal/sum.ts';
import { readSettings } from '../../src-core/settings/settings.ts';
import { type Row, transaction, type WritableDb } from '../../src-core/store/driver.ts';
import { openStore } from '../../src-core/store/open.ts';
import { saveCursor } from '../bridge/cursor.ts';
import { refreshUnderLock } from '../bridge/refresh.ts';
import { describeSalvage } from '../salvage/describe-salvage.ts';
import { salvageStore } from '../salvage/salvage.ts';
import { noteSalvage } from '../salvage/salvage-log.ts';
import { resetRollups } from '../stats/rollup/renew.ts';
import { createZone, machineZone } from '../stats/zone.ts';
import { sourcesOf } from './examine-journals.ts';
import { findWrongModes } from './examine-surroundings.ts';
import { fileState } from './file-state.ts';
import { Interrupted, type Job, type Step } from './job.ts';
import { writeManifest } from './manifest.ts';
import { endGoodTail, mendJournal, rescueRecords } from './mend-journals.ts';
import { type MendOptions, mendRows } from './mend-store.ts';
import { makeMissingObjects } from './schema.ts';
import { addedAmendments } from './undo-store.ts';
import { isFile } from './whole-file.ts';

const has =
  (...parts: readonly Parameters<Job['parts']['has']>[0][]) =>
  (job: Job): boolean =>
    parts.some((part) => job.parts.has(part));
const always = (): boolean => true;

const permissions: Step = {
  name: 'permissions',
  title: 'set modes',
  isNeeded: has('permissions'),
  run: ({ paths, done }) => {
    const wrong = findWrongModes(paths);
    for (const { path, mode } of wrong) chmodSync(path, mode);
    done.push(`Set the modes of ${wrong.length} files and folders.`);
  },
};

const database: Step = {
  name: 'database',
  title: 'put a sound database in place',
  isNeeded: has('database'),
  run: (job) => {
    const { paths, open, clock, busyMs } = job;
    const now = clock.now();
    if (isFile(paths.database)) {
      const result = salvageStore({ paths, open, now, busyMs, evenIfPartial: true });
      if (result.kind === 'salvaged') {
        const { report } = result;
        noteSalvage(paths, report);
        job.cameFrom.database += report.own.events;
        job.done.push(
          ...describeSalvage(report),
          `The damaged one is kept as ${report.asidePath}.`,
        );
        keepManifest(job, { database: { ...job.manifest.database, asidePath: report.asidePath } });
      } else if (result.cause !== 'other') throw new Interrupted(result.reason);
    }
    makeSchema(job);
  },
};

function makeSchema({ paths, open, clock, done }: Job): void {
  if (!isFile(paths.database)) return;
  const db = open(paths.database) as WritableDb;
  try {
    const made = makeMissingObjects(db, open, clock.now());
    if (made > 0) done.push(`Made ${made} tables, indexes or triggers of ours anew.`);
  } finally {
    db.close();
  }
}

const tails: Step = {
  name: 'tails',
  title: 'end last lines',
  isNeeded: has('lines'),
  run: (job) => {
    // A good line that lacks its end is none for the bridge, which would write it once more.
    const ended = sourcesOf(job.paths).filter(({ name, path }) => {
      const isBad = job.before.journals?.badStreams.has(name) !== false;
      return isBad && isFile(path) && endGoodTail(path);
    });
    if (ended.length > 0) job.done.push(`Ended the last line of ${ended.length} files.`);
  },
};

const reconcile: Step = {
  name: 'reconcile',
  title: 'bring the stores together',
  isNeeded: always,
  run: (job) => {
    const report = reconcileNow(job, true);
    job.cameFrom.spool += report.drained;
    job.cameFrom.lines += report.healedToSqlite;
    if (report.healedToSqlite > 0)
      job.done.push(
        `Took ${report.healedToSqlite} events and amendments from JSONL into the database.`,
      );
    if (report.healedToJsonl > 0)
      job.done.push(`Wrote ${report.healedToJsonl} missing lines into JSONL.`);
    if (report.drained > 0) job.done.push(`Stored ${report.drained} events from the spool.`);
  },
};

function reconcileNow(job: Job, isSweep: boolean): RefreshReport {
  const { paths, open, clock, busyMs, lock } = job;
  const report = refreshUnderLock({ paths, open, clock, busyMs, waitMs: 0, isSweep }, lock);
  const failed = report.unreachable.find(({ store }) => store === paths.database);
  if (failed !== undefined) throw new Interrupted(`${failed.store}: ${failed.reason}`);
  return report;
}

const rows: Step = {
  name: 'rows',
  title: 'take out rows that are not what was written',
  isNeeded: has('rows', 'database'),
  run: (job) => {
    const { removed, judged } = withStore(job, mendRows);
    if (removed > 0)
      job.done.push(`Moved ${removed} damaged rows, which no line could mend, to quarantine.`);
    if (judged > 0) job.done.push(`Corrected which lines ${judged} rows expect.`);
  },
};

const rescueLines: Step = {
  name: 'rescue',
  title: 'take what is good in bad lines',
  isNeeded: has('lines'),
  run: (job) => {
    const bad =
      job.before.journals?.badStreams ?? new Set(sourcesOf(job.paths).map(({ name }) => name));
    const count = withStore(job, (options) => rescueRecords(options, bad));
    job.cameFrom.rescuedLines += count;
    if (count > 0) job.done.push(`Took ${count} events and amendments out of bad lines.`);
  },
};

/** A step for each file, so that a repair can be broken off between two. */
const journals: readonly Step[] = [
  'tool-usage',
  'session-events',
  'events',
  'activity-events',
  'tool-success',
  'command-usage',
  'errors',
  'amendments',
].map((name) => ({
  name: `rewrite-${name}`,
  title: `put ${name} in order`,
  isNeeded: has('lines', 'duplicates', 'amended'),
  run: (job) => rewrite(job, name),
}));

function rewrite(job: Job, name: string): void {
  const source = sourcesOf(job.paths).find((each) => each.name === name);
  // What was not copied is not to be changed.
  const entry = job.manifest.files.find(({ path }) => path === source?.path);
  if (source === undefined || entry?.copy == null) return;
  const mended = withStore(job, (options) => mendJournal(options, source, job.parts));
  if (mended === null) return;
  job.atEnd(mended.close);
  noteFiles(job, [source.path]);
  if (mended.removed > 0) job.done.push(`Moved ${mended.removed} lines out of ${name}.`);
  if (mended.changed > 0) job.done.push(`Wrote ${mended.changed} lines of ${name} anew.`);
}

const statistics: Step = {
  name: 'statistics',
  title: 'forget the kept sums',
  // Sums that were kept beside rows which are others now say nothing.
  isNeeded: has('statistics', 'database'),
  run: (job) => {
    withStore(job, ({ db }) => {
      const { settings } = readSettings(job.paths.settings);
      resetRollups(db, createZone(settings.timeZone ?? machineZone()));
      transaction(db, () => saveCursor(db, 'stats', null));
    });
    job.done.push('Added the sums up anew.');
  },
};

const settle: Step = {
  name: 'settle',
  title: 'write what is missing and publish',
  isNeeded: always,
  run: (job) => {
    const { healedToSqlite, healedToJsonl, statsWritten } = reconcileNow(job, false);
    job.cameFrom.lines += healedToSqlite;
    if (healedToSqlite > 0) job.done.push(`Took ${healedToSqlite} more events from JSONL.`);
    if (healedToJsonl > 0) job.done.push(`Wrote ${healedToJsonl} lines where bad ones stood.`);
    if (statsWritten.length > 0) job.done.push(`Published ${statsWritten.join(', ')}.`);
  },
};

const note: Step = {
  name: 'note',
  title: 'note how everything stands now',
  isNeeded: always,
  run: (job) => {
    job.close();
    noteFiles(
      job,
      job.manifest.files.map(({ path }) => path),
    );
    withStore(job, ({ db }) => {
      const added = addedAmendments(db, job.paths, job.manifest);
      const last = db
        .prepare(
          'SELECT (SELECT max(seq) FROM hookline_event) AS event, (SELECT max(rowid) FROM tool_events) AS old',
        )
        .get() as Row;
      const { database: present } = job.manifest;
      const counts = { lastSeq: Number(last.event ?? 0), lastOldRow: Number(last.old ?? 0) };
      keepManifest(job, { database: { ...present, ...counts, addedAmendments: [...added] } });
    });
  },
};

/** The steps, in their order. */
export const STEPS: readonly Step[] = [
  permissions,
  database,
  tails,
  reconcile,
  rows,
  rescueLines,
  ...journals,
  statistics,
  settle,
  note,
];

/** Takes over what only transcripts tell. The backfill takes the lock batch by batch itself. */
export async function takeTranscripts(job: Job): Promise<void> {
  if (!job.parts.has('transcripts')) return;
  job.atPoint('transcripts');
  const result = await job.backfiller.run({
    origin: 'asked',
    healsGaps: true,
    ...(job.signal === null ? {} : { signal: job.signal }),
  });
  if (result.kind === 'refused') {
    job.done.push(`Transcripts were not taken over: ${result.reason}`);
    return;
  }
  job.cameFrom.transcripts += result.events;
  job.done.push(`Took ${result.events} calls and prompts over from transcripts.`);
  keepManifest(job, { backfillRun: result.run });
}

function noteFiles(job: Job, paths: readonly string[]): void {
  const files = job.manifest.files.map((file) =>
    paths.includes(file.path) ? { ...file, after: fileState(file.path) } : file,
  );
  keepManifest(job, { files });
}

function keepManifest(job: Job, members: Partial<Job['manifest']>): void {
  job.manifest = { ...job.manifest, ...members };
  writeManifest(job.paths, job.manifest);
}

function withStore<T>(job: Job, work: (options: MendOptions) => T): T {
  const { paths, open, clock, busyMs } = job;
  const now = clock.now();
  const redactor = createRedactor(keyedHash(readOrMakeKey(paths.redactionKey)));
  const db = openStore({ path: paths.database, open, busyMs, now });
  try {
    return work({ db, paths, redactor, now });
  } finally {
    db.close();
  }
}
