/**
 * Which events are known by a trace alone: a line of a projection, a damaged line, a damaged row. An
 * event that a store or a whole record holds is none of them, nor one that was forgotten on purpose.
 */
import type { CapturedEvent } from '../../src-core/event/event.ts';
import type { ReadableDb } from '../../src-core/store/driver.ts';
import type { Tombstones } from '../../src-core/store/tombstones.ts';

/** An event of which only a trace is left. */
export interface Loss {
  readonly id: string;
  /** Epoch milliseconds, as far as the trace tells. */
  readonly at: number | null;
  /** Where the trace stands. */
  readonly from: string;
}

/** Collects traces and whole records, in any order. */
export function createLosses(
  db: ReadableDb | null,
  tombstones: Tombstones,
  damagedIds: ReadonlySet<string> = new Set(),
) {
  const find = db?.prepare('SELECT 1 FROM hookline_event WHERE id = ?');
  const held = new Set<string>();
  const traces = new Map<string, Loss>();
  const isStored = (id: string): boolean => !damagedIds.has(id) && find?.get(id) !== undefined;
  return {
    /** Notes a whole record; true where it is the only place that holds its event. */
    hold: (event: CapturedEvent): boolean => {
      if (held.has(event.id) || isStored(event.id) || tombstones.covers(event)) return false;
      held.add(event.id);
      return true;
    },
    /** Notes a trace of an event. */
    suspect: (
      trace: { readonly id: string; readonly at: number | null } | null,
      from: string,
    ): void => {
      if (trace === null || traces.has(trace.id)) return;
      traces.set(trace.id, { ...trace, from });
    },
    /** The events that are lost, by what was noted until now. */
    list: (): readonly Loss[] =>
      [...traces.values()].filter(
        ({ id, at }) =>
          !held.has(id) &&
          !isStored(id) &&
          !tombstones.covers({ id, sessionId: null, at: at ?? Number.NaN }),
      ),
  };
}
