/** One repair at work: what its steps share, and the running of them. */
import type { Clock } from '../../src-core/base/clock.ts';
import type { RepairPart, RepairProgress, RepairReport } from '../../src-core/contract/repair.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import type { Lock } from '../../src-core/lock/lock.ts';
import type { OpenSqlite } from '../../src-core/store/driver.ts';
import { toStoreError } from '../../src-core/store/store-error.ts';
import type { Backfiller } from '../transcripts/backfiller.ts';
import type { Examination } from './diagnose.ts';
import type { Manifest } from './manifest.ts';

/** What the steps of a repair share. */
export interface Job {
  readonly paths: Paths;
  readonly open: OpenSqlite;
  readonly clock: Clock;
  readonly backfiller: Pick<Backfiller, 'run' | 'look' | 'audit'>;
  readonly busyMs: number;
  readonly lock: Lock;
  readonly startedAt: number;
  readonly parts: ReadonlySet<RepairPart>;
  readonly before: Examination;
  /** Written again whenever a step knows more. */
  manifest: Manifest;
  readonly signal: AbortSignal | null;
  readonly onProgress: (progress: RepairProgress) => void;
  readonly atPoint: (name: string) => void;
  /** What was done, a sentence each. */
  readonly done: string[];
  readonly cameFrom: { -readonly [Name in keyof RepairReport['cameFrom']]: number };
  ending: { readonly state: RepairReport['state']; readonly reason: string | null };
  /** Leaves something to be done when the repair gives the lock back. */
  readonly atEnd: (work: () => void) => void;
  readonly close: () => void;
}

/** A step; named in progress, and the points of that name stand before it. */
export interface Step {
  readonly name: string;
  readonly title: string;
  isNeeded(job: Job): boolean;
  run(job: Job): void;
}

/** A step could not be done, for a reason that a person can understand. */
export class Interrupted extends Error {}

/** Runs the steps that are needed; a failure or a cancellation ends them and is noted. */
export async function runSteps(job: Job, steps: readonly Step[]): Promise<void> {
  const needed = steps.filter((step) => step.isNeeded(job));
  for (const [i, step] of needed.entries()) {
    if (job.signal?.aborted === true) {
      job.ending = { state: 'cancelled', reason: `It was cancelled before: ${step.title}` };
      return;
    }
    job.onProgress({ step: step.title, done: i, of: needed.length });
    job.atPoint(step.name);
    // Others of this thread get their turn between two steps.
    await new Promise((resolve) => setImmediate(resolve));
    try {
      step.run(job);
    } catch (error) {
      if (!isExpected(error)) throw error;
      job.ending = { state: 'failed', reason: `${step.title}: ${(error as Error).message}` };
      return;
    }
  }
  job.onProgress({ step: 'look again', done: needed.length, of: needed.length });
}

function isExpected(error: unknown): boolean {
  if (error instanceof Interrupted) return true;
  if (typeof (error as NodeJS.ErrnoException).syscall === 'string') return true;
  return toStoreError(error).kind !== 'other';
}
