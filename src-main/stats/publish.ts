/**
 * Writes the seven statistics files: atomically, so that a reader never sees half of one, and only
 * when what they say has changed.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { writeFileSync } from 'atomically';
import type { Paths } from '../../src-core/files/paths.ts';
import { transaction, type WritableDb } from '../../src-core/store/driver.ts';
import { loadCursor, saveCursor, statFile } from '../bridge/cursor.ts';
import type { OldTotals } from '../import/totals.ts';
import { commands } from './commands.ts';
import { errors } from './errors.ts';
import { flow } from './flow.ts';
import { frameOf, type StatsInput } from './frame.ts';
import { tellLines } from './lines.ts';
import { type OldJson, writeOldJson } from './old-json.ts';
import { stampOfOld } from './old-part.ts';
import { recovery } from './recovery.ts';
import { isUpToDate, renewRollups } from './rollup/renew.ts';
import type { RollupState } from './rollup/state.ts';
import { checkDaily } from './self-check.ts';
import { activity, toolSuccess, toolUsage } from './seven.ts';
import { createZone } from './zone.ts';

/** What publishing works on. */
export interface PublishOptions {
  readonly paths: Paths;
  readonly db: WritableDb;
  readonly now: number;
  /** IANA name of the zone in which days and hours are counted. */
  readonly timeZone: string;
  /** What the old record adds as long as it is not imported. */
  readonly old?: OldTotals | null;
  /** Longest time to work on the rollups; without it as long as it takes. */
  readonly budgetMs?: number;
}

/** What publishing did. */
export interface Publication {
  /** Names of the files that were written. */
  readonly written: readonly string[];
  /** What could not be written, or not be computed for want of a file; the others are up to date. */
  readonly problems: readonly { readonly store: string; readonly reason: string }[];
  /** True when the rollups are not done yet: nothing was written, the next call goes on. */
  readonly isRebuilding?: true;
}

/**
 * Brings the seven files up to date.
 * @throws SQLite's error when the store cannot be read
 */
export function publishStats(options: PublishOptions): Publication {
  const { paths, db, now, timeZone, budgetMs, old = null } = options;
  const zone = createZone(timeZone);
  const renew = (): RollupState =>
    renewRollups({ db, zone, ...(budgetMs === undefined ? {} : { budgetMs }) });
  const renewed = renew();
  // Half a rebuild says nothing true: what was published before stays until it is done.
  if (!isUpToDate(db, renewed)) return { written: [], problems: [], isRebuilding: true };
  const rollups = checkDaily({ db, zone, now }) === null ? renewed : renew();
  // Lines fall due when time passes, whether anything happened or not.
  const problems = [...tellLines({ db, paths, zone, now })];
  const basis = JSON.stringify([basisOf(rollups, paths), stampOfOld(old)]);
  if (loadCursor<string>(db, 'stats') === stampOf(basis, paths)) return { written: [], problems };
  const input: StatsInput = {
    db,
    zone,
    old,
    errors: paths.journals.errors,
    recoveries: paths.journals.recoveryOutcomes,
    flow: paths.journals.flowHistory,
  };
  const frame = frameOf(input);
  const generatedAt = new Date(now).toISOString();
  const written: string[] = [];
  for (const [name, compute] of Object.entries(STATISTICS)) {
    const file = paths.stats[name as keyof Paths['stats']];
    try {
      const content = { ...compute(input), ...frame };
      if (writeIfChanged(file, content, generatedAt)) written.push(basename(file));
    } catch (error) {
      // One file that fails is no reason to let the others grow old.
      if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
      problems.push({ store: basename(file), reason: (error as Error).message });
    }
  }
  if (problems.length === 0) transaction(db, () => saveCursor(db, 'stats', stampOf(basis, paths)));
  return { written, problems };
}

const STATISTICS: Readonly<
  Record<keyof Paths['stats'], (input: StatsInput) => Record<string, OldJson>>
> = { errors, toolUsage, activity, recovery, flow, commands, toolSuccess };

/** All that the seven files depend on, as one text: equal text, equal files. */
function basisOf({ definition, timeZone, revision }: RollupState, paths: Paths): string {
  const shared = [
    paths.journals.errors,
    paths.journals.recoveryOutcomes,
    paths.journals.flowHistory,
  ].map(statFile);
  return JSON.stringify([definition, timeZone, revision, shared]);
}

/** The basis together with the files as they stand: another program may have written over one. */
function stampOf(basis: string, paths: Paths): string {
  return JSON.stringify([basis, ...Object.values(paths.stats).map(statFile)]);
}

const GENERATED_AT = /^ {2}"generated_at": "[^"]*"$/m;

/** Writes the file unless it says the same already, whenever that was generated. */
function writeIfChanged(
  file: string,
  content: Record<string, OldJson>,
  generatedAt: string,
): boolean {
  const text = writeOldJson({ ...content, generated_at: generatedAt });
  const isNew = !existsSync(file);
  const present = isNew ? '' : readFileSync(file, 'utf8');
  if (present.replace(GENERATED_AT, '') === text.replace(GENERATED_AT, '')) return false;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // A file that was there keeps the mode that its owner gave it.
  // What a power cut takes of it is written again by the next run, which knows the file by its size.
  writeFileSync(file, text, { fsync: false, ...(isNew ? { mode: 0o600 } : {}) });
  return true;
}
