/**
 * Repairs: copy first, then mend step by step, then look again. All of it under the lock, while hooks
 * go on capturing into the spool. Each step is done whole or not at all, and done again does nothing,
 * so that a repair which was broken off anywhere is completed by the next one.
 */
import { existsSync } from 'node:fs';
import type { Clock } from '../../src-core/base/clock.ts';
import {
  type RepairDiagnosis,
  type RepairPart,
  type RepairPlan,
  type RepairProgress,
  type RepairReport,
  repairParts,
} from '../../src-core/contract/repair.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import type { Lock } from '../../src-core/lock/lock.ts';
import type { OpenSqlite } from '../../src-core/store/driver.ts';
import { toStoreError } from '../../src-core/store/store-error.ts';
import { waitForLock } from '../bridge/wait-for-lock.ts';
import type { Backfiller } from '../transcripts/backfiller.ts';
import { type Examination, examine } from './diagnose.ts';
import { sourcesOf } from './examine-journals.ts';
import { Interrupted, type Job, runSteps } from './job.ts';
import { readRepairs, snapshotFolder, writeManifest, writeReport } from './manifest.ts';
import { planRepair } from './plan.ts';
import { reportOf } from './report.ts';
import { removeOldSnapshots } from './rotate.ts';
import { takeSnapshot } from './snapshot.ts';
import { STEPS, takeTranscripts } from './steps.ts';

/** What a repair works with. */
export interface RepairOptions {
  readonly paths: Paths;
  readonly open: OpenSqlite;
  readonly clock: Clock;
  readonly backfiller: Pick<Backfiller, 'run' | 'audit' | 'undo' | 'look'>;
  /** How long to wait for the lock, milliseconds. */
  readonly waitMs?: number;
  readonly busyMs?: number;
}

/** Which repair. */
export interface RepairRequest {
  /** The parts to do; those that are chosen in the plan where it is not given. */
  readonly only?: readonly RepairPart[];
  /** Ends the repair between two steps. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RepairProgress) => void;
  /** Called by name before each step; tests break a repair off there. */
  readonly atPoint?: (name: string) => void;
}

/** How a repair ended. */
export type RepairResult =
  | { readonly kind: 'repaired'; readonly report: RepairReport }
  | { readonly kind: 'nothing-to-do'; readonly diagnosis: RepairDiagnosis }
  | { readonly kind: 'refused'; readonly reason: string };

const WAIT_MS = 30_000;
const BUSY_MS = 5000;

/** Repairs what is found now. Never throws for a store or a disk that fails: the report says it. */
export async function applyRepair(
  options: RepairOptions,
  request: RepairRequest = {},
): Promise<RepairResult> {
  const { paths, open, waitMs = WAIT_MS } = options;
  // Before install nothing is ours to change.
  if (!existsSync(paths.launcher))
    return refused('The hook is not installed here; "hookline install" does that.');
  let lock: Lock | null;
  try {
    lock = await waitForLock({ paths, open, waitMs });
  } catch (error) {
    return refused((error as Error).message);
  }
  if (lock === null) return refused('Another run holds the lock; try again in a moment.');
  let job: Job | null = null;
  try {
    const begun = await begin(options, request, lock);
    if ('kind' in begun) return begun;
    job = begun;
    await runSteps(job, STEPS);
  } finally {
    job?.close();
    lock.release();
  }
  return { kind: 'repaired', report: await finish(job, options) };
}

async function begin(
  options: RepairOptions,
  request: RepairRequest,
  lock: Lock,
): Promise<Job | RepairResult> {
  const { paths, open, clock, busyMs = BUSY_MS } = options;
  const before = await examineAll(options);
  const { diagnosis } = before;
  const refusal = diagnosis.findings.find(({ code }) => REFUSALS.has(code));
  if (refusal !== undefined) return refused(`${refusal.sentence} ${refusal.advice ?? ''}`.trim());
  const plan = planRepair(diagnosis);
  const parts = chosenParts(plan, request.only);
  if (parts.size === 0) return { kind: 'nothing-to-do', diagnosis };
  request.atPoint?.('snapshot');
  try {
    const manifest = takeSnapshot({
      ...{ paths, open, busyMs, parts },
      now: clock.now(),
      summary: summaryOf(plan, parts),
      rewritten: rewrittenStreams(paths, before, parts),
    });
    return createJobOf(options, request, { before, parts, manifest, lock, busyMs });
  } catch (error) {
    const { kind, message } = toStoreError(error);
    const isSystems = typeof (error as NodeJS.ErrnoException).syscall === 'string';
    if (kind === 'other' && !isSystems) throw error;
    return refused(`Nothing was changed, because it could not be copied first: ${message}`);
  }
}

const REFUSALS: ReadonlySet<string> = new Set([
  'disk-full',
  'database-newer',
  'database-unreachable',
]);

function createJobOf(
  options: RepairOptions,
  { signal, onProgress, atPoint }: RepairRequest,
  rest: Pick<Job, 'before' | 'parts' | 'manifest' | 'lock' | 'busyMs'>,
): Job {
  const endings: (() => void)[] = [];
  return {
    ...options,
    ...rest,
    startedAt: options.clock.now(),
    signal: signal ?? null,
    onProgress: onProgress ?? (() => {}),
    atPoint: atPoint ?? (() => {}),
    done: [],
    cameFrom: { database: 0, lines: 0, rescuedLines: 0, spool: 0, transcripts: 0 },
    ending: { state: 'done', reason: null },
    atEnd: (work) => endings.push(work),
    close: () => {
      for (const work of endings.splice(0)) work();
    },
  };
}

/** The parts to do: the ones asked for as far as there is anything to do in them. */
export function chosenParts(
  { parts }: RepairPlan,
  only: readonly RepairPart[] | undefined,
): ReadonlySet<RepairPart> {
  const isMeant = ({ part, isChosen }: RepairPlan['parts'][number]): boolean =>
    only === undefined ? isChosen : only.includes(part);
  const chosen = new Set(parts.filter(isMeant).map(({ part }) => part));
  return new Set(repairParts.filter((part) => chosen.has(part)));
}

function summaryOf({ parts }: RepairPlan, chosen: ReadonlySet<RepairPart>): string {
  return parts
    .filter(({ part }) => chosen.has(part))
    .map(({ sentence }) => sentence)
    .join('; ');
}

/** The streams whose files the parts may write anew. */
function rewrittenStreams(
  paths: Paths,
  { journals }: Examination,
  parts: ReadonlySet<RepairPart>,
): ReadonlySet<string> {
  if (parts.has('amended') || journals === null)
    return new Set(sourcesOf(paths).map(({ name }) => name));
  return new Set([
    ...(parts.has('lines') ? journals.badStreams : []),
    ...(parts.has('duplicates') ? journals.repeatedStreams : []),
  ]);
}

function examineAll({
  paths,
  open,
  clock,
  backfiller,
  busyMs,
}: RepairOptions): Promise<Examination> {
  const audit = () => backfiller.audit();
  return examine({
    paths,
    open,
    clock,
    isFull: true,
    audit,
    ...(busyMs === undefined ? {} : { busyMs }),
  });
}

/** What needs no lock of ours or takes its own, the proof, and the report. */
async function finish(job: Job, options: RepairOptions): Promise<RepairReport> {
  const { paths, manifest } = job;
  try {
    if (job.ending.state === 'done') await takeTranscripts(job);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
  }
  job.atPoint('proof');
  const after = await examineAll(options);
  const report = reportOf(job, after, snapshotFolder(paths, manifest.id));
  for (const old of readRepairs(paths))
    if (old.state === 'running' && old.id !== manifest.id)
      writeManifest(paths, { ...old, state: 'failed' });
  writeManifest(paths, { ...manifest, state: report.state });
  writeReport(paths, report);
  removeOldSnapshots(paths);
  return report;
}

function refused(reason: string): RepairResult & { readonly kind: 'refused' } {
  return { kind: 'refused', reason };
}
