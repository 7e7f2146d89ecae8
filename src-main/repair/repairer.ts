/** The repair as its users know it: look, plan, do, take back. */
import type { RepairDiagnosis, RepairEntry } from '../../src-core/contract/repair.ts';
import { applyRepair, type RepairOptions, type RepairRequest, type RepairResult } from './apply.ts';
import { diagnose } from './diagnose.ts';
import { readRepairs } from './manifest.ts';
import { type UndoResult, undoRepair } from './undo.ts';

/** Repairs the record of one root. */
export interface Repairer {
  /** Looks at everything, or at what is quick to ask. Writes nothing. */
  diagnose(isFull: boolean): Promise<RepairDiagnosis>;
  /** Repairs what is found when it begins. */
  apply(request?: RepairRequest): Promise<RepairResult>;
  /** Takes back a repair and those after it; without an id the last one. */
  undo(id: string | null): Promise<UndoResult>;
  /** The repairs whose snapshots are kept, the newest first. */
  list(): readonly RepairEntry[];
}

/** Builds it; opens nothing until it is asked. */
export function createRepairer(options: RepairOptions): Repairer {
  const { paths, open, clock, backfiller, busyMs } = options;
  return {
    diagnose: (isFull) =>
      diagnose({
        ...{ paths, open, clock, isFull },
        audit: () => backfiller.audit(),
        ...(busyMs === undefined ? {} : { busyMs }),
      }),
    apply: (request) => applyRepair(options, request),
    undo: (id) => undoRepair(options, id),
    list: () =>
      readRepairs(paths)
        .map(({ id, startedAt, state, summary }) => ({
          ...{ id, startedAt, state, summary },
          canUndo: state !== 'undone',
        }))
        .toReversed(),
  };
}
