/**
 * The transcripts at work beside the bridge: read when a session has ended, when something changed in
 * a folder that is in use, else every ten minutes. Most ticks ask the store one question and end.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../src-core/base/clock.ts';
import type { Logger } from '../../src-core/base/logger.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { type FolderWatch, watchFolders } from '../schedule/watch.ts';
import type { Backfiller, BackfillResult } from './backfiller.ts';
import { listProjectFolders } from './files.ts';

/** Reads transcripts in the background. */
export interface TranscriptJob {
  /** Does what is due; true when something new is stored. Never rejects. */
  tick(): Promise<boolean>;
  /** Ends after the batch that is being stored; what is left goes on next time. */
  stop(): Promise<void>;
}

/** What the job needs. */
export interface TranscriptJobOptions {
  readonly paths: Paths;
  readonly backfiller: Backfiller;
  readonly clock: Clock;
  readonly log: Logger;
}

/** So long nothing is looked at where nobody tells of a change. */
export const EVERY_MS = 10 * 60_000;
/** So often the store is searched for calls that it has lost. */
const GAPS_EVERY_MS = 60 * 60_000;
/** Folders that are watched: those in which work went on last. */
const MOST_WATCHED = 24;

/** Starts watching; the first tick is due at once. */
export function createTranscriptJob(options: TranscriptJobOptions): TranscriptJob {
  const { backfiller, clock, log } = options;
  const stopping = new AbortController();
  let isDirty = true;
  let [readAt, gapsAt, endedSeq] = [0, 0, 0];
  let folders: FolderWatch | null = null;
  let running: Promise<boolean> | null = null;
  const isDue = (now: number): boolean => {
    const ended = backfiller.endedSince(endedSeq);
    endedSeq = ended.seq;
    return isDirty || ended.hasEnded || Math.abs(now - readAt) >= EVERY_MS;
  };
  const read = async (): Promise<boolean> => {
    const now = clock.now();
    if (!isDue(now)) return false;
    folders?.stop();
    isDirty = false;
    folders = watchFolders(foldersInUse(options.paths), () => {
      isDirty = true;
    });
    readAt = now;
    const healsGaps = Math.abs(now - gapsAt) >= GAPS_EVERY_MS;
    if (healsGaps) gapsAt = now;
    const { signal } = stopping;
    const result = backfiller.isWanted()
      ? await backfiller.run({ origin: 'auto', healsGaps, signal })
      : await backfiller.look(signal);
    return isNews(result, log);
  };
  return {
    tick: async () => {
      if (running !== null || stopping.signal.aborted) return false;
      running = read()
        .catch((error: unknown) => {
          log.error('transcripts', 'could not be read', error);
          return false;
        })
        .finally(() => {
          running = null;
        });
      return running;
    },
    stop: async () => {
      stopping.abort();
      await running;
      folders?.stop();
    },
  };
}

function isNews(result: BackfillResult, log: Logger): boolean {
  if (result.kind !== 'refused') return result.events + result.amended > 0;
  // The next tick tries again.
  log.debug('transcripts', result.reason);
  return false;
}

/** The folder of projects, in which new ones appear, and those in which something changed last. */
function foldersInUse({ projects }: Paths): readonly string[] {
  const byTime = listProjectFolders(projects)
    .map((name) => join(projects, name))
    .map((path) => ({ path, at: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.at - a.at);
  return [projects, ...byTime.slice(0, MOST_WATCHED).map(({ path }) => path)];
}
