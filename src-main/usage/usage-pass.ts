/** How usage takes part in a pass over transcripts: what it hears, keeps, and adds up at the end. */
import type { Paths } from '../../src-core/files/paths.ts';
import { readOrMakeKey } from '../../src-core/files/redaction-key.ts';
import { createExclusion } from '../../src-core/settings/exclusion.ts';
import { readSettings } from '../../src-core/settings/settings.ts';
import { transaction, type WritableDb } from '../../src-core/store/driver.ts';
import type { Tombstones } from '../../src-core/store/tombstones.ts';
import type { Pause } from '../capture/pause.ts';
import { createPauseCheck } from '../transcripts/judge.ts';
import type { BatchListener } from '../transcripts/settle.ts';
import { createUsageCollector } from './collector.ts';
import { renewSomeUsage } from './rollup.ts';
import { createSafeTexts } from './safe-texts.ts';
import { createUsageWriter } from './usage-rows.ts';

/** What a pass gives to usage. */
export interface UsagePass {
  readonly paths: Paths;
  readonly db: WritableDb;
  /** The backfill run; asked for when there is something new. */
  readonly run: () => number;
  readonly pauses: readonly Pause[];
  readonly tombstones: Tombstones;
  /** Also what was taken back. */
  readonly again: boolean;
}

/** Begins to listen to a pass, by the settings as they are now. */
export function collectUsage({ paths, db, pauses, ...pass }: UsagePass): BatchListener {
  const { excludedFolders } = readSettings(paths.settings).settings;
  return createUsageCollector({
    ...pass,
    writer: createUsageWriter(db),
    safe: createSafeTexts(readOrMakeKey(paths.redactionKey)),
    isExcluded: createExclusion(excludedFolders),
    isPaused: createPauseCheck(pauses),
  });
}

/** Brings the sums up to date, some at a time; each turn runs through `locked`. */
export async function renewUsage(
  db: WritableDb,
  locked: <T>(work: () => T) => Promise<T>,
): Promise<void> {
  for (let isLeft = true; isLeft; ) {
    isLeft = await locked(() => transaction(db, () => renewSomeUsage(db)));
  }
}
