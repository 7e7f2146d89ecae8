/** Drains the spool until nothing is left that another look could drain. */
import type { Clock } from '../../src-core/base/clock.ts';
import type { Redactor } from '../../src-core/event/redact.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import { createExclusion } from '../../src-core/settings/exclusion.ts';
import { readSettings } from '../../src-core/settings/settings.ts';
import { type DrainOptions, type DrainReport, drainSpool } from '../../src-core/spool/drain.ts';
import { listSpool, stateOf } from '../../src-core/spool/entry.ts';
import type { WritableDb } from '../../src-core/store/driver.ts';

/** Whose spool, and what time it is. */
export interface DrainAllOptions {
  readonly paths: Paths;
  readonly clock: Clock;
}

/** What the drainer works with. */
export interface Opened {
  readonly db: WritableDb | null;
  readonly key: Uint8Array;
  readonly redactor: Redactor;
  readonly isAfterCrash: boolean;
}

/** Drains until the spool holds nothing that another look could drain. */
export function drainAll({ paths, clock }: DrainAllOptions, opened: Opened): DrainReport {
  const { settings } = readSettings(paths.settings);
  const options: DrainOptions = {
    paths,
    ...opened,
    source: 'spool',
    now: () => clock.now(),
    privacy: settings.privacy,
    isExcluded: createExclusion(settings.excludedFolders),
  };
  let total = drainSpool(options);
  while (total.problems.length === 0 && hasNews(paths, total.left)) {
    total = addDrains(total, drainSpool({ ...options, isAfterCrash: false }));
  }
  return total;
}

function hasNews(paths: Paths, left: ReadonlySet<string>): boolean {
  return listSpool(paths.spool).some((file) => !left.has(stateOf(file)));
}

function addDrains(before: DrainReport, now: DrainReport): DrainReport {
  return {
    entries: before.entries + now.entries,
    events: before.events + now.events,
    amended: before.amended + now.amended,
    rejected: before.rejected + now.rejected,
    unfinished: now.unfinished,
    left: now.left,
    lagsMs: [...before.lagsMs, ...now.lagsMs],
    problems: [...before.problems, ...now.problems],
  };
}
