/** Does maintenance once a week, while nobody works and the machine runs on mains power. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileSync } from 'atomically';
import * as v from 'valibot';
import type { Logger } from '../../src-core/base/logger.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import type { RefreshOptions } from '../bridge/refresh.ts';
import { isOnMains } from './mains.ts';
import { maintain } from './maintain.ts';

const DAY_MS = 86_400_000;
const EVERY_MS = 7 * DAY_MS;
/** From then on it is done although somebody works, or on battery. */
const OVERDUE_MS = 21 * DAY_MS;
const IDLE_MS = 10 * 60_000;
/** Whether it is due is looked at so rarely; whether the machine is idle then each time. */
const LOOK_MS = 3_600_000;

/** What the job needs. */
export interface MaintenanceJobOptions
  extends Pick<RefreshOptions, 'paths' | 'open' | 'clock' | 'countOld'> {
  readonly log: Logger;
  readonly isOnMains?: () => boolean | null;
}

/** Does what is due; true when it did something. Never rejects. */
export type MaintenanceJob = () => Promise<boolean>;

/** Builds the job; asked each minute, it looks rarely. */
export function createMaintenanceJob(options: MaintenanceJobOptions): MaintenanceJob {
  const { paths, clock, log } = options;
  let lookAgainAt = 0;
  let isRunning = false;
  return async () => {
    const now = clock.now();
    if (isRunning || now < lookAgainAt) return false;
    const sinceMs = now - (readMaintained(paths) ?? firstSeen(paths, now));
    if (sinceMs >= EVERY_MS && sinceMs < OVERDUE_MS && !isConvenient(options, now)) return false;
    lookAgainAt = now + LOOK_MS;
    if (sinceMs < EVERY_MS) return false;
    isRunning = true;
    try {
      return await maintainOnce(options, now);
    } catch (error) {
      log.error('maintenance', 'it was broken off', error);
      return false;
    } finally {
      isRunning = false;
    }
  };
}

async function maintainOnce(options: MaintenanceJobOptions, now: number): Promise<boolean> {
  const { paths, log } = options;
  const result = await maintain({ ...options, waitMs: 0 });
  if (result.kind === 'refused') {
    log.info('maintenance', result.reason);
    return false;
  }
  for (const problem of result.problems) log.warn('maintenance', problem);
  noteMaintained(paths, now);
  return true;
}

function isConvenient(options: MaintenanceJobOptions, now: number): boolean {
  const { paths, isOnMains: ask = () => isOnMains(process.platform) } = options;
  return isIdle(paths, now) && ask() !== false;
}

const Maintained = v.object({ at: v.number() });

/** When maintenance was done last, epoch milliseconds; null where that is not known. */
export function readMaintained(paths: Pick<Paths, 'own'>): number | null {
  try {
    const value: unknown = JSON.parse(readFileSync(maintainedFile(paths), 'utf8'));
    const result = v.safeParse(Maintained, value);
    return result.success ? result.output.at : null;
  } catch {
    return null;
  }
}

/**
 * Keeps in mind that it was done.
 * @throws the system's error when that cannot be written
 */
export function noteMaintained(paths: Pick<Paths, 'own'>, at: number): void {
  writeFileSync(maintainedFile(paths), `${JSON.stringify({ at })}\n`, { mode: 0o600 });
}

function maintainedFile({ own }: Pick<Paths, 'own'>): string {
  return join(own, 'maintenance.json');
}

/** A record that was begun a moment ago needs none. */
function firstSeen({ redactionKey }: Paths, now: number): number {
  return statSync(redactionKey, { throwIfNoEntry: false })?.mtimeMs ?? now;
}

function isIdle({ journals, spool, projects }: Paths, now: number): boolean {
  return [journals.toolUsage, journals.events, spool, projects].every((path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat === undefined || now - stat.mtimeMs >= IDLE_MS;
  });
}
