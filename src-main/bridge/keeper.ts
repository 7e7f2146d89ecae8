/** What a run could not understand goes to quarantine; what it could not reach is noted. */
import type { Redactor } from '../../src-core/event/redact.ts';
import type { Paths } from '../../src-core/files/paths.ts';
import {
  quarantine,
  quarantinedIds,
  type Rejected,
  rejectedId,
} from '../../src-core/journal/quarantine.ts';

/** A store that could not be used, and why. */
export interface Problem {
  readonly store: string;
  readonly reason: string;
}

/** One reason for each store is enough. */
export function addProblem(problems: Problem[], store: string, error: unknown): void {
  if (problems.some((problem) => problem.store === store)) return;
  problems.push({ store, reason: (error as Error).message });
}

/** Keeps lines that were not understood. */
export interface Keeper {
  keep(rejected: readonly Rejected[]): void;
  count(): number;
}

/** Puts into quarantine what is not there yet. */
export function createKeeper(paths: Paths, redactor: Redactor, problems: Problem[]): Keeper {
  let present: Set<string> | null = null;
  let count = 0;
  return {
    keep: (rejected) => {
      try {
        present ??= new Set(quarantinedIds(paths));
        const known = present;
        const fresh = rejected.filter((entry) => !known.has(rejectedId(entry)));
        quarantine(paths, redactor, fresh);
        for (const entry of fresh) known.add(rejectedId(entry));
        count += fresh.length;
      } catch (error) {
        // The damaged lines stay where they are, so nothing is lost by going on.
        addProblem(problems, 'quarantine', error);
      }
    },
    count: () => count,
  };
}
