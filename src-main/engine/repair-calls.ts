/** The answers to the pages' calls about repairs. One repair at a time is followed and can be cancelled. */
import type { RepairProgress } from '../../src-core/contract/repair.ts';
import { planRepair } from '../repair/plan.ts';
import type { Repairer } from '../repair/repairer.ts';
import type { EngineCalls } from './messages.ts';

type RepairCalls = Pick<EngineCalls, Extract<keyof EngineCalls, `repair.${string}`>>;

/** Builds the answers; `announce` tells the pages that the record is another one now. */
export function createRepairCalls(repairer: Repairer, announce: () => void): RepairCalls {
  let progress: RepairProgress | null = null;
  let stop: AbortController | null = null;
  return {
    'repair.diagnose': async ({ isFull }) => {
      const diagnosis = await repairer.diagnose(isFull);
      return { diagnosis, plan: planRepair(diagnosis) };
    },
    'repair.apply': async ({ only }) => {
      if (stop !== null) return { report: null, refusal: 'A repair is at work already.' };
      stop = new AbortController();
      const { signal } = stop;
      try {
        const result = await repairer.apply({
          ...(only === null ? {} : { only }),
          signal,
          onProgress: (now) => {
            progress = now;
          },
        });
        const refusal = result.kind === 'refused' ? result.reason : null;
        return { report: result.kind === 'repaired' ? result.report : null, refusal };
      } finally {
        stop = null;
        progress = null;
        announce();
      }
    },
    'repair.progress': async () => ({ progress }),
    'repair.cancel': async () => {
      stop?.abort();
      return null;
    },
    'repair.list': async () => ({ repairs: [...repairer.list()] }),
    'repair.undo': async ({ id }) => {
      const result = await repairer.undo(id);
      announce();
      if (result.kind === 'refused') return { undo: null, refusal: result.reason };
      const { ids, done } = result;
      return { undo: { ids, done }, refusal: null };
    },
  };
}
